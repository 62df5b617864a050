"""What the functions cost in LibreOffice Calc, beside an empty function of the same add-in with the same arguments."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ftroi.functions.call import call
from ftroi.hosts.office import extension_parts
from ftroi.hosts.office.build import COMPONENT, CONFIGURATION, TYPES
from ftroi.resources import templates_folder
from ftroi.workbook.schema import INPUTS
from tests.conftest import require_office
from tests.support.calc import asked, calc, column, filled, probe
from tests.support.function_examples import shipped
from tests.support.office import AS_INSTALLED, Document, Office
from tests.support.timing import Report

pytestmark = pytest.mark.benchmark

CELLS, ROUNDS = 1000, 5
GOAL_RATIO, GOAL_EDIT, GOAL_FIRST = 1.5, 1.0, 2.5

EMPTY = "=FT_EMPTY(FT_Inputs)"
CALLS = {
    "FT_TCO": "=FT_TCO(FT_Inputs)",
    "FT_COST": '=FT_COST("hidden";1;FT_Inputs)',
    "FT_MEASURE of another option": '=FT_MEASURE("npv";FT_Inputs;"rag")',
    "FT_TCO without inputs": "=FT_TCO()",
}

METHOD = """

def _empty(self, document, *arguments):
    return 0.0


AddIn.ftEmpty = _empty
"""


def parts_with_an_empty_function() -> dict[str, bytes]:
    """The extension with one function more, which has the arguments of FT_TCO and does nothing."""
    parts = extension_parts()
    types, configuration = parts[TYPES].decode(), parts[CONFIGURATION].decode()
    method = next(line for line in types.splitlines() if "ftTco(" in line)
    node = configuration[
        configuration.index('<node oor:name="ftTco"') : configuration.index('<node oor:name="ftTcoPv"')
    ]
    more = {
        TYPES: types.replace(method, f"{method}\n{method.replace('ftTco', 'ftEmpty')}"),
        CONFIGURATION: configuration.replace(
            node, node + node.replace("ftTco", "ftEmpty").replace("FT_TCO", "FT_EMPTY")
        ),
        COMPONENT: parts[COMPONENT].decode() + METHOD,
    }
    return parts | {name: text.encode() for name, text in more.items()}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    require_office()
    with calc(tmp_path, parts_with_an_empty_function()) as running:
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(templates_folder() / "fine_tuning.xlsx", tmp_path / "plan.xlsx"))


def after_an_edit(document: Document, formula: str, number: int) -> float:
    """Type a formula into many cells, edit an input, and give the seconds until all cells are shown again."""
    area = column(document, [formula] * CELLS)
    before = area.getDataArray()
    rows = shipped()[INPUTS]
    row = next(at for at, cells in enumerate(rows) if cells[0] == "discount_rate")
    base = next(cells for cells in rows if cells[0] == "name").index("base")
    cell = document.NamedRanges.getByName(INPUTS).getReferredCells().getCellByPosition(base, row)
    start = time.perf_counter()
    cell.Value = 0.05 + number / 1000
    after = area.getDataArray()
    taken = time.perf_counter() - start
    assert len(set(after)) == 1
    assert after != before or formula in (EMPTY, CALLS["FT_COST"])
    probe(document).getCellRangeByName(f"A1:A{CELLS}").clearContents(0x1F)
    return taken


def test_a_thousand_cells_follow_an_edit(office: Office, path: Path, report: Report) -> None:
    formulas = [
        EMPTY,
        *(one.replace("FT_TCO(F", "FT_TCO_PV(F").replace("FT_TCO()", "FT_NPV()") for one in CALLS.values()),
    ]
    taken: dict[str, list[float]] = {formula: [] for formula in formulas}
    with office.opened(path, editable=True) as document:
        for number in range(ROUNDS):
            for place, formula in enumerate(formulas):
                taken[formula].append(after_an_edit(document, formula, number * len(formulas) + place))
    best = {formula: min(times) for formula, times in taken.items()}
    for name, formula in zip(CALLS, formulas[1:], strict=True):
        ratio = best[formula] / best[EMPTY]
        report(
            f"Calc, {CELLS:,} cells of {name} after an edit: {best[formula]:.2f} s (goal {GOAL_EDIT:.0f}), "
            f"{ratio:.2f} x an empty function on FT_Inputs (goal {GOAL_RATIO})"
        )


def test_the_first_value_after_opening(path: Path, tmp_path: Path, report: Report) -> None:
    require_office()
    with calc(tmp_path / "empty", settings=AS_INSTALLED) as cold:
        start = time.perf_counter()
        assert str(asked(cold.new(), "=FT_VERSION()")).startswith("ftroi ")
        engine = time.perf_counter() - start
    plain = Office(settings=AS_INSTALLED)
    natively, again = opened(plain, path), opened(plain, path)
    plain.close()
    wanted = pytest.approx(call("FT_TCO", [shipped()[INPUTS]]))
    with calc(tmp_path / "book", settings=AS_INSTALLED) as cold:
        start = time.perf_counter()
        book = cold.open_as_saved(path)
        assert asked(book, "=FT_TCO(FT_Inputs)") == wanted
        first = time.perf_counter() - start
        cold.discard(book)
        live_again = opened(cold, path)
    report(
        f"Calc, cold: the engine's first answer in an empty sheet {engine:.2f} s; the workbook of ten options opens in "
        f"{natively:.2f} s without the add-in, and its first value is there {first - natively:.2f} s later, one "
        f"simulation included (goal {GOAL_FIRST}); warm: {again:.2f} s, and {live_again - again:.2f} s later"
    )


def opened(office: Office, path: Path) -> float:
    """The seconds in which a file is opened."""
    start = time.perf_counter()
    document = office.open_as_saved(path)
    taken = time.perf_counter() - start
    office.discard(document)
    return taken


def test_a_simulation_in_a_cell(office: Office, path: Path, report: Report) -> None:
    with office.opened(path, editable=True) as book:
        filled(book, "=FT_COMPARE(FT_Inputs)", 60, 30)
        start = time.perf_counter()
        table = filled(book, "=FT_SIMULATE(FT_Inputs)", 60, 30)
        taken = time.perf_counter() - start
    assert isinstance(table, tuple)
    assert table[0][0] == "figure"
    report(f"Calc, FT_SIMULATE in its 10,000 draws for one option: {taken:.2f} s (goal 1)")
