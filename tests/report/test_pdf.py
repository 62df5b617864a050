"""The paper as PDF, printed by LibreOffice: its words, its pages, its charts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from ftroi.analysis import give_verdict, judge_plan
from ftroi.errors import HostError
from ftroi.plan import calculate
from ftroi.report import pdf
from ftroi.report.pages import pages_of
from ftroi.report.pdf import write_pdf
from tests.support.office import Office
from tests.support.papers import HOSTILE, PRESETS, paper, pdf_text, preset_plan, run

MOST_PAGES = 8


@cache
def printed(preset: str) -> Path:
    """Print a preset's paper once."""
    path = Path(mkdtemp(prefix="ftroi-test-paper-")) / "paper.pdf"
    write_pdf(paper(preset_plan(preset)), path)
    return path


@pytest.fixture(scope="module", autouse=True)
def _removed(office: Office) -> Iterator[None]:  # noqa: ARG001 - it says whether LibreOffice is there
    """Need LibreOffice, and leave no paper behind."""
    yield
    for preset in PRESETS:
        shutil.rmtree(printed(preset).parent)


@pytest.mark.parametrize("preset", PRESETS)
def test_it_tells_the_verdict_and_every_option_whole(preset: str) -> None:
    plan, shown = preset_plan(preset), pdf_text(printed(preset))
    results = calculate(plan)
    verdict = give_verdict(plan, results, judge_plan(plan, results))
    for told in (verdict.sentence, *verdict.reasons):
        assert told in shown
    for option in plan.settings.options:
        assert plan.template.options[option].label in shown
    assert "###" not in shown
    assert "Err:" not in shown


@pytest.mark.parametrize("preset", PRESETS)
def test_it_is_a_few_pages_of_a4_and_no_page_is_empty(preset: str) -> None:
    told = run("pdfinfo", printed(preset))
    count = int(re.search(r"Pages:\s+(\d+)", told)[1])  # type: ignore[index] # pdfinfo always tells it
    assert 4 <= count <= MOST_PAGES
    assert "(A4)" in told
    for number in range(1, count + 1):
        words = run("pdftotext", "-f", number, "-l", number, printed(preset), "-")
        assert f"Page {number} of {count}" in words
        assert len(words) > 300


@pytest.mark.parametrize("preset", PRESETS)
def test_its_charts_are_drawn_as_lines_with_words_that_can_be_searched(preset: str) -> None:
    images = run("pdfimages", "-list", printed(preset))
    assert len(images.splitlines()) == 2  # the head of an empty list: no pictures of dots
    shown = pdf_text(printed(preset))
    for words in ("sprint budget, and the sum", "months from the decision", "share of the candidate's cost"):
        assert words in shown


@pytest.mark.parametrize("name", [*HOSTILE[:3], HOSTILE[3]])
def test_a_projects_name_is_a_text(name: str, tmp_path: Path) -> None:
    plan = preset_plan("support_assistant").with_settings(project=name)
    write_pdf(paper(plan), tmp_path / "paper.pdf")
    shown = pdf_text(tmp_path / "paper.pdf")
    assert name.replace(" ", "") in shown.replace(" ", "")


def test_without_libreoffice_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "office_program", lambda: None)
    with pytest.raises(HostError, match="ask for --format html"):
        write_pdf(paper(preset_plan("support_assistant")), tmp_path / "paper.pdf")


def test_a_program_that_prints_nothing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "office_program", lambda: shutil.which("false"))
    with pytest.raises(HostError, match="did not print the paper"):
        write_pdf(paper(preset_plan("support_assistant")), tmp_path / "paper.pdf")
    assert not (tmp_path / "paper.pdf").exists()


def test_the_pages_are_the_same_for_the_same_plan() -> None:
    plan = preset_plan("support_assistant")
    assert pages_of(paper(plan)) == pages_of(paper(replace(plan)))
