"""Setting a paper as a Word document, by python-docx."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ftroi.report.paper import WIDTH, Banner, Block, Cards, Heading, Paper, Picture, Points, Table, Text, printable

_PAGE, _MARGIN = (210, 297), 14
_TITLE, _BODY, _SMALL, _WORD, _SENTENCE, _FIGURE = 22, 10.5, 8.5, 9.5, 16, 18
_CARDS_A_ROW = 3
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""What the file says of its making, so that it tells no more than the paper does."""


def write_docx(paper: Paper, path: Path) -> None:
    """Write a paper as a Word document over ``path``."""
    _Writer(paper).save(path)


class _Writer:
    """One document in the making."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._colours = paper, paper.theme.colours
        self._document: Any = docx.Document()  # its types say less than it does
        self._setters: dict[type[Block], Callable[..., None]] = {
            Heading: self._heading, Text: self._text, Banner: self._banner, Points: self._points,
            Cards: self._cards, Table: self._table, Picture: self._picture,
        }  # fmt: skip

    def save(self, path: Path) -> None:
        self._page()
        for block in self._paper.blocks:
            self._setters[type(block)](block)
        self._document.save(str(path))

    def _page(self) -> None:
        section, properties = self._document.sections[0], self._document.core_properties
        section.page_width, section.page_height = Mm(_PAGE[0]), Mm(_PAGE[1])
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Mm(_MARGIN))
        properties.title, properties.language = printable(self._paper.title), self._paper.language
        properties.author, properties.comments = "", ""
        properties.created = properties.modified = _MADE
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = self._paper.theme.font, Pt(_BODY)
        normal.paragraph_format.space_after = Pt(4)
        self._run(section.footer.paragraphs[0], self._paper.foot, size=_SMALL, colour=self._colours.grey)

    # --- blocks --------------------------------------------------------------------------------------------

    def _heading(self, block: Heading) -> None:
        made = self._document.add_heading(level=2)
        self._run(made, block.text, size=14, colour=self._colours.ink, bold=True)

    def _text(self, block: Text) -> None:
        if block.role == "title":
            made = self._document.add_heading(level=1)
            self._run(made, block.text, size=_TITLE, colour=self._colours.ink, bold=True)
            return
        is_small = block.role != "body"
        colour = self._colours.grey if is_small else self._colours.ink
        self._run(self._document.add_paragraph(), block.text, size=_SMALL if is_small else _BODY, colour=colour)

    def _banner(self, block: Banner) -> None:
        cell = self._document.add_table(1, 1).cell(0, 0)
        _fill(cell, block.fill)
        self._run(cell.paragraphs[0], block.word, size=_WORD, colour=block.ink, bold=True)
        self._run(cell.add_paragraph(), block.sentence, size=_SENTENCE, colour=block.ink, bold=True)

    def _points(self, block: Points) -> None:
        for item in block.items:
            self._run(self._document.add_paragraph(style="List Bullet"), item, size=_BODY, colour=self._colours.ink)

    def _cards(self, block: Cards) -> None:
        rows = -(-len(block.cards) // _CARDS_A_ROW)
        made = self._document.add_table(rows, _CARDS_A_ROW)
        for place, card in enumerate(block.cards):
            cell = made.cell(*divmod(place, _CARDS_A_ROW))
            _fill(cell, self._colours.closed_fill)
            self._run(cell.paragraphs[0], card.label, size=_SMALL, colour=self._colours.grey)
            self._run(cell.add_paragraph(), card.figure, size=_FIGURE, colour=self._colours.ink, bold=True)
            self._run(cell.add_paragraph(), card.below, size=_SMALL, colour=self._colours.grey)
        self._document.add_paragraph()

    def _table(self, block: Table) -> None:
        made = self._document.add_table(len(block.rows) + 1, len(block.columns))
        made.style, made.autofit = "Table Grid", False
        rows = [tuple(one.header for one in block.columns), *block.rows]
        for place, (texts, row) in enumerate(zip(rows, made.rows, strict=True)):
            _keep_together(row, repeated=place == 0)
            is_bold = place == 0 or place - 1 in block.strong
            for text, column, cell in zip(texts, block.columns, row.cells, strict=True):
                cell.width = Mm(column.width)
                if column.is_figure:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)
                self._run(cell.paragraphs[0], text, size=_SMALL, colour=self._colours.ink, bold=is_bold)
        self._document.add_paragraph()

    def _picture(self, block: Picture) -> None:
        made = self._document.add_picture(BytesIO(block.file("png")), width=Mm(WIDTH))
        made._inline.docPr.set("descr", printable(block.about))  # noqa: SLF001 - python-docx has no other way

    def _run(self, paragraph: Any, text: str, *, size: float, colour: str, bold: bool = False) -> None:  # noqa: ANN401 - python-docx's classes come without types
        run = paragraph.add_run(printable(text))
        run.font.size, run.font.bold = Pt(size), bold
        run.font.name, run.font.color.rgb = self._paper.theme.font, RGBColor.from_string(colour.removeprefix("#"))


def _fill(cell: Any, colour: str) -> None:  # noqa: ANN401 - as above
    """Shade a cell."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour.removeprefix("#"))
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no other way


def _keep_together(row: Any, *, repeated: bool) -> None:  # noqa: ANN401 - as above
    """Let no page break fall into a row; ``repeated`` rows stand on every page that the table takes."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other way
    properties.append(OxmlElement("w:cantSplit"))
    if repeated:
        properties.append(OxmlElement("w:tblHeader"))
