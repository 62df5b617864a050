"""A paper as pages that LibreOffice Calc prints: a flat OpenDocument sheet of rows with texts and pictures.

Calc is the part of LibreOffice that is there wherever workbooks are opened. A column ends wherever
a cell of any row does, so that every table has widths of its own.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from itertools import accumulate, pairwise

from lxml import etree

from ftroi.report.drawing import printable
from ftroi.report.paper import WIDTH, Paper
from ftroi.report.rows import BOLD, PADDING, SIZES, Cell, Placed, Row, placed_rows
from ftroi.termsheet import ThemeTable

_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_OPEN}office:1.0",
    "style": f"{_OPEN}style:1.0",
    "text": f"{_OPEN}text:1.0",
    "table": f"{_OPEN}table:1.0",
    "draw": f"{_OPEN}drawing:1.0",
    "fo": f"{_OPEN}xsl-fo-compatible:1.0",
    "svg": f"{_OPEN}svg-compatible:1.0",
    "meta": f"{_OPEN}meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_MARGIN, _FOOT, _ABOVE = 13.5, 8.0, 0.7
_RIGHT = {"head figure", "figure", "strong figure"}
_LINED = {"cell", "figure", "strong cell", "strong figure"}
_GREY = {"eyebrow", "small", "card label", "card below"}
_MIDDLE = {"banner word": "bottom", "banner": "top", "head": "bottom", "head figure": "bottom", "card label": "bottom"}


def pages_of(paper: Paper) -> bytes:
    """Give the paper as a flat OpenDocument spreadsheet of A4 pages."""
    return _Sheet(paper).document()


def _name(tag: str) -> str:
    prefix, _, local = tag.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _add(parent: etree._Element, tag: str, text: str | None = None, **values: str) -> etree._Element:
    """Add an element; a value's name has two underscores for the colon and one for a hyphen."""
    names = {_name(key.replace("__", ":").replace("_", "-")): value for key, value in values.items()}
    made = etree.SubElement(parent, _name(tag), names)
    if text is not None:
        made.text = printable(text)
    return made


def _edges(row: Row) -> list[float]:
    """Give where a row's cells begin, in millimetres from the left, and where the last one ends."""
    return [round(edge, 2) for edge in accumulate((cell.width for cell in row.cells), initial=0.0)]


