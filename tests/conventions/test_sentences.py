"""The sentences of gates, verdict and checks stand in TOML, and nowhere in the Python."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from ftroi.resources import templates_folder
from tests.support.project_files import sources

SAID = ("text", "sentence", "fails", "says", "reason", "word", "head", "conditions_told")
LEAST_WORDS = 4


def pieces(file: str) -> set[str]:
    """What a file says, cut at its slots; a term of a few words may stand anywhere."""
    tables = tomllib.loads((templates_folder() / "fine_tuning" / file).read_text(encoding="utf-8"))
    cut = (piece.strip(" .;:,()") for text in _texts(tables) for piece in re.split(r"\{[^}]*\}", text))
    return {piece for piece in cut if len(piece.split()) >= LEAST_WORDS}


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, key)
    elif isinstance(value, str) and key in SAID:
        yield value


def strings_of(source: str) -> str:
    """Every string of a module that is no docstring."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told)
    return "\n".join(str(node.value) for node in constants if isinstance(node.value, str))


@pytest.mark.parametrize("file", ["gates.toml", "verdict.toml", "checks.toml"])
def test_no_sentence_of_the_rules_stands_in_the_python(file: str) -> None:
    said = pieces(file)
    assert len(said) > 4
    python = {name: strings_of(text) for name, text in sources() if name.startswith("ftroi/")}
    assert {(piece, name) for piece in said for name, text in python.items() if piece in text} == set()


def test_a_sentence_in_the_python_would_be_found() -> None:
    (piece,) = {one for one in pieces("verdict.toml") if one.startswith("Not yet: evidence pending")}
    assert piece in strings_of(f'"""A module."""\ntold = f"{piece} {{gates}}."\n')
    assert piece not in strings_of(f'"""{piece}"""\n')
