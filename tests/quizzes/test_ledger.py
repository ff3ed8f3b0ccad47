"""Posting is "make the sum equal x"; the chain shows every change."""

from dataclasses import replace

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

AN, BINH, CHI = 1, 2, 3
results = st.dictionaries(st.integers(1, 5), st.builds(Due, st.integers(0, 9), st.integers(1, 3)), max_size=5)


def posted_after(history):
    """The ledger after each result of one source was posted, in turn."""
    entries = []
    for due in history:
        now = summed(entries).get(("contest", 7), {})
        for new in differences(due, now):
            entries.append(Entry(len(entries) + 1, "contest", 7, new.member, new.revision, new.points, new.chapter, 0))
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
    assert len({(entry.member, entry.revision) for entry in entries}) == len(entries)


@given(st.lists(results, max_size=5))
def test_no_chapter_is_ever_left_with_a_debt(history):
    sums = {}
    for entry in posted_after(history):
        sums[entry.chapter] = sums.get(entry.chapter, 0) + entry.points
    assert all(points >= 0 for points in sums.values())


def test_the_digest_changes_with_the_points_only():
    assert digest({AN: Due(60, 4), BINH: Due(0, 4)}) == digest({AN: Due(60, 5)})
    assert digest({AN: Due(60, 4)}) != digest({AN: Due(61, 4)})


def chained(count):
    head, chain = GENESIS, []
    for no in range(1, count + 1):
        entry = Entry(no, "show", no, AN, 1, 20, 4, no * 10, sealed("salt", "lý do"))
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
