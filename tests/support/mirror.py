"""A rule's test is found by its path: what ``ftroi/a/b.py`` does, ``tests/a/test_b.py`` tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.support.house_style import ROOT

LIST = ROOT / "tests" / "conventions" / "tested_elsewhere.txt"
"""The modules whose tests stand under another path, one a line; it only ever gets shorter."""


def test_of(name: str) -> str:
    """The path of a module's test by the module's own."""
    path = Path(name)
    return (Path("tests") / path.relative_to("ftroi").parent / f"test_{path.name}").as_posix()


def without_a_test(names: Iterable[str]) -> list[str]:
    """The modules of ftroi, of all these files, that have no test of their path; packages' own files need none."""
    names = set(names)
    modules = (name for name in names if name.startswith("ftroi/") and not name.endswith("/__init__.py"))
    return sorted(name for name in modules if test_of(name) not in names)


def listed() -> list[str]:
    """Read the list."""
    return LIST.read_text(encoding="utf-8").split()
