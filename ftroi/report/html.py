"""A paper as one HTML file: nothing is fetched, nothing is run, and it prints on A4."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ftroi.report.paper import (
    WIDTH,
    Banner,
    Block,
    Cards,
    Heading,
    Paper,
    Picture,
    Points,
    Table,
    Text,
    fonts,
    printable,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

_STYLE = """
@page {{ size: A4; margin: 14mm 14mm 16mm; @bottom-right {{ content: counter(page) " / " counter(pages); }} }}
* {{ box-sizing: border-box; }}
body {{ font: 10.5pt/1.4 {font}; color: {ink}; background: #FFFFFF; margin: 0; }}
main {{ width: {width}mm; max-width: 94vw; margin: 10mm auto; overflow-wrap: anywhere; }}
h1 {{ font-size: 22pt; line-height: 1.15; font-weight: 600; margin: 0 0 5mm; }}
h2 {{ font-size: 14pt; margin: 9mm 0 2.5mm; break-after: avoid; }}
p {{ margin: 0 0 2mm; }}
.eyebrow, .small, footer {{ color: {grey}; font-size: 8.5pt; }}
.banner {{ padding: 4mm 5mm 5mm; }}
.banner b {{ display: block; font-size: 9.5pt; letter-spacing: 0.05em; }}
.banner span {{ font-size: 17pt; font-weight: 600; line-height: 1.25; }}
ul {{ margin: 3mm 0; padding-left: 5mm; }}
.cards {{ display: grid; grid-template-columns: repeat(3, 1fr); gap: 3mm; margin: 4mm 0 6mm; }}
.card {{ background: {fill}; padding: 2.5mm 3.5mm; break-inside: avoid; }}
.card span {{ color: {grey}; font-size: 8.5pt; display: block; line-height: 1.25; }}
.card b {{ font-size: 19pt; line-height: 1.3; font-weight: 600; display: block; }}
figure {{ margin: 3mm 0 6mm; break-inside: avoid; }}
svg {{ width: 100%; height: auto; display: block; }}
table {{ border-collapse: collapse; width: 100%; font-size: 8.5pt; line-height: 1.25; margin-bottom: 2mm; }}
th {{ text-align: left; vertical-align: bottom; border-bottom: 0.3mm solid {ink}; padding: 1mm 1.5mm; }}
td {{ vertical-align: top; border-bottom: 0.15mm solid {hairline}; padding: 0.9mm 1.5mm; }}
tr {{ break-inside: avoid; }}
thead {{ display: table-header-group; }}
.figure {{ text-align: right; font-variant-numeric: tabular-nums; }}
.strong td {{ font-weight: 600; }}
@media (max-width: 700px) {{
  table {{ display: block; overflow-x: auto; overflow-wrap: normal; }}
  figure {{ overflow-x: auto; }}
  svg {{ min-width: 560px; }}
  .cards {{ grid-template-columns: repeat(2, 1fr); }}
  .card b {{ font-size: 15pt; }}
}}
footer {{ margin-top: 8mm; border-top: 0.15mm solid {hairline}; padding-top: 1.5mm; }}
"""


def html_of(paper: Paper) -> bytes:
    """The paper as HTML in UTF-8; the same paper gives the same bytes."""
    page = etree.Element("html", {"lang": paper.language})
    head = etree.SubElement(page, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    etree.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    _add(head, "title", paper.title)
    _add(head, "style", _style(paper), is_text=False)
    main = etree.SubElement(etree.SubElement(page, "body"), "main")
    for block in paper.blocks:
        _SETTERS[type(block)](main, block)
    _add(main, "footer", paper.foot)
    return etree.tostring(page, method="html", encoding="UTF-8", doctype="<!DOCTYPE html>")


def _style(paper: Paper) -> str:
    colours = paper.theme.colours
    return _STYLE.format(
        font=", ".join((*fonts(paper.theme), "sans-serif")), ink=colours.ink, grey=colours.grey,
        fill=colours.closed_fill, hairline=colours.hairline, width=WIDTH,
    )  # fmt: skip


def _add(parent: etree._Element, tag: str, text: str, kind: str = "", *, is_text: bool = True) -> etree._Element:
    made = etree.SubElement(parent, tag, {"class": kind} if kind else {})
    made.text = printable(text) if is_text else text
    return made


def _heading(parent: etree._Element, block: Heading) -> None:
    _add(parent, "h2", block.text)


def _text(parent: etree._Element, block: Text) -> None:
    _add(parent, "h1" if block.role == "title" else "p", block.text, "" if block.role == "title" else block.role)


def _banner(parent: etree._Element, block: Banner) -> None:
    style = f"background: {block.fill}; color: {block.ink}; print-color-adjust: exact"
    made = etree.SubElement(parent, "div", {"class": "banner", "style": style})
    _add(made, "b", block.word)
    _add(made, "span", block.sentence)


def _points(parent: etree._Element, block: Points) -> None:
    made = etree.SubElement(parent, "ul")
    for item in block.items:
        _add(made, "li", item)


def _cards(parent: etree._Element, block: Cards) -> None:
    made = etree.SubElement(parent, "div", {"class": "cards"})
    for card in block.cards:
        box = etree.SubElement(made, "div", {"class": "card"})
        _add(box, "span", card.label)
        _add(box, "b", card.figure)
        _add(box, "span", card.below)


def _table(parent: etree._Element, block: Table) -> None:
    made = etree.SubElement(parent, "table")
    kinds = ["figure" if column.is_figure else "" for column in block.columns]
    head = etree.SubElement(etree.SubElement(made, "thead"), "tr")
    for column, kind in zip(block.columns, kinds, strict=True):
        cell = _add(head, "th", column.header, kind)
        cell.set("scope", "col")
        cell.set("style", f"width: {column.width:g}mm")
    body = etree.SubElement(made, "tbody")
    for place, row in enumerate(block.rows):
        line = etree.SubElement(body, "tr", {"class": "strong"} if place in block.strong else {})
        for text, kind in zip(row, kinds, strict=True):
            _add(line, "td", text, kind)


def _picture(parent: etree._Element, block: Picture) -> None:
    etree.SubElement(parent, "figure").append(etree.fromstring(block.file("svg")))


_SETTERS: dict[type[Block], Callable[..., None]] = {
    Heading: _heading, Text: _text, Banner: _banner, Points: _points, Cards: _cards, Table: _table, Picture: _picture,
}  # fmt: skip
