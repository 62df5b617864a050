"""What the term sheet says is what the cells say."""

from __future__ import annotations

import re
from functools import cache

import pytest

from ftroi.language import Node, parse
from ftroi.termsheet import Line, Role
from ftroi.workbook.layout.option import FIRST_MONTH
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.references.assumptions import AssumptionFormulas
from ftroi.workbook.schema import FAVOURABLE
from ftroi.workbook.sheets.option.formulas import OptionFormulas
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.addresses import letters
from tests.support.edited import small_plan
from tests.support.plans import fine_tuning

COLUMN = FIRST_MONTH + 10
HERE, BEFORE = letters(COLUMN), letters(COLUMN - 1)


@cache
def layout() -> Layout:
    return layout_of(small_plan())


@cache
def formulas() -> OptionFormulas:
    return OptionFormulas(small_plan(), layout())


def name_at(row: str) -> str:
    """The line of a row, counted from 1."""
    return next(name for name, place in layout().option.series.items() if place == int(row) - 1)


def read_back(text: str) -> Node:
    """Turn a formula of the month in COLUMN back into the language, cell by cell."""
    row = r"(\d+)"
    steps = (
        (rf"INDEX\(FT_Across_(\w+),(?:1,)?FT_(\w+)Number(?:,{HERE}\$4)?\)", lambda at: f"{at[2].upper()}({at[1]})"),
        (rf"INDEX\(FT_([A-Z][a-z]+)_(\w+),(?:1,)?{HERE}\$4\)", lambda at: f"{at[1].upper()}({at[2]})"),
        (rf"IFERROR\(MATCH\(1,\$G{row}:\$BN\1,0\),0\)", lambda found: f"FIRST({name_at(found[1])})"),
        (
            rf"IF\(AND\((IRR\(\$G{row}:[^()]*\))>-1,\1\*SUM\([^()]*\)>=0\),\1,NA\(\)\)",
            lambda at: f"IRR({name_at(at[2])})",
        ),
        (rf"SUM\(\$G{row}:\$BN\1\)", lambda found: f"TOTAL({name_at(found[1])})"),
        (rf"SUM\(\$G{row}:{HERE}\1\)", lambda found: f"TO_DATE({name_at(found[1])})"),
        (rf"\b{BEFORE}{row}\b", lambda found: f"PREV({name_at(found[1])})"),
        (rf"\b{HERE}{row}\b", lambda found: name_at(found[1])),
    )
    for pattern, replacement in steps:
        text = re.sub(pattern, replacement, text)
    return parse(text)


def with_formula(*, by_month: bool) -> list[Line]:
    template = fine_tuning()
    return [line for line in template.lines.values() if line.tree and (line.name in template.series) == by_month]


@pytest.mark.parametrize("line", with_formula(by_month=True), ids=lambda line: line.name)
def test_a_row_by_month_says_what_the_term_sheet_says(line: Line) -> None:
    assert read_back(formulas().by_month(line.name).at(COLUMN)) == line.tree


@pytest.mark.parametrize("line", with_formula(by_month=False), ids=lambda line: line.name)
def test_a_scalar_says_what_the_term_sheet_says(line: Line) -> None:
    formula = formulas().scalar(line.name)
    for clause in line.unless:
        assert clause.table.text.partition("{")[0] in formula
    if not line.unless:
        assert read_back(formula) == line.tree


def cell(name: str, column: str = HERE) -> str:
    return f"{column}{layout().option.rows[name] + 1}"


def test_a_line_is_made_of_names_and_of_cells_of_its_own_column() -> None:
    month = cell("month")
    assert formulas().by_month("wage_index").at(COLUMN) == f"(1+wage_growth)^(({month}-1)/months_per_year)"
    assert formulas().by_month("month").at(COLUMN) == f"{cell('month', BEFORE)}+1"


def test_the_first_month_looks_at_the_opening() -> None:
    assert formulas().by_month("month").at(FIRST_MONTH) == f"F{layout().option.rows['month'] + 1}+1"
    opening = fine_tuning().lines["level"].opening
    assert opening is not None
    assert formulas().opening(opening) == "quality_level"


def test_another_options_charted_row_is_found_by_its_position_on_compare() -> None:
    wanted = f"{cell('benefits')}-INDEX(FT_Across_benefits,FT_ReferenceNumber,{HERE}$4)"
    assert formulas().by_month("increment_value").at(COLUMN) == wanted


def test_a_row_of_the_incumbent_is_found_on_compare() -> None:
    flag, wanted = cell("incumbent_flag"), f"INDEX(FT_Incumbent_standalone_visible,1,{HERE}$4)"
    line = next(
        name for name, one in fine_tuning().lines.items() if one.formula.endswith("INCUMBENT(standalone_visible)")
    )
    assert formulas().by_month(line).at(COLUMN) == f"{flag}*{wanted}"


def test_another_options_figure_is_found_by_its_position_on_compare() -> None:
    assert formulas().scalar("candidate_value_pv") == "INDEX(FT_Across_value_over_nothing_pv,1,FT_CandidateNumber)"


