"""Every format is read by its real columns: what a bill says in all comes out, each charge with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from focus_data_toolkit.generators import FOCUS_VERSIONS, PROVIDERS, get_generator

from ftroi.actuals.formats import known_formats, read_formats
from ftroi.actuals.read import Choice, read_bill
from ftroi.errors import BillError
from tests.support.bills import BILLS, FOCUS, Made, focus, table


@pytest.mark.parametrize("made", BILLS, ids=lambda made: made.name)
def test_a_bill_gives_its_total_and_its_kinds(made: Made, tmp_path: Path) -> None:
    bill = read_bill(made.written(tmp_path))
    assert bill.format == made.format
    assert bill.charges["amount"].sum() == pytest.approx(made.total, abs=1e-9)
    assert len(bill.charges) == made.charges
    assert set(bill.charges["kind"]) == made.kinds
    assert set(bill.charges["month"]) <= {"2026-03"}


def test_every_format_has_at_least_three_bills() -> None:
    counts = Counter(made.format for made in BILLS)
    assert {name for name in known_formats() if counts[name] < 3} == set()


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("version", FOCUS_VERSIONS)
def test_generated_focus_bills_add_up(provider: str, version: str, tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    path.write_bytes(get_generator(provider, version).generate_csv_bytes(200, 3))
    import pandas as pd

    raw = pd.read_csv(path)
    for basis, column in (("effective", "EffectiveCost"), ("billed", "BilledCost")):
        bill = read_bill(path, Choice(basis=basis))  # type: ignore[arg-type]  # one of the two
        assert bill.format == "focus"
        assert bill.charges["amount"].sum() == pytest.approx(raw[column].sum(), abs=0.005)
        assert bill.charges["line"].tolist() == list(range(2, len(raw) + 2))


def test_a_commitment_is_spread_or_billed_but_never_both(tmp_path: Path) -> None:
    made = table(FOCUS, [focus(1, 100, 0, "Purchase"), focus(2, 0, 60), focus(3, 0, 40)])
    path = tmp_path / "bill.csv"
    path.write_text(made)
    assert read_bill(path).charges["amount"].tolist() == [0, 60, 40]
    assert read_bill(path, Choice(basis="billed")).charges["amount"].tolist() == [100, 0, 0]


def test_quantities_come_in_plain_units(tmp_path: Path) -> None:
    made = next(made for made in BILLS if made.name == "azure-mca")
    charges = read_bill(made.written(tmp_path)).charges
    assert charges["quantity"].tolist() == [5e6, 5e6]


def test_a_file_states_its_category_itself(tmp_path: Path) -> None:
    made = next(made for made in BILLS if made.name == "people-stated")
    (row,) = read_bill(made.written(tmp_path)).charges.itertuples()
    assert (row.category, row.option, row.quantity, row.unit) == ("hidden.compliance", "do_nothing", 10, "hour")


def test_focus_1_4_has_no_provider_name_and_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    text = table(FOCUS, [focus(1, 10, 10)]).replace("InvoiceIssuerName", "ServiceProviderName")
    path.write_text(text)
    assert read_bill(path).charges["provider"].tolist() == ["AWS"]


def test_a_mapping_with_faults_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text('[ours]\nlabel = "Ours"\nneeds = ["a"]\ndat = "a"\n')
    with pytest.raises(BillError) as caught:
        read_formats(path)
    assert "unknown key 'dat'" in str(caught.value)
    assert "'date' is missing" in str(caught.value)
