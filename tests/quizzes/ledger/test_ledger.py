"""Posting is "make the sum equal x"; the chain shows every change."""

import json
from dataclasses import replace
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from quizzes.ledger import (
    GENESIS,
    Break,
    Due,
    Entry,
    Posted,
    Posting,
    breaks,
    differences,
    digest,
    link,
    sealed,
    summed,
)

AN, BINH, CHI = ("member", 1), ("member", 2), ("chapter", 3)
OWNERS = st.tuples(st.sampled_from(["member", "chapter", "team"]), st.integers(1, 3))
results = st.dictionaries(OWNERS, st.builds(Due, st.integers(0, 9), st.integers(1, 3)), max_size=5)


def posted_after(history):
    """The ledger after each result of one source was posted, in turn."""
    entries = []
    for due in history:
        now = summed(entries).get(("contest", 7), {})
        for new in differences(due, now):
            entries.append(Entry(len(entries) + 1, "contest", 7, *new.owner, new.revision, new.points, new.chapter, 0))
    return entries


def test_the_first_posting_gives_everything():
    assert differences({AN: Due(60, 4)}, {}) == [Posting(AN, 1, 60, 4)]


def test_a_correction_appends_the_difference_with_the_next_revision():
    assert differences({AN: Due(80, 4)}, {AN: Posted(60, 1, 4)}) == [Posting(AN, 2, 20, 4)]


def test_a_member_no_longer_in_the_result_is_brought_to_zero():
    assert differences({}, {BINH: Posted(60, 3, 4)}) == [Posting(BINH, 4, -60, 4)]


def test_a_correction_after_a_move_goes_to_the_chapter_of_the_first_entry():
    assert differences({CHI: Due(10, 9)}, {CHI: Posted(60, 1, 4)}) == [Posting(CHI, 2, -50, 4)]


def test_posting_zero_to_somebody_new_appends_nothing():
    assert differences({AN: Due(0, 4)}, {}) == []


@given(st.lists(results, max_size=5))
def test_the_sum_is_always_the_last_result_and_posting_twice_is_posting_once(history):
    entries = posted_after(history)
    last = history[-1] if history else {}
    sums = {member: held.points for member, held in summed(entries).get(("contest", 7), {}).items()}
    assert {member: points for member, points in sums.items() if points} == {
        member: due.points for member, due in last.items() if due.points
    }
    assert posted_after([*history, last]) == entries
    assert len({(entry.owner_kind, entry.owner, entry.revision) for entry in entries}) == len(entries)


@given(st.lists(results, max_size=5))
def test_no_chapter_is_ever_left_with_a_debt(history):
    sums = {}
    for entry in posted_after(history):
        sums[entry.chapter] = sums.get(entry.chapter, 0) + entry.points
    assert all(points >= 0 for points in sums.values())


def test_the_digest_changes_with_the_points_only():
    assert digest({1: Due(60, 4), 2: Due(0, 4)}) == digest({1: Due(60, 5)})
    assert digest({1: Due(60, 4)}) != digest({1: Due(61, 4)})


def chained(count, old=0):
    """A chain; its first `old` entries are from the time when only members had points."""
    head, chain = GENESIS, []
    for no in range(1, count + 1):
        version = 1 if no <= old else 2
        entry = Entry(no, "show", no, *AN, 1, 20, 4, no * 10, sealed("salt", "lý do"), link_version=version)
        head = link(head, entry)
        chain.append((entry, head))
    return chain, head


def test_an_untouched_chain_holds():
    chain, head = chained(5)
    assert breaks(chain, head) == []


def test_a_changed_a_missing_and_a_cut_entry_are_found():
    chain, head = chained(5)
    changed = [(replace(entry, points=99) if entry.no == 3 else entry, stored) for entry, stored in chain]
    assert breaks(changed, head) == [Break(3, "changed")]
    assert breaks(chain[:2] + chain[3:], head) == [Break(3, "missing")]
    assert breaks(chain[:4], head) == [Break(4, "head")]


def test_a_rewritten_chain_is_found_by_the_published_head():
    chain, head = chained(5)
    last, rewritten = GENESIS, []
    for entry, _ in chain:
        forged = replace(entry, points=99) if entry.no == 3 else entry
        last = link(last, forged)
        rewritten.append((forged, last))
    assert breaks(rewritten) == []
    assert breaks(rewritten, head) == [Break(5, "head")]


def test_an_erased_reason_leaves_the_chain_whole_and_cannot_be_guessed_without_its_salt():
    assert sealed("a", "gian lận") != sealed("b", "gian lận")


def test_an_entry_of_the_first_version_keeps_the_link_it_was_written_with():
    entry = Entry(1, "show", 3, *AN, 1, 20, 4, 10, link_version=1)
    former = {
        "no": 1,
        "source_kind": "show",
        "source_id": 3,
        "member": 1,
        "revision": 1,
        "points": 20,
        "chapter": 4,
        "at": 10,
        "note_digest": "",
    }
    text = json.dumps([GENESIS, former], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    assert link(GENESIS, entry) == sha256(text.encode()).hexdigest()


def test_old_and_new_entries_stand_in_one_chain():
    chain, head = chained(6, old=3)
    assert breaks(chain, head) == []


def test_an_old_link_covers_members_outside_campaigns_only_and_is_never_written_again():
    chain, _ = chained(4, old=2)
    for other in ({"owner_kind": "team"}, {"campaign": 3}, {"rules": 1}):
        forged = [(replace(entry, **other) if entry.no == 2 else entry, stored) for entry, stored in chain]
        assert breaks(forged)[0] == Break(2, "changed")
    late = Entry(5, "show", 5, *AN, 1, 20, 4, 50, link_version=1)
    assert breaks([*chain, (late, link(chain[-1][1], late))]) == [Break(5, "changed")]


def test_what_is_cut_from_the_beginning_is_missing():
    chain, head = chained(4)
    assert breaks(chain[1:], head)[0] == Break(1, "missing")


@given(
    st.sampled_from(
        [
            "source_kind",
            "source_id",
            "owner_kind",
            "owner",
            "revision",
            "points",
            "chapter",
            "at",
            "note_digest",
            "campaign",
            "rules",
        ]
    ),
    st.integers(1, 5),
)
def test_no_field_of_an_entry_can_be_changed_unseen(field, no):
    chain, head = chained(5)
    other = "x" if field in ("source_kind", "owner_kind", "note_digest") else 77
    assert breaks([(replace(e, **{field: other}) if e.no == no else e, h) for e, h in chain], head) == [
        Break(no, "changed")
    ]
