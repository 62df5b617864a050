"""Every sheet as LibreOffice prints it: no cell too narrow for its number, no empty chart, nothing cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from ftroi.plan import Plan, plan_from_preset
from ftroi.workbook.write import write_workbook
from tests.office import Office
from tests.plans import fine_tuning
from tests.workbook.edited import small_plan
from tests.workbook.rendering import Page, picture_of, pixels_of, printed, text_of

LONG = "A very long project name & more: " + "the replacement of the summaries assistant, " * 4


def plans() -> dict[str, Plan]:
    support = plan_from_preset(fine_tuning(), "support_assistant")
    small = small_plan()
    return {
        "support_assistant": support,
        "clinical_summaries": plan_from_preset(fine_tuning(), "clinical_summaries"),
        "a year": small.with_settings(option="rag", case="pessimistic").with_base("horizon_months", 12),
        "five years, large amounts": small.with_base("horizon_months", 60).with_base("requests_per_month", 90_000_000),
        "do nothing": small.with_settings(option="do_nothing"),
        "long name": small.with_settings(project=LONG),
    }


@dataclass(frozen=True)
class Printed:
    """A printed workbook: its name among the plans, its pages' texts and the picture of the first."""

    name: str
    plan: Plan
    texts: list[str]
    page: Page


@pytest.fixture(scope="module", params=list(plans()))
def sheets(request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    plan = plans()[request.param]
    path = tmp_path_factory.mktemp("printed") / "plan.xlsx"
    write_workbook(plan, path)
    pdf = printed(office, path)
    return Printed(request.param, plan, text_of(pdf), Page(picture_of(pdf)))


def test_no_number_is_too_wide_for_its_cell(sheets: Printed) -> None:
    assert [number for number, text in enumerate(sheets.texts, start=1) if "###" in text] == []


def test_no_page_shows_an_error(sheets: Printed) -> None:
    errors = ("#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "Err:5")
    assert [text for text in sheets.texts for error in errors if error in text] == []


def test_the_first_page_holds_all_of_the_first_screen(sheets: Printed) -> None:
    first, second = sheets.texts[:2]
    for text in ("Lifetime cost", "Payback", "What would have to be true", "In operation: quality lead kept"):
        assert text in first, text
    assert "Headline figures" in second
    assert f"{sheets.plan.settings.case} case" in first
    assert "Dashboard, page 1" in first
    assert first.count("choose") == 2, "the last column does not fit the page"


ORANGE, BLUE, RED, DARK = "#E69F00", "#0072B2", "#D55E00", "#1A1A1A"
LEAST, LEAST_BAR = 15, 120
"""Pixels of a mark that can be seen, and of bars or lines; more than the square of a legend has."""


def test_no_chart_is_empty(sheets: Printed) -> None:
    """Each chart has its bars, lines and points; an option without any cost has no bars to show."""
    waterfall, options, months, shares = sheets.page.charts()
    costs_nothing = sheets.name == "do nothing"
    assert (pixels_of(waterfall, ORANGE) > LEAST_BAR) != costs_nothing
    assert all(pixels_of(options, colour) > LEAST_BAR for colour in (ORANGE, BLUE, RED))
    assert all(pixels_of(months, colour) > least for colour, least in ((BLUE, LEAST_BAR), (RED, LEAST)))
    assert all(pixels_of(shares, colour) > LEAST for colour in (BLUE, RED, DARK))


def test_a_colour_is_counted_where_it_is() -> None:
    blank = np.full((200, 300, 3), 255, dtype=np.uint8)
    assert pixels_of(blank, ORANGE) == 0
    blank[50:60, 50:60] = (230, 159, 0)
    assert pixels_of(blank, ORANGE) == 100
