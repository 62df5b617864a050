"""Figures and dates as people and programs write them; what may be two things is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.bills import (
    AZURE_EA,
    FOCUS,
    OPENAI_COSTS,
    azure,
    focus,
    openai,
    table,
)
from tests.support.reading_bills import ledger, notes, read, refused


def test_german_figures_and_dates_are_read(tmp_path: Path) -> None:
    text, choice = ledger("15.03.2026;a;1.234,56\n16.03.2026;b;-0,56\n")
    bill = read(tmp_path, text, **choice)
    assert bill.charges["amount"].tolist() == [1234.56, -0.56]
    assert bill.charges["currency"].tolist() == ["EUR", "EUR"]


@pytest.mark.parametrize("text,value", [("(1.50)", -1.5), ("1.50-", -1.5), ("$1,234.50", 1234.5), ("−2.25", -2.25)])
def test_figures_as_people_write_them(text: str, value: float, tmp_path: Path) -> None:
    content, choice = ledger(f"2026-03-15;a;{text}\n")
    assert read(tmp_path, content, **choice).charges["amount"].tolist() == [value]


def test_a_figure_that_may_be_two_things_is_refused(tmp_path: Path) -> None:
    content, choice = ledger("2026-03-15;a;1.234\n")
    message = refused(tmp_path, content, **choice)
    assert "bill.csv:2: Betrag: '1.234' may be a thousand" in message
    content, choice = ledger("2026-03-15;a;1.234\n", decimal=",")
    assert read(tmp_path, content, **choice).charges["amount"].tolist() == [1234]


def test_figures_of_two_locales_are_refused_with_both_lines(tmp_path: Path) -> None:
    content, choice = ledger("2026-03-15;a;1.234,50\n2026-03-16;a;1,234.50\n")
    message = refused(tmp_path, content, **choice)
    assert "bill.csv:2: Betrag" in message
    assert "line 3" in message


def test_a_figure_that_is_none_is_told_with_its_place(tmp_path: Path) -> None:
    text = table(FOCUS, [focus(1, 1, 1), focus(2, 1, 1)]).replace("2,1,1,USD", "2,1,abc,USD")
    assert "bill.csv:3: EffectiveCost: cannot read 'abc'" in refused(tmp_path, text)


def test_a_formula_is_no_figure_and_in_a_text_only_a_text(tmp_path: Path) -> None:
    text = table(OPENAI_COSTS, [openai(1, "=1+1", "a")])
    assert "is a formula" in refused(tmp_path, text)
    bill = read(tmp_path, table(OPENAI_COSTS, [openai(1, 1, "=HYPERLINK(1)")]))
    assert bill.charges["description"].tolist() == ["=HYPERLINK(1)"]


def test_many_wrong_figures_are_counted(tmp_path: Path) -> None:
    text = table(OPENAI_COSTS, [openai(1, "x", "a")] * 50)
    assert "30 more of the same kind" in refused(tmp_path, text)


def test_dates_that_may_be_two_things_are_refused(tmp_path: Path) -> None:
    content, choice = ledger("03/04/2026;a;1,50\n")
    assert "bill.csv:2: Tag: '03/04/2026' may have the day or the month first" in refused(tmp_path, content, **choice)
    content, choice = ledger("03/04/2026;a;1,50\n", dates="d/m/y")
    assert read(tmp_path, content, **choice).charges["month"].tolist() == ["2026-04"]


def test_dates_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    content, choice = ledger("13/04/2026;a;1,50\n04/14/2026;a;1,50\n")
    assert "line 3" in refused(tmp_path, content, **choice)


def test_a_day_first_bill_of_azure_is_told(tmp_path: Path) -> None:
    bill = read(tmp_path, table(AZURE_EA, [azure("15/3/2026", 1), azure("1/3/2026", 1)]))
    assert set(bill.charges["month"]) == {"2026-03"}
    assert "read with the day first" in notes(bill)


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    content, choice = ledger("2026-13-01;a;1,50\n")
    assert "cannot read '2026-13-01' as a date" in refused(tmp_path, content, **choice)


def test_a_charge_without_a_date_is_refused(tmp_path: Path) -> None:
    content, choice = ledger("2026-03-01;a;1,50\n;b;2,50\n")
    assert "bill.csv:3: a charge of 2.50 has no date" in refused(tmp_path, content, **choice)
