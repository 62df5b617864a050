"""``--set`` changes the base, or one option's own value, and never silently nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ftroi.plan import apply_changes, plan_from_preset
from tests.support.plans import fine_tuning
from tests.support.running import Ftroi

SAMPLE = ("--preset", "support_assistant")


def measure(ftroi: Ftroi, name: str, *words: object) -> float:
    value = ftroi.done("calc", *SAMPLE, *words, "--json").json["measures"][name]
    assert isinstance(value, float)
    return value


def test_a_base_changes_the_figures(ftroi: Ftroi) -> None:
    before = measure(ftroi, "npv_over_nothing")
    assert measure(ftroi, "npv_over_nothing", "--set", "requests_per_month=800000") > before


def test_a_percentage_is_a_fraction(ftroi: Ftroi) -> None:
    assert measure(ftroi, "tco_pv", "--set", "discount_rate=8%") == measure(
        ftroi, "tco_pv", "--set", "discount_rate=0.08"
    )


def test_several_changes_count_together(ftroi: Ftroi) -> None:
    words = ("--set", "discount_rate=0", "--set", "horizon_months=24")
    report = ftroi.done("calc", *SAMPLE, *words, "--json").json
    assert report["horizon_months"] == 24
    assert report["measures"]["tco_pv"] == pytest.approx(report["measures"]["tco"])


def test_where_the_option_has_a_value_of_its_own_the_base_is_refused(ftroi: Ftroi) -> None:
    own = next(iter(fine_tuning().presets["support_assistant"].options["lora_hosted"]))
    message = ftroi.refused("calc", *SAMPLE, "--set", f"{own}=1")
    assert f"lora_hosted has a value of its own for {own}" in message
    assert f"use --set lora_hosted.{own}=1" in message
    ftroi.done("calc", *SAMPLE, "--set", f"lora_hosted.{own}=1")


def test_a_comparison_asks_about_no_single_option(ftroi: Ftroi) -> None:
    own = next(iter(fine_tuning().presets["support_assistant"].options["lora_hosted"]))
    ftroi.done("compare", *SAMPLE, "--set", f"{own}=1")


def test_another_options_value_leaves_this_option_alone(ftroi: Ftroi) -> None:
    assert measure(ftroi, "tco", "--set", "rag.build_months=9") == measure(ftroi, "tco")


@pytest.mark.parametrize(
    "change,message",
    [
        ("requests_per_mont=5", "did you mean 'requests_per_month'?"),
        ("requests_per_month", "has no '='; write name=value"),
        ("requests_per_month=many", "cannot read 'many' as a number"),
        ("requests_per_month=nan", "cannot read 'nan' as a number"),
        ("requests_per_month=inf", "cannot read 'inf' as a number"),
        ("requests_per_month=", "cannot read '' as a number"),
        ("requests_per_month=-5", "requests_per_month: -5 is outside"),
        ("discount_rate=8", "for 8% type 8% or 0.08"),
        ("horizon_months=61", "horizon_months: 61 is outside 1 to 60"),
        ("horizon_months=12.5", "12.5 is not a whole number"),
        ("raag.build_months=5", "no option 'raag'; did you mean 'rag'?"),
        ("rag.horizon_months=5", "horizon_months has one value for the whole plan"),
    ],
)
def test_a_wrong_change_gets_one_message(change: str, message: str, ftroi: Ftroi) -> None:
    said = ftroi.refused("calc", *SAMPLE, "--set", change)
    assert message in said
    assert len(said.splitlines()) == 1


def test_all_wrong_words_are_told_together(ftroi: Ftroi) -> None:
    said = ftroi.refused(
        "calc", *SAMPLE, "--set", "requests_per_mont=5", "--set", "discount_rate=x", "--set", "horizon_months=99",
        "--option", "ragg", "--case", "worst",
    )  # fmt: skip
    assert said.splitlines()[0] == "5 findings:"
    assert len(said.splitlines()) == 6


@pytest.mark.parametrize(
    "text,same", [("2M", "2000000"), ("1.000.000", "1000000"), ("1,5k", "1500"), ("2 000 000", "2e6")]
)
def test_a_number_is_read_as_people_write_it(text: str, same: str, ftroi: Ftroi) -> None:
    assert measure(ftroi, "tco", "--set", f"requests_per_month={text}") == measure(
        ftroi, "tco", "--set", f"requests_per_month={same}"
    )


def test_years_count_months(ftroi: Ftroi) -> None:
    assert ftroi.done("calc", *SAMPLE, "--set", "horizon_months=5y", "--json").json["horizon_months"] == 60


@pytest.mark.parametrize("text", ["1,234", "1.234"])
def test_what_can_mean_two_numbers_is_refused(text: str, ftroi: Ftroi) -> None:
    said = ftroi.refused("calc", *SAMPLE, "--set", f"requests_per_month={text}")
    assert "may be a thousand or a decimal number; write 1234 or 1.2340" in said


def test_settings_are_set_too_and_options_go_by_id_or_label(ftroi: Ftroi) -> None:
    label = fine_tuning().options["rag"].label
    words = (
        "--set",
        f"candidate={label}",
        "--set",
        "reference=do_nothing",
        "--set",
        "case=pessimistic",
        "--set",
        "option=RAG",
    )
    report = ftroi.done("calc", *SAMPLE, *words, "--set", "start=2027-07", "--json").json
    told = [report[name] for name in ("candidate", "reference", "case", "option")]
    assert told == ["rag", "do_nothing", "pessimistic", "rag"]


@pytest.mark.parametrize(
    "change,message",
    [
        ("candidate=ragg", "no option 'ragg' in this plan; did you mean 'rag'?"),
        ("start=July", "'July' is no date; write it as 2027-01-31"),
        ("currency=EUR", "prices are in USD, and need a dated rate; write currency=EUR:0.9:2027-01-31"),
        ("case=worst", "no case 'worst'"),
    ],
)
def test_a_wrong_setting_gets_one_message(change: str, message: str, ftroi: Ftroi) -> None:
    said = ftroi.refused("calc", *SAMPLE, "--set", change)
    assert message in said
    assert len(said.splitlines()) == 1


def test_ones_own_project_in_euros_is_one_command(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    settings = ("--currency", "EUR", "--exchange-rate", "0.9", "--rate-date", "2027-01-04")
    changes = ("requests_per_month=2M", "start=2027-07", "horizon_months=5y", "discount_rate=8%")
    ftroi.done("new", path, *settings, *(part for one in changes for part in ("--set", one)))
    assert ftroi.done("check", path).code == 0
    told = ftroi.done("calc", path, "--json").json
    assert (told["currency"], told["horizon_months"]) == ("EUR", 60)
    assert told["verdict"]["code"] != "no_verdict"
    assert "EUR" in told["verdict"]["sentence"]


def test_a_proposed_option_that_cannot_be_started_any_more_is_told_by_calc(ftroi: Ftroi) -> None:
    changes = ("options=Vendor API,RAG,lora_hosted", "start=2027-07", "candidate=Vendor-API fine-tuning")
    told = ftroi.done("calc", *SAMPLE, *(part for one in changes for part in ("--set", one))).out
    assert "No verdict yet: Vendor-API fine-tuning closed on 6 Jan 2027; the plan starts 1 Jul 2027." in told


@pytest.mark.parametrize("typed", ["2027-07", "07/2027", "7/2027", "July 2027", "Jul 2027", "2027-07-01"])
def test_a_month_is_its_first_day_however_it_is_written(typed: str) -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(start=date(2028, 1, 31))
    assert apply_changes(plan, [f"start={typed}"]).settings.start == date(2027, 7, 1)


@pytest.mark.parametrize("typed", ["2027", "Summer", "07-2027", "1/7/2027", "13/2027"])
def test_what_is_no_month_is_refused_with_the_forms_that_are(ftroi: Ftroi, typed: str) -> None:
    message = ftroi.refused("calc", *SAMPLE, "--set", f"start={typed}")
    assert f"'{typed}' is no date" in message
    assert "2027-01-31, or a month as 2027-07, 07/2027 or July 2027" in message


def test_a_constant_is_refused(ftroi: Ftroi) -> None:
    assert "half is a constant, the same in every plan" in ftroi.refused("calc", *SAMPLE, "--set", "half=0.4")


def test_a_long_range_is_told_in_full(ftroi: Ftroi) -> None:
    message = ftroi.refused("calc", *SAMPLE, "--set", "requests_per_month=1e13")
    assert "10,000,000,000,000 is outside 0 to 1,000,000,000,000 request/month" in message


def test_the_names_can_be_seen_before_there_is_a_workbook(ftroi: Ftroi) -> None:
    names = [line.partition(":")[0] for line in ftroi.done("new", "--names").out.splitlines()]
    known = fine_tuning().assumptions
    assert names == [one for one in known if known[one].table.kind != "constant"]
    assert "'ftroi new --names' lists the names" in ftroi.refused("calc", *SAMPLE, "--set", "zzzzzz=1")
