"""A figure is followed to what it rests on: categories of bills, entries of the Log, the approval."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ftroi.analysis.history import history_of
from ftroi.plan import LogEntry
from tests.support.tracked import BILLED, COMPUTE, SERVING, billed_plan

LOG = (
    LogEntry(date(2026, 10, 1), "Approved: lora_hosted", by="A. Smith"),
    LogEntry(
        date(2026, 10, 2), "Bills read: a.csv, at EUR=1.1@2026-09-30; 3 amounts, in place of 0", by="ftroi actuals"
    ),
    LogEntry(date(2026, 10, 3), "Bills read: b.csv; 3 amounts, in place of 0"),
    LogEntry(date(2026, 10, 4), "Price: gpu_price", 3.0, 2.5, "ftroi reassess"),
)


def test_a_category_has_its_own_bills_and_a_total_those_of_all_its_categories() -> None:
    plan = replace(billed_plan("A. Smith"), log=LOG)
    plan = plan.with_settings(option=plan.settings.candidate)
    ours = [one for one in BILLED if one.option == plan.settings.candidate]
    assert history_of(plan, SERVING).billed == tuple(one for one in ours if one.category == SERVING)
    assert history_of(plan, "serving_tokens").billed == history_of(plan, SERVING).billed
    assert history_of(plan, "tco").billed == tuple(one for one in ours if one.category in (SERVING, COMPUTE))
    assert history_of(plan, "discount_rate").billed == ()
    assert history_of(plan.with_settings(option="rag"), SERVING).billed == (replace(BILLED[6]),)


def test_the_log_tells_of_its_files_and_of_what_it_is_computed_from() -> None:
    plan = replace(billed_plan("A. Smith"), log=LOG)
    plan = plan.with_settings(option=plan.settings.candidate)
    assert history_of(plan, SERVING).log[:2] == LOG[:2]
    assert history_of(plan, "gpu_price").log == (LOG[0], LOG[3])
    assert LOG[3] in history_of(plan, "tco").log
    assert history_of(plan, "tco").template.startswith("fine_tuning ")


def test_an_approval_holds_until_an_input_changes() -> None:
    plan = billed_plan("A. Smith")
    approval = history_of(plan, "tco").approval
    assert approval is not None
    assert (approval.by, approval.holds) == ("A. Smith", True)
    changed = history_of(plan.with_base("requests_per_month", 7.0), "tco").approval
    assert changed is not None
    assert not changed.holds
