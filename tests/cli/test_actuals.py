"""``ftroi actuals`` as a controller meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.bills import FOCUS, OPENAI_COSTS, PEOPLE, focus, openai, plan_from_march, table
from tests.support.running import Ftroi


@pytest.fixture
def plan(ftroi: Ftroi, tmp_path: Path) -> Path:
    return plan_from_march(ftroi, tmp_path)


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    """A bill with a charge of tokens and one that no rule fits."""
    path = tmp_path / "openai.csv"
    path.write_text(table(OPENAI_COSTS, [openai(1, 40.5, "gpt-4o-mini, input"), openai(30, 9.5, "Parking")]))
    return path


def test_bills_stand_beside_the_plan(ftroi: Ftroi, plan: Path, bill: Path) -> None:
    answer = ftroi.done("actuals", plan, bill, bill, "--json").json
    assert answer["categories"]["visible.serving"]["actual"] == 40.5
    assert answer["apart"] == {"not assigned": 9.5}
    (rest,) = answer["not_assigned"]
    assert (rest["description"], rest["amount"], rest["line"]) == ("Parking", 9.5, 3)
    assert any("each is counted once" in warning for warning in answer["warnings"])
    out = ftroi.done("actuals", plan, bill).out
    assert "Not assigned" in out
    assert "At completion: USD" in out


def test_every_charge_can_be_traced(ftroi: Ftroi, plan: Path, bill: Path, tmp_path: Path) -> None:
    import pandas as pd

    target = tmp_path / "charges.csv"
    ftroi.done("actuals", plan, bill, "--output", target)
    charges = pd.read_csv(target)
    assert charges["line"].tolist() == [2, 3]
    assert charges["rule"].fillna("").tolist() == ["tokens", ""]
    assert charges["file"].str.endswith("openai.csv").all()


def test_own_rules_and_mappings_come_first(ftroi: Ftroi, plan: Path, bill: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[parking]\ndescription = "parking"\ncategory = "hidden.compliance"\n')
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[ledger]\nlabel = "Ledger"\nneeds = ["Tag", "Betrag"]\ndate = "Tag"\ndecimal = ","\ncurrency_is = "EUR"\n'
        'amount = { effective = "Betrag", billed = "Betrag" }\ndescription = ["Text"]\nservice_is = "openai"\n'
    )
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("Tag;Text;Betrag\n15.03.2026;Parking;1.000,50\n")
    words = ("actuals", plan, bill, ledger, "--rules", rules, "--mapping", mapping)
    assert "EUR has no rate to USD" in ftroi.refused(*words)
    answer = ftroi.done(*words, "--rate", "EUR=1.10@2026-03-31", "--json").json
    assert answer["categories"]["hidden.compliance"]["actual"] == pytest.approx(9.5 + 1.1 * 1000.5)
    assert answer["apart"] == {}


def test_the_findings_of_every_bill_come_at_once(ftroi: Ftroi, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    (tmp_path / "b.csv").write_text(table(FOCUS, [focus(1, 1, 1)]).replace("2026-03-01", "someday"))
    message = ftroi.refused("actuals", plan, tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv")
    assert "3 findings" in message
    assert "a.csv: is none of the known bills" in message
    assert "b.csv:2: ChargePeriodStart: cannot read 'somedayT00:00:00Z' as a date" in message


@pytest.mark.parametrize("rate", ["EUR", "EUR=0@2026-03-31", "EUR=1.1", "EUR=1.1@2026-02-31", "EUR=x@2026-03-31"])
def test_a_rate_needs_an_amount_and_a_day(ftroi: Ftroi, plan: Path, bill: Path, rate: str) -> None:
    assert "is no dated rate" in ftroi.refused("actuals", plan, bill, "--rate", rate)


def test_hours_of_people_count_where_the_table_says(ftroi: Ftroi, plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    rows = [("2026-03", "Ann", "Review", 10, 100, "", "USD", "hidden.compliance", "rag")]
    path.write_text(table(PEOPLE, rows))
    answer = ftroi.done("actuals", plan, path, "--option", "rag", "--json").json
    assert answer["categories"]["hidden.compliance"]["actual"] == 1000
    assert answer["option"] == "rag"


def test_an_approved_plan_is_the_measure(ftroi: Ftroi, plan: Path, bill: Path, tmp_path: Path) -> None:
    approved = tmp_path / "approved.xlsx"
    ftroi.done(
        "new", approved, "--preset", "support_assistant", "--options", "rag", "--set", "start=2026-03-01",
        "--set", "requests_per_month=100000",
    )  # fmt: skip
    own = ftroi.done("actuals", plan, bill, "--json").json
    against = ftroi.done("actuals", plan, bill, "--approved", approved, "--json").json
    assert against["forecast"]["planned"] == pytest.approx(
        ftroi.done("calc", approved, "--json").json["measures"]["tco"]
    )
    assert own["forecast"]["planned"] == pytest.approx(ftroi.done("calc", plan, "--json").json["measures"]["tco"])
