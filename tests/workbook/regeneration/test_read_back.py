"""What stands in a cell, read back into the language."""

from __future__ import annotations

import pytest

from ftroi.language import formula_text, parse
from ftroi.termsheet import Role
from ftroi.workbook.layout.option import FIRST_MONTH, NAME, VALUE
from ftroi.workbook.regeneration.read_back import FormulaReader, UnreadError
from ftroi.workbook.sheets.option.formulas import OptionFormulas
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.stored_cells import RawCell, RawSheet
from tests.support.edited import small_plan

LAYOUT = layout_of(small_plan())
TEMPLATE = small_plan().template
FORMULAS = OptionFormulas(small_plan(), LAYOUT)
COLUMN = FIRST_MONTH + 7
LINE = "data_labelling"


def reader() -> FormulaReader:
    cells = {(row, NAME): RawCell(name) for name, row in LAYOUT.option.rows.items()}
    named = {("Assumptions", "D99"): "discount_rate"}
    return FormulaReader(TEMPLATE, LAYOUT.option, FORMULAS, RawSheet("RAG", cells), named)


def cell(name: str, column: str = "N") -> str:
    return f"{column}{LAYOUT.option.rows[name] + 1}"


def test_every_formula_that_the_writer_prints_reads_back_as_itself() -> None:
    read = reader()
    tried = 0
    for name, row in LAYOUT.option.series.items():
        line = TEMPLATE.lines[name]
        if line.role is Role.OWN or line.tree is None:
            continue
        text = f"={FORMULAS.by_month(name).at(COLUMN)}"
        assert read.read(text, name, COLUMN) == line.tree, (name, row, text)
        tried += 1
    for name in (one for one in LAYOUT.option.rows if one in TEMPLATE.lines and one not in TEMPLATE.series):
        line = TEMPLATE.lines[name]
        if line.tree is None or line.unless or any(via == "IRR" for _, via in line.needs):
            continue
        assert read.read(f"={FORMULAS.scalar(name)}", name, VALUE) == line.tree, name
        tried += 1
    assert tried > 200


@pytest.mark.parametrize(
    "text, means",
    [
        (f"={cell('data_curation')}*1.1+{cell('month', 'M')}", "data_curation*1.1+PREV(month)"),
        (f"=SUM($G{LAYOUT.option.rows[LINE] + 1}:$BN{LAYOUT.option.rows[LINE] + 1})/60", f"TOTAL({LINE})/60"),
        (f"=SUM($G{LAYOUT.option.rows[LINE] + 1}:N{LAYOUT.option.rows[LINE] + 1})", f"TO_DATE({LINE})"),
        (f"=+{cell('data_curation')}*Assumptions!$D$99", "data_curation*discount_rate"),
        ("=IF(N$4<=12,800,build_months*5%)", "IF(month<=12,800,build_months*5%)"),
        ("1250.5", "1250.5"),
        (f"={cell(LINE, '$E')}*2", f"TOTAL({LINE})*2"),
    ],
)
def test_references_become_names(text: str, means: str) -> None:
    assert formula_text(reader().read(text, "data_curation", COLUMN)) == formula_text(parse(means))


@pytest.mark.parametrize(
    "text, says",
    [
        ("=$G40*2", "neither this month's"),
        ("=O40*2", "neither this month's"),
        ("=Compare!C9", "another sheet"),
        ("=N3", "has no name"),
        ("=data_curation*2", "no name 'data_curation'"),
        ('=IF(N40>0,"a",1)', "text in quotes"),
        ("=AVERAGE(N40:N50)", "range of cells"),
        ("=-N40^2", "after a sign"),
        ("next year", "a text"),
    ],
)
def test_what_has_no_name_or_meaning_is_refused(text: str, says: str) -> None:
    row = LAYOUT.option.rows["data_curation"] + 1
    text = text.replace("40", str(row)).replace("50", str(row + 2))
    with pytest.raises(UnreadError, match=says):
        reader().read(text, "data_curation", COLUMN)
