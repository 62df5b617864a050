"""A short text that is another where a template computes or judges otherwise: what a workbook is stamped with.

Two templates of one id and version may differ, as when a company edits its own and leaves the version as it was. Texts,
sources and the figures that only a new workbook takes are no part of it: a workbook holds its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from ftroi.termsheet.files import TomlFile
from ftroi.termsheet.views import VIEWS_FILE

_SIGNS = 8

_TEXTS = {"label", "short", "phrase", "description", "note", "source", "evidence", "checked", "title", "quote", "url"}
_ITS_OWN = {"base", "low", "high", "values"}
"""Figures that a workbook has been given, and keeps whatever the template says later."""

_APART = ("presets/", "sources.toml", "questions.toml")


def checksum_of(files: Iterable[TomlFile]) -> str:
    """The checksum of a template's files, whatever their order, spacing and remarks."""
    read = {file.name: _counted(file.name, file.tables) for file in files if not file.name.startswith(_APART)}
    return sha256(json.dumps(read, sort_keys=True, default=str).encode()).hexdigest()[:_SIGNS]


def _counted(name: str, tables: dict[str, object]) -> object:
    """What counts of a file's tables."""
    if name == VIEWS_FILE:
        return tables.get("roles")
    return _without(tables, _TEXTS | (_ITS_OWN if name.startswith(("assumptions/", "options")) else set()))


def _without(value: object, names: set[str]) -> object:
    if isinstance(value, dict):
        return {key: _without(one, names) for key, one in value.items() if key not in names}
    return [_without(one, names) for one in value] if isinstance(value, list) else value
