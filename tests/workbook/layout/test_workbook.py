"""Everything has its place, and no two things have the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from ftroi.language import PARTIES
from ftroi.plan import OwnCost, Plan, plan_from_preset
from ftroi.termsheet import Role
from ftroi.workbook.layout.option import FIRST_ROW, WITHOUT_NAME, Kind
from ftroi.workbook.layout.workbook import LONGEST_SHEET_NAME, may_name_a_sheet
from ftroi.workbook.schema import OWN_COST_HEADERS, OWN_COST_SLOTS, SETTINGS
from ftroi.workbook.sheets.registry import OPTIONS, SHEETS, layout_of, options_sheets
from tests.support.edited import small_plan
from tests.support.plans import fine_tuning


def all_options() -> Plan:
    return plan_from_preset(fine_tuning(), "support_assistant")


def relabelled(option: str, label: str, short: str = "Short") -> Plan:
    """The small plan with another label of one option."""
    template = fine_tuning()
    table = template.options[option].model_copy(update={"label": label, "short": short})
    return replace(small_plan(), template=replace(template, options={**template.options, option: table}))


# --- sheets ------------------------------------------------------------------------------------------------


def test_every_option_has_a_sheet_of_its_own_between_the_others() -> None:
    layout = layout_of(all_options())
    names = [sheet.name for sheet in SHEETS if sheet.is_shown(all_options())]
    place = names.index(OPTIONS)
    assert layout.order == (*names[:place], *layout.sheets.values(), *names[place + 1 :])
    assert tuple(layout.sheets) == all_options().settings.options
    assert len({name.casefold() for name in layout.order}) == len(layout.order)
    assert all(len(name) <= LONGEST_SHEET_NAME for name in layout.order)


def test_a_sheet_bears_the_label_where_it_fits_and_else_the_short_one() -> None:
    names = options_sheets(all_options())
    assert names["prompt_engineering"] == "Prompt engineering"
    assert names["lora_hosted"] == "Managed LoRA"


@pytest.mark.parametrize("label", ["What/if", "a:b", "[x]", "Cost?", "Vendor's", "Compare", "log", "History", " left"])
def test_a_label_that_no_sheet_may_have_is_not_used(label: str) -> None:
    assert options_sheets(relabelled("rag", label))["rag"] == "Short"


def test_two_options_with_the_same_labels_have_two_sheets() -> None:
    plan = relabelled("rag", "Prompt engineering", "Prompt engineering")
    assert options_sheets(plan)["rag"] == "rag"


def test_a_name_that_is_taken_in_other_letters_is_taken() -> None:
    assert not may_name_a_sheet("COMPARE", ["Compare"])
    assert may_name_a_sheet("Retrieval", ["Compare"])


# --- Assumptions -------------------------------------------------------------------------------------------


def test_every_assumption_has_one_row_and_the_fifteen_come_first() -> None:
    layout = layout_of(small_plan()).assumptions
    assert set(layout.rows) == set(fine_tuning().assumptions)
    assert len(set(layout.rows.values())) == len(layout.rows)
    first = sorted(layout.rows, key=lambda name: layout.rows[name])[:15]
    assert [fine_tuning().assumptions[name].table.fill_first for name in first] == list(range(1, 16))
    assert fine_tuning().assumptions[max(layout.rows, key=lambda name: layout.rows[name])].table.kind == "constant"


def test_settings_assumptions_and_own_costs_stand_below_each_other() -> None:
    layout = layout_of(small_plan()).assumptions
    assert list(layout.settings) == [*SETTINGS, "exchange_rate", "exchange_rate_date"]
    order = [
        layout.settings_header,
        *layout.settings.values(),
        layout.header,
        *sorted([*layout.rows.values(), *layout.headings]),
        layout.own_header,
        *layout.own_costs,
    ]
    assert order == sorted(set(order))


@pytest.mark.parametrize("plan", [small_plan(), all_options()])
def test_inputs_are_as_wide_as_their_widest_block(plan: Plan) -> None:
    layout = layout_of(plan).assumptions
    assert layout.last_column + 1 == 9 + len(plan.settings.options)
    assert layout.last_column + 1 >= len(OWN_COST_HEADERS)
    assert min(layout.outside.values()) > layout.last_column + 1


def test_a_plan_with_many_own_costs_gets_more_slots() -> None:
    cost = OwnCost("x", "all", "visible.compute", "cash", 1, 2, 3.0)
    costs = tuple(replace(cost, label=f"x{number}") for number in range(OWN_COST_SLOTS + 7))
    layout = layout_of(replace(small_plan(), own_costs=costs))
    assert len(layout.assumptions.own_costs) == len(layout.compare.own_costs) == OWN_COST_SLOTS + 7


# --- options' sheets ---------------------------------------------------------------------------------------


def test_every_line_has_one_row() -> None:
    layout = layout_of(small_plan()).option
    placed = [one.name for one in layout.placed if one.kind not in (*WITHOUT_NAME, Kind.IN_FORCE)]
    assert Counter(placed) == Counter(dict.fromkeys(fine_tuning().lines, 1))
    assert [one.row for one in layout.placed] == list(range(FIRST_ROW, FIRST_ROW + len(layout.placed)))


def test_what_an_option_may_have_for_itself_or_a_case_may_move_is_in_force_there() -> None:
    layout = layout_of(small_plan()).option
    in_force = {one.name for one in layout.of_kind(Kind.IN_FORCE)}
    tables = {name: one.table for name, one in fine_tuning().assumptions.items()}
    assert in_force == {name for name, one in tables.items() if one.scope == "option" or one.kind == "uncertain"}


def test_rows_by_month_are_the_lines_that_vary() -> None:
    layout = layout_of(small_plan()).option
    assert set(layout.series) == fine_tuning().series


def test_a_category_stands_above_its_own_lines() -> None:
    rows = layout_of(small_plan()).option.series
    for line in fine_tuning().lines.values():
        if line.role is Role.CATEGORY:
            below = range(rows[line.name] + 1, rows[line.name] + 1 + len(line.terms))
            assert sorted(rows[term] for term in line.terms) == list(below), line.name


# --- Compare and Dashboard ---------------------------------------------------------------------------------


def test_compare_has_every_measure_and_whatever_is_asked_across_options() -> None:
    layout = layout_of(small_plan()).compare
    asked = {name for line in fine_tuning().lines.values() for name, via in line.needs if via in PARTIES}
    assert asked <= {*layout.scalars, *layout.months, *(name for _, name in layout.of_one)}
    assert set(fine_tuning().measures) <= set(layout.scalars)


def test_the_blocks_of_compare_do_not_overlap() -> None:
    layout = layout_of(all_options()).compare
    rows = [*layout.numbers.values(), layout.labels, layout.header, layout.roles, *layout.scalars.values()]
    for name in layout.months:
        rows += [layout.block(name)[0] - 1, *layout.block(name)]
    rows += [min(layout.of_one.values()) - 1, *layout.of_one.values()]
    rows += [layout.own_costs[0] - 1, *layout.own_costs]
    assert rows == sorted(set(rows))


def test_the_tables_of_the_dashboard_do_not_overlap() -> None:
    layout = layout_of(all_options()).dashboard
    tables = [layout.options, layout.headlines, layout.verdict, layout.sheets, layout.steps, layout.shares]
    rows = [row for table in tables for row in table.values()]
    assert rows == sorted(set(rows))
    assert all(min(later.values()) - max(table.values()) >= 3 for table, later in pairwise(tables))
