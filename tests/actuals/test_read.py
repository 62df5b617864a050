"""What is told about a bill that is read: nothing that looks wrong stays silent."""

from __future__ import annotations

from pathlib import Path

from tests.support.bills import (
    FOCUS,
    GCP_CONSOLE,
    GCP_PREAMBLE,
    OPENAI_COSTS,
    PEOPLE,
    focus,
    gcp,
    openai,
    table,
)
from tests.support.reading_bills import notes, read, refused


def test_a_total_is_no_cost_and_is_compared(tmp_path: Path) -> None:
    good = table(GCP_CONSOLE, [gcp(1, 10), ("Total", *[""] * 14, "10.00")])
    assert "total" not in notes(read(tmp_path, good)).replace(str(tmp_path), "")
    bad = table(GCP_CONSOLE, [gcp(1, 10), ("Total", *[""] * 14, "12.00")])
    assert "its total says 12.00, and its charges add up to 10.00" in notes(read(tmp_path, bad))


def test_the_preamble_says_the_currency(tmp_path: Path) -> None:
    text = GCP_PREAMBLE.format(currency="AUD") + table(GCP_CONSOLE, [gcp(1, 10)])
    bill = read(tmp_path, text)
    assert bill.charges["currency"].tolist() == ["AUD"]
    assert bill.charges["line"].tolist() == [10]


def test_whole_amounts_may_be_cents(tmp_path: Path) -> None:
    rows = [openai(day, 100 + day, f"item {day}") for day in range(1, 26)]
    assert "bill.csv:2: amount_value: every amount is a whole number: they may be cents" in notes(
        read(tmp_path, table(OPENAI_COSTS, rows))
    )


def test_a_month_half_billed_is_told(tmp_path: Path) -> None:
    assert "bill.csv:3: ChargePeriodEnd: 2026-03 is billed up to 2026-03-14 only" in notes(
        read(tmp_path, table(FOCUS, [focus(1, 1, 1), focus(14, 1, 1)]))
    )
    assert "billed up to" not in notes(read(tmp_path, table(FOCUS, [focus(30, 1, 1)])))


def test_a_negative_quantity_of_a_positive_amount_is_told(tmp_path: Path) -> None:
    text = table(FOCUS, [focus(1, 1, 1)]).replace(",1000,Tokens", ",-1000,Tokens")
    assert "bill.csv:2: ConsumedQuantity: 1 charge with a negative quantity and a positive amount" in notes(
        read(tmp_path, text)
    )


def test_an_unknown_kind_is_told(tmp_path: Path) -> None:
    assert "the kind of charge 'Barter' is not known" in notes(read(tmp_path, table(FOCUS, [focus(1, 1, 1, "Barter")])))


def test_a_currency_in_small_letters_is_the_same(tmp_path: Path) -> None:
    """OpenAI's own costs are in "usd"."""
    text = table(PEOPLE, [("2026-03", "Ann", "ML", 8, "", 800, "usd", "", "")])
    assert read(tmp_path, text).charges["currency"].tolist() == ["USD"]


def test_a_missing_currency_is_refused_or_taken_as_told(tmp_path: Path) -> None:
    text = table(PEOPLE.replace("currency", "place"), [("2026-03", "Ann", "ML", 8, "", 800, "", "", "")])
    assert "in which currency" in refused(tmp_path, text)
    bill = read(tmp_path, text, currency="EUR")
    assert bill.charges["currency"].tolist() == ["EUR"]
    assert "taken as EUR" in notes(bill)
