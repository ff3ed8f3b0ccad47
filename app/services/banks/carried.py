"""Carries question banks over when two members turn out to be one person."""

from __future__ import annotations

from app.models.bank import Question, QuestionReview, QuestionVersion
from app.services.carried import Rows

CARRIED = {
    "question": Rows(Question.author_id, (Question.id,)),
    "question_review": Rows(QuestionReview.member_id, (QuestionReview.id,)),
    "question_version": Rows(QuestionVersion.author_id, (QuestionVersion.question_id, QuestionVersion.no)),
}
