"""Running the command line in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from ftroi.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON without nan."""

        def refuse(word: str) -> None:
            raise AssertionError(word)

        return json.loads(self.out, parse_constant=refuse)


class Ftroi:
    """The command line; call it with the words after ``ftroi``."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: object) -> Answer:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        printed = self._capsys.readouterr()
        code = ended.value.code
        return Answer(code if isinstance(code, int) else 0, printed.out, printed.err)

    def done(self, *words: object) -> Answer:
        """Run a command that has to succeed."""
        answer = self(*words)
        assert answer.code == 0, answer.err
        return answer

    def refused(self, *words: object) -> str:
        """Run a command that has bad input, and give its message."""
        answer = self(*words)
        assert answer.code == 2, (answer.code, answer.out, answer.err)
        assert answer.out == ""
        assert "Traceback" not in answer.err
        return answer.err
