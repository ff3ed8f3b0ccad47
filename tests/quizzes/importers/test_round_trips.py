"""Every format that has a writer reads its own files back the same."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.services.files.opening.child import content
from app.services.files.packing import packed_as
from quizzes.importers import IMPORTERS
from tests.quizzes.importers.given import GIVEN, drafts

WHOLE = {"gift", "moodle_xml", "qti_package"}
"""Formats that keep the id, the source, the difficulty and the explanation too."""
KINDS = {
    "gift": {"single", "multiple", "true_false", "number", "text"},
    "moodle_xml": {"single", "multiple", "true_false", "number", "text"},
    "qti_package": {"single", "multiple", "true_false", "number", "text", "ordering", "true_false_set"},
    "aiken": {"single", "true_false"},
    "kahoot": {"single", "multiple", "true_false"},
    "quizizz": {"single", "multiple", "true_false", "text"},
}
TOPICS = {"dich-vu-cong": {"vi": "Dịch vụ công"}}


def said(question):
    kept = ("type", "text", "options", "answer")
    return {name: question[name] for name in kept if name in question}


@pytest.mark.parametrize("key", sorted(KINDS))
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
def test_what_is_written_is_read_back(key, data):
    questions = data.draw(st.lists(drafts(KINDS[key]), min_size=1, max_size=3, unique_by=lambda one: one["id"]))
    assume(len({str(said(one)) for one in questions}) == len(questions))
    importer = IMPORTERS[key]
    written, problems = importer.write(questions, TOPICS)
    found = importer.read(content(importer.container, packed_as(importer.container, written)), GIVEN)
    left = {one.path[0] for one in problems}
    kept = [one for place, one in enumerate(questions) if place not in left]
    assert found.errors == []
    if key in WHOLE:
        assert found.drafts == kept
    else:
        assert [said(one) for one in found.drafts] == [said(one) for one in kept]