def test_a_category_adds_the_rows_below_it() -> None:
    line = fine_tuning().lines["visible_storage"]
    rows = sorted(layout().option.rows[term] for term in line.terms)
    assert formulas().by_month("visible_storage").at(COLUMN) == "+".join(f"{HERE}{row + 1}" for row in rows)


def test_cost_in_cash_adds_the_lines_of_that_nature() -> None:
    rows = [layout().option.rows[line.name] for line in fine_tuning().lines.values() if line.role is Role.COST]
    first, last = min(rows) + 1, max(rows) + 1
    wanted = f'SUMIF($D${first}:$D${last},"cash",{HERE}${first}:{HERE}${last})+{cell("own_cash_costs")}'
    assert formulas().by_month("cash_costs").at(COLUMN) == wanted


def test_own_costs_of_a_category_are_those_of_the_option_and_of_all() -> None:
    text = formulas().by_month("own_visible_compute").at(COLUMN)
    rows = layout().compare.own_costs
    amounts = f"Compare!{HERE}${rows[0] + 1}:{HERE}${rows[-1] + 1}"
    sums = [
        f'SUMIFS({amounts},FT_OwnCostCategories,"visible.compute",FT_OwnCostOptions,{bearer})'
        for bearer in ("option_id", '"all"', 'IF(option_id="do_nothing","none","all_but_do_nothing")')
    ]
    assert text == f"IF(FT_OwnCostCount=0,0,{'+'.join(sums)})"


def test_texts_take_the_place_of_a_number() -> None:
    assert formulas().scalar("hidden_multiple") == 'IF(ABS(visible)<zero_tolerance,"no visible cost",tco/visible)'


def test_an_amount_in_a_text_is_rounded_before_it_is_shown() -> None:
    assert '"never within "&TEXT(ROUND(horizon_months,0),"0")&" months"' in formulas().scalar("payback_months")


def test_a_text_beside_a_number_stands_only_beside_a_number() -> None:
    value = f"$E{layout().option.rows['payback_months'] + 1}"
    assert formulas().remark("payback_months").startswith(f"IF(ISNUMBER({value}),IF(crossings>1,")


def test_a_rate_that_is_not_found_points_at_the_function() -> None:
    assert re.search(r"IFERROR\(\(1\+IF\(.*IRR\(\$F", formulas().scalar("irr"))
    assert formulas().scalar("irr").endswith(',"not unique")))))')


# --- assumptions in force ----------------------------------------------------------------------------------


def beside(name: str, header: str) -> str:
    sheet = layout().assumptions
    column = sheet.outside.get(header, sheet.columns.get(header, -1))
    return f"Assumptions!${letters(column)}${sheet.rows[name] + 1}"


def test_an_option_takes_its_own_value_or_the_base() -> None:
    row = layout().assumptions.rows["quality_level"] + 1
    own = f"INDEX(Assumptions!$E${row}:$H${row},1,option_number)"
    assert formulas().own("quality_level") == f'IF({own}="",{beside("quality_level", "base")},{own})'


def test_a_plans_one_value_is_the_base() -> None:
    assert formulas().own("wage_growth") == beside("wage_growth", "base")


def test_a_case_moves_an_assumption_towards_an_end() -> None:
    own = f"$D{layout().option.rows['wage_growth'] + 1}"
    base, toward = beside("wage_growth", "base"), beside("wage_growth", "toward")
    least, most = beside("wage_growth", "min"), beside("wage_growth", "max")
    wanted = f"MIN({most},MAX({least},{own}+case_strength*({toward}-{base})))"
    assert formulas().in_force("wage_growth") == wanted


def test_a_decision_is_not_moved() -> None:
    assert formulas().in_force("build_months") == f"$D{layout().option.rows['build_months'] + 1}"


@pytest.mark.parametrize("name,good", [("wage_growth", "low"), ("quality_level", "high")])
def test_the_favourable_end_is_the_one_that_the_term_sheet_names(name: str, good: str) -> None:
    texts = AssumptionFormulas(small_plan(), layout()).beside(name)
    row, column = layout().assumptions.rows[name] + 1, letters(layout().assumptions.columns[good])
    other = "high" if good == "low" else "low"
    word = letters(layout().assumptions.columns[FAVOURABLE])
    assert texts["favourable end"].startswith(f'IF(${word}{row}="{other}",')
    assert texts["favourable end"].split("),IF(")[1].startswith(f'${column}{row}="",')  # without the other word


def test_an_own_cost_counts_only_with_a_label() -> None:
    columns = {"label": 0, "first_month": 66, "last_month": 67, "amount": 68, "growth": 69, "every": 70}
    text = AssumptionFormulas(small_plan(), layout()).own_cost(199, columns, 99)
    assert text.startswith('IF($A200="",0,IF(AND({c}$100>=$BO200,{c}$100<=MAX(1,$BP200),')
