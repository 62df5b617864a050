"""Bills together: each charge counts once, in one currency, and what goes in comes out, assigned or not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ftroi.actuals.ledger import Rate, joined
from ftroi.actuals.read import read_bill
from ftroi.actuals.rules import assigned, not_assigned, rules_of
from ftroi.errors import BillError
from ftroi.plan import plan_from_preset
from tests.support.bills import AWS, BILLS, FOCUS, PEOPLE, aws, focus, table
from tests.support.plans import fine_tuning
from tests.support.reading_bills import bills_of, notes

PLAN = plan_from_preset(fine_tuning(), "support_assistant")
RULES = rules_of(fine_tuning())


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    paths = [made.written(tmp_path) for made in BILLS if made.charges and made.format != "aws_cur"]
    once = joined([read_bill(path) for path in paths], "USD", {})
    twice = joined([read_bill(path) for path in (*paths, *paths)], "USD", {})
    assert twice.charges.drop(columns="file").equals(once.charges.drop(columns="file"))
    assert "each is counted once" in notes(twice)


def test_an_overlap_of_two_exports_counts_once_and_is_told(tmp_path: Path) -> None:
    first, second = [focus(1, 1, 1), focus(2, 2, 2)], [focus(2, 2, 2), focus(3, 4, 4)]
    ledger = bills_of(tmp_path, table(FOCUS, first), table(FOCUS, second))
    assert ledger.charges["amount"].sum() == 7
    assert "bill1.csv:2: 1 row, 2.00 in all, stood before as well, from" in notes(ledger)
    assert "bill0.csv:3 on" in notes(ledger)
    assert "is billed by several files" in notes(ledger)


def test_a_provider_s_own_export_beside_its_focus_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BillError, match="both would count twice"):
        bills_of(tmp_path, table(FOCUS, [focus(1, 1, 1)]), table(AWS, [aws(1, 1)]))


def test_another_currency_is_converted_by_a_dated_rate_or_refused(tmp_path: Path) -> None:
    text = table(PEOPLE, [("2026-03", "Ann", "ML", 8, "", 100, "EUR", "", "")])
    with pytest.raises(BillError, match=r"bill0\.csv:2: currency: the currency EUR has no rate to USD; add --rate EUR"):
        bills_of(tmp_path, text)
    ledger = bills_of(tmp_path, text, rates={"EUR": Rate(1.08, date(2026, 3, 31))})
    assert ledger.charges["amount"].tolist() == [108]
    assert ledger.charges["billed"].tolist() == [100]


def test_a_virtual_currency_needs_a_rate(tmp_path: Path) -> None:
    with pytest.raises(BillError, match=r"bill0\.csv:2: BillingCurrency: the virtual currency Credits has no rate"):
        bills_of(tmp_path, table(FOCUS, [focus(1, 1, 1)]).replace(",USD,", ",Credits,"))


def test_another_tenant_is_refused_where_accounts_are_named(tmp_path: Path) -> None:
    texts = table(FOCUS, [focus(1, 1, 1)]), table(FOCUS, [focus(1, 1, 1)]).replace("1001", "2002")
    assert "2 accounts: 1001, 2002" in notes(bills_of(tmp_path, *texts))
    with pytest.raises(BillError, match=r"bill1\.csv:2: BillingAccountId: is billed to another account, 2002"):
        bills_of(tmp_path, *texts, accounts=["1001"])


amounts = st.lists(
    st.tuples(
        st.decimals(min_value=-10_000, max_value=10_000, places=6, allow_nan=False),
        st.sampled_from(["Usage", "Tax", "Credit", "Purchase", "Adjustment"]),
        st.sampled_from(["gpt-4o input tokens", "Parking", "H100 GPU hours", "Blob storage", ""]),
        st.integers(1, 28),
    ),
    min_size=1,
    max_size=40,
)


@given(rows=amounts, repeated=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_goes_in_comes_out_assigned_or_not(
    rows: list[tuple[object, str, str, int]], repeated: bool, tmp_path: Path
) -> None:
    made = [
        (
            *focus(day, float(str(amount)), float(str(amount)), kind)[:6],
            f"{text} {number}",
            amount,
            amount,
            *focus(1, 0, 0)[9:],
        )
        for number, (amount, kind, text, day) in enumerate(rows)
    ]
    text = table(FOCUS, made)
    charges = assigned(bills_of(tmp_path, *[text] * (1 + repeated)).charges, RULES, PLAN)
    total = float(sum(amount for amount, *_ in rows))  # type: ignore[misc]  # decimals
    assert charges["amount"].sum() == pytest.approx(total, abs=0.005)
    rest = not_assigned(charges)["amount"].sum()
    by_rule = charges[charges["rule"] != ""].groupby("rule", observed=True)["amount"].sum().sum()
    assert rest + by_rule == pytest.approx(total, abs=0.005)
