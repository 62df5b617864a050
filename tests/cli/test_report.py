"""``ftroi report``: what it writes where, and what it refuses."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.support.edited import Inputs, light_workbook
from tests.support.papers import pdf_text
from tests.support.running import Ftroi

SAMPLE = ("--preset", "support_assistant")


def test_html_of_a_workbook_tells_what_was_typed(ftroi: Ftroi, tmp_path: Path) -> None:
    sheet = Inputs(light_workbook(tmp_path))
    sheet.cell("project", "value").value = "<script>alert(1)</script>"
    sheet.cell("requests_per_month").value = 456_789
    path = sheet.save()
    answer = ftroi.done("report", path, "--format", "html", "--case", "pessimistic", "--option", "rag")
    assert f"Written: {tmp_path / 'plan.html'}" in answer.out
    told = (tmp_path / "plan.html").read_text("utf-8")
    assert "<script" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
    left, of = re.findall(r"(\d+) of (\d+) still stand", told)[0]
    assert int(left) == int(of) - 1
    assert "figures shown: Retrieval-augmented generation" in told
    assert "pessimistic case" in told


def test_the_files_name_says_its_kind(ftroi: Ftroi, tmp_path: Path) -> None:
    ftroi.done("report", *SAMPLE, "--output", tmp_path / "board.HTML")
    assert (tmp_path / "board.HTML").read_bytes().startswith(b"<!DOCTYPE html>")


def test_a_pdf_is_what_is_written_unasked(ftroi: Ftroi, tmp_path: Path) -> None:
    ftroi.done("report", light_workbook(tmp_path))
    assert "Customer support assistant" in pdf_text(tmp_path / "plan.pdf")


def test_a_pdf_that_cannot_be_set_is_told_and_leaves_nothing(
    ftroi: Ftroi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    assert "--format html" in ftroi.refused("report", *SAMPLE, "--output", tmp_path / "a.pdf")
    assert list(tmp_path.glob("*a*")) == []


def test_a_paper_that_is_there_is_kept(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "board.html"
    path.write_text("mine")
    assert "already exists" in ftroi.refused("report", *SAMPLE, "--output", path)
    assert path.read_text() == "mine"
    ftroi.done("report", *SAMPLE, "--output", path, "--force")
    (backup,) = tmp_path.glob("board (backup *).html")
    assert backup.read_text() == "mine"


@pytest.mark.parametrize(
    "words,message",
    [
        (("--format", "odt"), "'odt' is not a supported format; choose from pdf, html, docx"),
        (("--output", "paper.txt"), "'txt' is not a supported format"),
        (("--output", "paper.pdf", "--format", "html"), "end it with .html"),
        (("--output", "no/such/folder/paper.html"), "there is no folder"),
        (("--option", "ragg"), "did you mean 'rag'?"),
    ],
)
def test_a_wrong_word_gets_one_message(words: tuple[str, ...], message: str, ftroi: Ftroi) -> None:
    said = ftroi.refused("report", *SAMPLE, *words)
    assert message in said
    assert len(said.splitlines()) == 1
