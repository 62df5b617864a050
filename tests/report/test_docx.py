"""The paper as a Word document: all its words and figures, charts as pictures with words, tables kept together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from ftroi.plan import calculate
from ftroi.report.content import paper_of
from ftroi.report.docx import write_docx
from ftroi.report.paper import Banner, Heading, Paper, Picture, Points, Table, Text
from tests.support.edited import small_plan


@pytest.fixture(scope="module")
def paper() -> Paper:
    return paper_of(small_plan(), calculate(small_plan()))


@pytest.fixture(scope="module")
def document(paper: Paper, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("docx") / "paper.docx"
    write_docx(paper, path)
    return docx.Document(str(path))


def words_of(document: Any) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in document.paragraphs), *cells]


def test_every_text_of_the_paper_stands_in_it(paper: Paper, document: Any) -> None:
    words = "\n".join(words_of(document))
    for block in paper.blocks:
        if isinstance(block, Heading | Text):
            assert block.text in words
        elif isinstance(block, Banner):
            assert block.sentence in words
        elif isinstance(block, Points):
            assert all(item in words for item in block.items)


def test_tables_hold_the_papers_cells_and_break_between_rows_alone(paper: Paper, document: Any) -> None:
    wanted = [block for block in paper.blocks if isinstance(block, Table)]
    found = [table for table in document.tables if table.style.name == "Table Grid"]
    assert len(found) == len(wanted)
    for block, table in zip(wanted, found, strict=True):
        texts = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert texts == [tuple(column.header for column in block.columns), *block.rows]
        assert all(row._tr.trPr.find("{*}cantSplit") is not None for row in table.rows)
        assert table.rows[0]._tr.trPr.find("{*}tblHeader") is not None


def test_every_chart_is_a_picture_that_says_what_it_shows(paper: Paper, document: Any) -> None:
    wanted = [block.about for block in paper.blocks if isinstance(block, Picture)]
    assert [one._inline.docPr.get("descr") for one in document.inline_shapes] == wanted
    assert len(wanted) > 3


def test_signs_that_no_document_can_hold_are_left_out(tmp_path: Path) -> None:
    plan = small_plan().with_settings(project="A\x00\x1b<b>plan</b>")
    write_docx(paper_of(plan, calculate(plan)), tmp_path / "paper.docx")
    assert "<b>plan</b>" in "\n".join(words_of(docx.Document(str(tmp_path / "paper.docx"))))
