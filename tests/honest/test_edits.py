"""Honest edits made in LibreOffice: sheet, engine and functions have the same figure, or tell that they have not.

What each edit has to end in stands in `edits.toml`, for an analyst to read and to add to.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.depth import at_depth
from tests.support.edited import small_workbook
from tests.support.honest_edits import SAME, TOLD, Bench, Edit, ask, edits
from tests.support.honest_steps import do
from tests.support.office import Office

EVERY = at_depth(12, 1)
"""The ordinary run tries every twelfth edit of the list."""

FEWEST = 230


@pytest.fixture(scope="module")
def bench(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The small workbook, opened once for all edits."""
    made = Bench(office, small_workbook(tmp_path_factory.mktemp("honest")))
    yield made
    made.close()


@pytest.mark.parametrize("edit", edits()[::EVERY], ids=lambda edit: edit.name)
def test_an_honest_edit_is_the_same_for_all_or_told(edit: Edit, bench: Bench, office: Office, tmp_path: Path) -> None:
    with bench.document(edit) as document:
        do(document, edit.steps)
        found = ask(office, document, tmp_path / "saved.xlsx")
    wanted = {"engine": edit.engine, "functions": edit.functions, "sheet": edit.sheet}
    said = {who: TOLD if figure is None else SAME for who, figure in found.figures.items()}
    assert said == wanted, found.words
    assert edit.says in found.words
    figures = [figure for figure in found.figures.values() if figure is not None]
    assert figures == pytest.approx(figures[:1] * len(figures), rel=1e-9)


def test_the_list_names_each_edit_once_and_knows_three_answers() -> None:
    names = [edit.name for edit in edits()]
    assert len(names) >= FEWEST
    assert len(set(names)) == len(names)
    assert {one for edit in edits() for one in (edit.engine, edit.functions, edit.sheet)} == {SAME, TOLD}
