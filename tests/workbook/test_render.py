"""Every sheet as LibreOffice prints it: no cell too narrow for its number, no empty chart, nothing cut."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_YEAR
from ftroi.workbook.schema import RISK_SHEET
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.edited import small_plan
from tests.support.office import Office
from tests.support.plans import fine_tuning
from tests.support.rendering import (
    Page,
    Word,
    overlapping,
    picture_of,
    pixels_of,
    printed,
    text_of,
    words_of,
)
from tests.support.simulated import simulated_plan

LEAST_WORDS = 20
"""Words that a page has at least, its footer among them."""

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
        "simulated": simulated_plan(),
    }


@dataclass(frozen=True)
class Printed:
    """A printed workbook: its name among the plans, its pages' texts, the Dashboard's picture and words."""

    name: str
    plan: Plan
    texts: list[str]
    page: Page
    words: list[Word]
    pdf: Path

    def pages_of(self, sheet: str) -> list[int]:
        """The numbers of a sheet's pages, by their footers."""
        return [number for number, text in enumerate(self.texts, start=1) if f"{sheet}, page {number} of" in text]


@pytest.fixture(scope="module", params=list(plans()))
def sheets(request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    plan = plans()[request.param]
    path = tmp_path_factory.mktemp("printed") / "plan.xlsx"
    write_workbook(plan, path)
    pdf = printed(office, path)
    texts = text_of(pdf)
    page = next(number for number, text in enumerate(texts, start=1) if f"Dashboard, page {number} of" in text)
    return Printed(request.param, plan, texts, Page(picture_of(pdf, page)), words_of(pdf, page), pdf)


def test_no_number_is_too_wide_for_its_cell(sheets: Printed) -> None:
    assert [number for number, text in enumerate(sheets.texts, start=1) if "###" in text] == []


def test_no_page_shows_an_error(sheets: Printed) -> None:
    errors = ("#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "Err:5")
    assert [text for text in sheets.texts for error in errors if error in text] == []


def test_the_first_page_holds_all_of_the_first_screen(sheets: Printed) -> None:
    first, second, third = (sheets.texts[number - 1] for number in sheets.pages_of("Dashboard"))
    for text in ("Total cost of ownership", "Payback", "What would have to be true", "In operation: quality lead kept"):
        assert text in first, text
    assert "All options" in second
    assert "Scenarios of the proposed option" in second
    assert "Headline figures" in third
    assert f"{sheets.plan.settings.case} case" in first
    marks = ("choose", "choose" if sheets.plan.settings.option == sheets.plan.settings.candidate else "≠ proposed")
    assert all(first.count(mark) == marks.count(mark) for mark in marks), "the last column does not fit the page"


def test_every_page_has_a_footer_with_project_start_and_version(sheets: Printed) -> None:
    settings, template = sheets.plan.settings, sheets.plan.template
    about = f"Start {settings.start}, template {template.id} {template.version}"
    for number, text in enumerate(sheets.texts, start=1):
        footer = text.rstrip().splitlines()[-3:]
        assert f"page {number} of {len(sheets.texts)}" in footer[-1]
        assert settings.project[:20] in "".join(footer)
        if sheets.name != "long name":
            assert about in footer[-1]


def test_every_sheet_prints_on_as_many_pages_as_it_should(sheets: Printed) -> None:
    pages = {sheet: sheets.pages_of(sheet) for sheet in layout_of(sheets.plan).order}
    assert sorted(number for numbers in pages.values() for number in numbers) == list(range(1, len(sheets.texts) + 1))
    assert len(pages["Dashboard"]) == 3
    assert len(pages["Annual"]) == 1
    assert [number for number, text in enumerate(sheets.texts, start=1) if len(text.split()) < LEAST_WORDS] == []


def test_a_table_of_options_that_goes_on_names_them_again(sheets: Printed) -> None:
    for sheet in ("Compare", RISK_SHEET, "Checks"):
        for number in sheets.pages_of(sheet):
            text = sheets.texts[number - 1]
            shorts = [sheets.plan.template.options[option].short for option in sheets.plan.settings.options]
            assert [short for short in shorts if not all(word in text for word in short.split())] == [], (sheet, number)


def test_an_options_sheet_prints_twelve_months_a_page_up_to_the_horizon(sheets: Printed) -> None:
    """Each page of months repeats the lines' labels; every line stands on the pages of every year."""
    layout = layout_of(sheets.plan)
    months = [line.label for name, line in sheets.plan.template.lines.items() if name in layout.option.series]
    for sheet in layout.sheets.values():
        by_year: dict[tuple[int, ...], str] = {}
        for number in sheets.pages_of(sheet):
            text = sheets.texts[number - 1]
            by_year[months_of(text)] = by_year.get(months_of(text), "") + text
        beside = tuple(range(1, LAST_YEAR - FIRST_MONTH + 2))  # the columns that the years stand in
        assert list(by_year) == [beside, (), *years_of(sheets.plan)]
        for year in years_of(sheets.plan):
            assert [label for label in months if label not in by_year[year]] == []


def months_of(page: str) -> tuple[int, ...]:
    """The months that a page's header names."""
    header = next(line for line in page.splitlines() if line.startswith("Line"))
    return tuple(int(word) for word in header.split() if word.isdigit())


def years_of(plan: Plan) -> list[tuple[int, ...]]:
    """The months of the years of a plan's horizon."""
    return [tuple(range(first, first + 12)) for first in range(1, int(plan.horizon) + 1, 12)]


def test_no_words_of_the_dashboard_cover_each_other(sheets: Printed) -> None:
    """Amounts of the waterfall stand on its bars; what lies below the page is in the file, though nobody sees it."""
    rows, columns = sheets.page.places()[0]
    end = sheets.page.bottom
    upright = [
        word
        for word in sheets.words
        if not (rows.start <= word.top <= rows.stop and columns.start <= word.left <= columns.stop)
        and word.bottom < end
    ]
    assert len(upright) > LEAST_WORDS
    assert overlapping(upright) == []


ORANGE, BLUE, RED, GREY, ENDS = "#E69F00", "#0072B2", "#D55E00", "#4D4D4D", "#858585"
LEAST, LEAST_LINE, LEAST_BAR = 25, 60, 80
"""Pixels of a mark that can be seen, of a line, and of bars; more than the square of a legend has."""


def test_no_chart_is_empty(sheets: Printed) -> None:
    """Each chart has its bars, lines and points; what costs nothing has no bars, what never pays back no payback."""
    waterfall, options, months, bridge = sheets.page.charts()
    costs_nothing = sheets.name == "do nothing"
    assert (pixels_of(waterfall, ORANGE) > LEAST_BAR) != costs_nothing
    assert all(pixels_of(options, colour) > LEAST_BAR for colour in (ORANGE, BLUE))
    payback = calculate(sheets.plan).measure("payback_months", sheets.plan.settings.option)
    assert pixels_of(months, BLUE) > LEAST_LINE
    assert (pixels_of(months, RED) > LEAST) == (payback.status != "never")
    npv = calculate(sheets.plan).measure("npv", sheets.plan.settings.candidate)
    assert any(pixels_of(bridge, colour) > LEAST_BAR for colour in (BLUE, ORANGE))
    assert (pixels_of(bridge, ENDS) > LEAST) == (npv.value is not None)


@pytest.mark.parametrize("sheets", ["simulated"], indirect=True)
def test_no_chart_of_the_risk_is_empty(sheets: Printed) -> None:
    """In the first three fifths of the width the ranges, then histograms and curves; the tornado right of them."""
    page = sheets.pages_of(RISK_SHEET)[0]
    picture = picture_of(sheets.pdf, page)
    width, height = picture.shape[1], picture.shape[0]
    thirds = [slice(0, int(0.3 * width)), slice(int(0.3 * width), int(0.62 * width)), slice(int(0.62 * width), width)]
    ends = [int(part * height) for part in (0.18, 0.39, 0.605, 0.81)]
    ranges, upper, lower = (slice(*pair) for pair in pairwise(ends))
    histogram, curve, tornado = thirds
    assert pixels_of(picture[ranges, : curve.stop], BLUE) > LEAST_BAR
    assert pixels_of(picture[ranges, : curve.stop], ORANGE) == 0
    assert pixels_of(picture[upper, histogram], ORANGE) > LEAST_BAR
    assert pixels_of(picture[upper, curve], ORANGE) > LEAST_BAR
    assert pixels_of(picture[lower, histogram], BLUE) > LEAST_BAR
    assert pixels_of(picture[lower, curve], BLUE) > LEAST_BAR
    assert all(pixels_of(picture[:, tornado], colour) > LEAST_BAR for colour in (BLUE, GREY))


def test_words_that_cover_each_other_are_seen() -> None:
    word, beside, over = Word("a", 0, 0, 10, 10), Word("b", 9, 0, 19, 10), Word("c", 5, 0, 15, 10)
    assert overlapping([word, beside]) == []
    assert overlapping([word, over]) == [("a", "c")]


def test_a_colour_is_counted_where_it_is() -> None:
    blank = np.full((200, 300, 3), 255, dtype=np.uint8)
    assert pixels_of(blank, ORANGE) == 0
    blank[50:60, 50:60] = (230, 159, 0)
    assert pixels_of(blank, ORANGE) == 100
