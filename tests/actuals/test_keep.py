"""From charges to amounts that a workbook keeps: nothing is lost, and nothing counts twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.actuals.formats import known_formats
from ftroi.actuals.keep import (
    Kept,
    described_of,
    frozen,
    kept_of,
    mapped_of,
    mappings_of_sheet,
    rules_of_sheet,
)
from ftroi.actuals.ledger import joined
from ftroi.actuals.read import Choice, read_bill
from ftroi.actuals.rules import rules_of
from ftroi.actuals.tracking import track
from ftroi.errors import BillError
from ftroi.plan import Plan
from ftroi.plan.billed import Described, Mapped
from tests.support.bills import OPENAI_COSTS, openai, table
from tests.support.edited import small_plan

ITEMS = ("gpt-4o-mini, input", "Parking", "hosting, hourly", "lunch")


def started() -> Plan:
    return small_plan().with_settings(start=date(2026, 3, 1))


def kept(plan: Plan, *paths: Path) -> Kept:
    rules = rules_of(plan.template)
    bills = [read_bill(path, Choice("effective", "USD", {})) for path in paths]
    found = track(plan, joined(bills, "USD", {}), rules)
    return kept_of(found, paths, Choice(), rules, frozen(plan, plan.settings.candidate, "", date(2026, 4, 1)))


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(-500, 5_000), st.sampled_from(ITEMS)), min_size=1))
def test_what_goes_in_comes_out_to_the_cent(rows: list[tuple[int, int, str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bill.csv"
        charges = [openai(day, cents / 100, f"{item} {place}") for place, (day, cents, item) in enumerate(rows)]
        path.write_text(table(OPENAI_COSTS, charges))
        found = kept(started(), path).actuals.billed
    assert round(sum(one.amount for one in found), 2) == sum(cents for _, cents, _ in rows) / 100
    assert sum(one.rows for one in found) == len(rows)
    assert all(bool(one.rule) == bool(one.category) for one in found)


def test_two_files_of_one_name_are_told_apart_by_the_user(tmp_path: Path) -> None:
    paths = []
    for name, amount in (("a", 1.0), ("b", 2.0)):
        (tmp_path / name).mkdir()
        paths.append(tmp_path / name / "bill.csv")
        paths[-1].write_text(table(OPENAI_COSTS, [openai(1, amount, "gpt")]))
    with pytest.raises(BillError, match="two different files"):
        kept(started(), *paths)


def test_rules_read_back_are_the_rules() -> None:
    rules = rules_of(small_plan().template)
    assert rules_of_sheet(tuple(mapped_of(rules))) == rules


def test_mappings_read_back_are_the_mappings() -> None:
    assert mappings_of_sheet(described_of(known_formats())) == known_formats()


@pytest.mark.parametrize(
    "entry, value, what",
    [("need", "x", "unknown key 'need'"), ("needs", "[Tag", "cannot be read"), ("scale", "a", "cannot be read")],
)
def test_an_entry_of_a_mapping_that_is_none(entry: str, value: str, what: str) -> None:
    with pytest.raises(BillError, match=what) as caught:
        mappings_of_sheet([Described("ledger", entry, value)])
    assert "Mapping: [ledger]" in str(caught.value)
    assert "'label' is missing" in str(caught.value)


@pytest.mark.parametrize(
    "rule, what",
    [
        (Mapped("", {"kind": "tax"}, "outside", ""), "has no name"),
        (Mapped("a", {"kind": "tax"}, "", ""), "has no name, or no category"),
        (Mapped("a", {}, "outside", ""), "would take every charge"),
        (Mapped("a", {"kind": "("}, "outside", ""), "is no pattern"),
    ],
)
def test_a_row_of_mapping_that_is_no_rule(rule: Mapped, what: str) -> None:
    with pytest.raises(BillError, match=what):
        rules_of_sheet([rule])