class _Sheet:
    """The sheet in the making."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        kind = {
            _name("office:version"): "1.3",
            _name("office:mimetype"): "application/vnd.oasis.opendocument.spreadsheet",
        }
        self._root = etree.Element(_name("office:document"), kind, nsmap=_SPACES)
        meta = _add(self._root, "office:meta")
        _add(meta, "dc:title", paper.title)
        _add(meta, "dc:language", paper.language)
        self._styles = _add(self._root, "office:automatic-styles")
        self._made: set[str] = set()
        self._rows = list(placed_rows(paper.blocks, paper.theme.colours.closed_fill))
        self._edges = sorted({edge for placed in self._rows for edge in _edges(placed.row)})

    def document(self) -> bytes:
        self._page_styles()
        body = _add(_add(self._root, "office:body"), "office:spreadsheet")
        table = _add(body, "table:table", table__name="Paper", table__style_name="paper")
        for left, right in pairwise(self._edges):
            _add(table, "table:table-column", table__style_name=self._column_style(right - left))
        for number, placed in enumerate(self._rows):
            self._row(table, placed, number)
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8")

    # --- rows ----------------------------------------------------------------------------------------------

    def _row(self, table: etree._Element, placed: Placed, number: int) -> None:
        row = _add(table, "table:table-row", table__style_name=self._row_style(placed))
        if placed.row.drawing is not None:
            self._picture(row, placed, number)
        for cell, (left, right) in zip(placed.row.cells, pairwise(_edges(placed.row)), strict=True):
            self._cell(row, cell, self._edges.index(right) - self._edges.index(left))

    def _cell(self, row: etree._Element, cell: Cell, span: int) -> None:
        spans = {"table__number_columns_spanned": f"{span}", "table__number_rows_spanned": "1"}
        style = self._cell_style(cell)
        made = _add(row, "table:table-cell", table__style_name=style, office__value_type="string", **spans)
        if cell.text:
            _add(made, "text:p", cell.text)
        if span > 1:
            covered = {"table__number_columns_repeated": f"{span - 1}", "table__style_name": style}
            _add(row, "table:covered-table-cell", **covered)

    def _picture(self, row: etree._Element, placed: Placed, number: int) -> None:
        drawing = placed.row.drawing
        if drawing is None:
            return
        size = {"svg__width": f"{WIDTH - 0.5:g}mm", "svg__height": f"{drawing.height - 0.5:g}mm"}
        place = {"svg__x": "0mm", "svg__y": "0mm"}
        cell = _add(row, "table:table-cell")
        frame = _add(cell, "draw:frame", draw__name=f"Chart {number}", **size, **place)
        image = _add(frame, "draw:image", draw__mime_type="image/svg+xml")
        _add(image, "office:binary-data").text = b64encode(drawing.svg()).decode()
        _add(frame, "svg:title", drawing.title)
        _add(frame, "svg:desc", drawing.about)

    # --- styles --------------------------------------------------------------------------------------------

    def _style(self, name: str, family: str, **more: str) -> etree._Element:
        self._made.add(name)
        return _add(self._styles, "style:style", style__name=name, style__family=family, **more)

    def _column_style(self, width: float) -> str:
        name = f"column-{width:g}"
        if name not in self._made:
            made = self._style(name, "table-column")
            _add(made, "style:table-column-properties", style__column_width=f"{width:g}mm")
        return name

    def _row_style(self, placed: Placed) -> str:
        name = f"row-{placed.row.height:g}{'-page' if placed.begins_page else ''}"
        if name not in self._made:
            page = {"fo__break_before": "page"} if placed.begins_page else {}
            height = {"style__row_height": f"{placed.row.height:g}mm", "style__use_optimal_row_height": "false"}
            _add(self._style(name, "table-row"), "style:table-row-properties", **height, **page)
        return name

    def _cell_style(self, cell: Cell) -> str:
        name = f"{cell.role.replace(' ', '-')}{cell.fill.replace('#', '-')}"
        if name not in self._made:
            made = self._style(name, "table-cell")
            _add(made, "style:table-cell-properties", **dict(self._ground(cell)))
            side = "end" if cell.role in _RIGHT else "start"
            _add(made, "style:paragraph-properties", fo__text_align=side, fo__margin_left="0mm")
            _add(made, "style:text-properties", **self._type(cell))
        return name

    def _ground(self, cell: Cell) -> Iterator[tuple[str, str]]:
        colours, inset = self._paper.theme.colours, "3mm" if cell.fill else f"{PADDING:g}mm"
        yield "fo__wrap_option", "wrap"
        yield "style__vertical_align", _MIDDLE.get(cell.role, "top" if cell.role != "card" else "middle")
        flush = cell.role in ("title", "eyebrow", "heading", "body", "small", "point")
        yield "fo__padding_left", "0mm" if flush else inset
        yield "fo__padding_right", inset
        yield "fo__padding_top", f"{_ABOVE:g}mm"
        yield "fo__padding_bottom", f"{_ABOVE:g}mm"
        if cell.fill:
            yield "fo__background_color", cell.fill
        if cell.role in ("head", "head figure"):
            yield "fo__border_bottom", f"0.75pt solid {colours.ink}"
        if cell.role in _LINED and cell.text:
            yield "fo__border_bottom", f"0.25pt solid {colours.hairline}"

    def _type(self, cell: Cell) -> dict[str, str]:
        colours = self._paper.theme.colours
        ink = cell.ink or (colours.grey if cell.role in _GREY else colours.ink)
        weight = {"fo__font_weight": "bold"} if cell.role in BOLD else {}
        return {
            "fo__font_family": self._paper.theme.font,
            "fo__font_size": f"{SIZES[cell.role]:g}pt",
            "fo__color": ink,
        } | weight

    def _page_styles(self) -> None:
        _add(self._style("paper", "table", style__master_page_name="Paper"), "style:table-properties")
        layout = _add(self._styles, "style:page-layout", style__name="a4")
        margin = {f"fo__margin_{side}": f"{_MARGIN:g}mm" for side in ("top", "bottom", "left", "right")}
        size = {"fo__page_width": "210mm", "fo__page_height": "297mm", "style__print_orientation": "portrait"}
        _add(layout, "style:page-layout-properties", style__print="objects", style__scale_to="100%", **size, **margin)
        foot = _add(layout, "style:footer-style")
        flush = {"fo__margin_left": "0mm", "fo__margin_right": "0mm"}
        _add(foot, "style:header-footer-properties", fo__min_height=f"{_FOOT:g}mm", fo__margin_top="2mm", **flush)
        self._foot_style(self._paper.theme)
        self._foot()

    def _foot_style(self, theme: ThemeTable) -> None:
        made = self._style("foot", "text")
        grey = theme.colours.grey
        _add(made, "style:text-properties", fo__font_family=theme.font, fo__font_size="8pt", fo__color=grey)

    def _foot(self) -> None:
        masters = _add(self._root, "office:master-styles")
        master = _add(masters, "style:master-page", style__name="Paper", style__page_layout_name="a4")
        _add(master, "style:header", style__display="false")
        foot = _add(master, "style:footer")
        self._side("start")
        self._side("end")
        left = _add(_add(foot, "style:region-left"), "text:p", text__style_name="side-start")
        _add(left, "text:span", self._paper.foot, text__style_name="foot")
        right = _add(_add(foot, "style:region-right"), "text:p", text__style_name="side-end")
        span = _add(right, "text:span", "Page ", text__style_name="foot")
        _add(span, "text:page-number", "1").tail = " of "
        _add(span, "text:page-count", "1")

    def _side(self, side: str) -> None:
        made = self._style(f"side-{side}", "paragraph")
        _add(made, "style:paragraph-properties", fo__text_align=side)
