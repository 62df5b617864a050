"""The paper as PDF: its words, its pages, its charts, and its look, which a company can change."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from ftroi.analysis import give_verdict, judge_plan
from ftroi.errors import HostError
from ftroi.plan import calculate
from ftroi.report.pdf import LOOK, write_pdf
from tests.support.papers import HOSTILE, PRESETS, paper, pdf_text, preset_plan, run
from tests.support.plans import fine_tuning

MOST_PAGES = 8
SHIPPED = fine_tuning().folder / LOOK


@cache
def printed(preset: str) -> Path:
    """Print a preset's paper once."""
    path = Path(mkdtemp(prefix="ftroi-test-paper-")) / "paper.pdf"
    write_pdf(paper(preset_plan(preset)), path, SHIPPED)
    return path


@pytest.fixture(scope="module", autouse=True)
def _removed() -> Iterator[None]:
    """Leave no paper behind."""
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
    for words in ("Initial project budget and TCO", "months from the decision", "cost, proposed option = 100%"):
        assert words in shown


@pytest.mark.parametrize("name", [*HOSTILE[:3], HOSTILE[3]])
def test_a_projects_name_is_a_text(name: str, tmp_path: Path) -> None:
    plan = preset_plan("support_assistant").with_settings(project=name)
    write_pdf(paper(plan), tmp_path / "paper.pdf", SHIPPED)
    shown = pdf_text(tmp_path / "paper.pdf")
    assert name.replace(" ", "") in shown.replace(" ", "").replace("\u200b", "")


def test_without_typst_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(HostError, match="pip install typst; or ask for --format html"):
        write_pdf(paper(preset_plan("support_assistant")), tmp_path / "paper.pdf", SHIPPED)


def test_a_company_changes_the_look(tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text(SHIPPED.read_text(encoding="utf-8").replace("Page #counter", "Acme Ltd, sheet #counter"), "utf-8")
    write_pdf(paper(preset_plan("support_assistant")), tmp_path / "paper.pdf", own)
    assert "Acme Ltd, sheet 1" in pdf_text(tmp_path / "paper.pdf")


@pytest.mark.parametrize(
    "text,message",
    [
        ("#let x = ", "expected expression"),
        ('#read("/etc/passwd")', "not found"),
        ('#read("../../../etc/passwd")', "would escape"),
        ("#image(1)", "expected"),
    ],
)
def test_a_look_with_an_error_is_told_and_reads_no_other_file(text: str, message: str, tmp_path: Path) -> None:
    own = tmp_path / "own.typ"
    own.write_text(text, "utf-8")
    with pytest.raises(HostError, match="did not set the paper") as error:
        write_pdf(paper(preset_plan("support_assistant")), tmp_path / "paper.pdf", own)
    assert message in str(error.value)
    assert not (tmp_path / "paper.pdf").exists()


def test_the_paper_is_the_same_for_the_same_plan(tmp_path: Path) -> None:
    plan = preset_plan("support_assistant")
    for name in ("a.pdf", "b.pdf"):
        write_pdf(paper(replace(plan)), tmp_path / name, SHIPPED)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
