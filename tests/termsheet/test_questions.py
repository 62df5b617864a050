"""The questions of the sheet Start: each is about an assumption that there is, or a setting."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ftroi.termsheet.questions import QuestionTable, check_questions
from tests.support.plans import fine_tuning


def test_a_question_about_no_assumption_is_found_with_the_one_that_was_meant() -> None:
    (finding,) = check_questions({"many": QuestionTable(question="How many?", input="request_per_month")},
                                 fine_tuning().assumptions)  # fmt: skip
    assert finding.where == "questions.toml, [many]"
    assert "requests_per_month" in finding.cure


@pytest.mark.parametrize("both", [{}, {"input": "requests_per_month", "setting": "start"}])
def test_a_question_has_one_answer(both: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="either an input or a setting"):
        QuestionTable.model_validate({"question": "What?", **both})


def test_the_questions_of_the_standard_template_are_about_different_inputs() -> None:
    answers = [one.input or one.setting for one in fine_tuning().questions.values()]
    assert 10 <= len(set(answers)) == len(answers)
