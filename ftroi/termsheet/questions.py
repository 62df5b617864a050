"""The questions of the sheet Start: the schema of questions.toml, and the rule on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from pydantic import Field, model_validator

from ftroi.errors import Finding
from ftroi.language import did_you_mean
from ftroi.termsheet.table import Table

QUESTIONS_FILE = "questions.toml"


class QuestionTable(Table):
    """One question in words, and the one input that answers it."""

    question: str = Field(min_length=1, max_length=90, description="As a person would ask it.")
    input: str = Field("", description="The assumption whose base answers it.")
    setting: Literal[
        "", "project", "currency", "exchange_rate", "exchange_rate_date", "start", "reference", "candidate", "incumbent"
    ] = Field("", description="Or the setting that does.")
    fits: tuple[str, ...] = Field(
        (), description="Questions of the same scale: where one was answered anew and this was not, that is told."
    )
    note: str = Field("", description="What else has to be known to answer it.")

    @model_validator(mode="after")
    def _one(self) -> QuestionTable:
        if bool(self.input) == bool(self.setting):
            raise ValueError("a question has either an input or a setting that answers it")
        return self


def check_questions(questions: Mapping[str, QuestionTable], assumptions: Collection[str]) -> Iterator[Finding]:
    """Find questions about assumptions that the template does not have, or that name no question."""
    for name, one in questions.items():
        if one.input and one.input not in assumptions:
            cure = did_you_mean(one.input, assumptions) or "name an assumption"
            yield Finding(f"{QUESTIONS_FILE}, [{name}]", f"no assumption '{one.input}'", cure)
        for other in one.fits:
            if other not in questions:
                cure = did_you_mean(other, questions) or "name a question of this file"
                yield Finding(f"{QUESTIONS_FILE}, [{name}]", f"no question '{other}'", cure)
