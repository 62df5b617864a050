"""The JSON Schemas in docs/schema are those of the code."""

from __future__ import annotations

from tests.support.schemas import FOLDER, texts


def test_the_schemas_are_fresh() -> None:
    stale = [path.name for path, text in texts().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run python -m tests.support.schemas"
    assert {path.name for path in FOLDER.iterdir()} == {path.name for path in texts()}


def test_unknown_keys_are_refused_by_the_schema() -> None:
    for path, text in texts().items():
        assert '"additionalProperties": false' in text, path.name
