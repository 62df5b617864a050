"""A paper set in rows of a page: how high each is, what stands in it where, and what stays together.

Lengths are millimetres; type is in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from ftroi.report.drawing import Drawing
from ftroi.report.metrics import LINE, POINT, line_count
from ftroi.report.paper import WIDTH, Banner, Block, Cards, Heading, Picture, Points, Table, Text

SIZES = {
    "eyebrow": 8.5, "title": 22.0, "banner word": 9.5, "banner": 17.0, "point": 10.5, "body": 10.5, "small": 8.5,
    "heading": 14.0, "card label": 8.5, "card": 20.0, "card below": 8.5, "head": 8.5, "head figure": 8.5, "cell": 8.5,
    "figure": 8.5, "gap": 8.5, "strong cell": 8.5, "strong figure": 8.5,
}  # fmt: skip
"""The size of type of each role of a cell."""

BOLD = {"banner word", "banner", "heading", "card", "head", "head figure", "strong cell", "strong figure"}
"""The roles that are bold, and so a little wider."""

PAGE = 258.0
"""The height that rows have on a page of A4."""

PADDING = 1.5
_ROOMY = 4.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a row: its role, how wide it is, and its ground and its ink where they are its own."""

    text: str
    role: str
    width: float
    fill: str = ""
    ink: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its height, and its cells from the left, or a drawing over the whole width."""

    height: float
    cells: tuple[Cell, ...] = ()
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stay on one page, and the head to repeat where a page begins with them."""

    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()

    @property
    def height(self) -> float:
        """The height of the rows together."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row in its place; a new page may begin with it."""

    row: Row
    begins_page: bool


def placed_rows(blocks: Iterable[Block], fill: str) -> Iterator[Placed]:
    """Give all rows of a paper in order; ``fill`` is the ground of cards."""
    used = 0.0
    for group in _with_followers([group for block in blocks for group in _groups(block, fill)]):
        begins = used > 0 and used + group.height > PAGE
        rows = (*group.head, *group.rows) if begins else group.rows
        used = 0.0 if begins else used
        for place, row in enumerate(rows):
            yield Placed(row, begins and place == 0)
            used += row.height


def _with_followers(groups: list[Group]) -> Iterator[Group]:
    """Put each heading, and text after it, together with what follows."""
    kept: tuple[Row, ...] = ()
    for group in groups:
        if _leads(group):
            kept += group.rows
        else:
            yield Group((*kept, *group.rows), () if kept else group.head)
            kept = ()
    if kept:
        yield Group(kept)


def _leads(group: Group) -> bool:
    return any(cell.role in ("heading", "body") for row in group.rows for cell in row.cells)


def height_of(cell: Cell, padding: float = PADDING) -> float:
    """Give the height that a cell needs for all lines of its text."""
    size = SIZES[cell.role]
    lines = line_count(cell.text, size, cell.width - 2 * PADDING, bold=cell.role in BOLD)
    return lines * size * POINT * LINE + padding


def _row(*cells: Cell, padding: float = PADDING) -> Row:
    return Row(ceil(max(height_of(cell, padding) for cell in cells) * 2) / 2, cells)


def _gap(height: float) -> Row:
    return Row(height)


def _groups(block: Block, fill: str) -> Iterator[Group]:
    setter: Callable[..., Iterator[Group]] = _SETTERS[type(block)]
    return setter(block, fill)


def _heading(block: Heading, _fill: str) -> Iterator[Group]:
    yield Group((_gap(5), _row(Cell(block.text, "heading", WIDTH)), _gap(1)))


def _text(block: Text, _fill: str) -> Iterator[Group]:
    after = {"title": 3.0, "eyebrow": 0.5, "body": 1.5, "small": 0.5}[block.role]
    yield Group((_row(Cell(block.text, block.role, WIDTH)), _gap(after)))


def _banner(block: Banner, _fill: str) -> Iterator[Group]:
    colours = {"fill": block.fill, "ink": block.ink}
    word = Cell(block.word, "banner word", WIDTH, **colours)
    sentence = Cell(block.sentence, "banner", WIDTH, **colours)
    yield Group((_row(word, padding=_ROOMY), _row(sentence, padding=_ROOMY - 0.5), _gap(2)))


def _points(block: Points, _fill: str) -> Iterator[Group]:
    yield Group((*(_row(Cell(f"•  {item}", "point", WIDTH)) for item in block.items), _gap(1.5)))


_BETWEEN, _A_ROW = 4.0, 3


def _cards(block: Cards, fill: str) -> Iterator[Group]:
    width = (WIDTH - (_A_ROW - 1) * _BETWEEN) / _A_ROW
    yield Group((_gap(2.5),))
    for start in range(0, len(block.cards), _A_ROW):
        cards = block.cards[start : start + _A_ROW]
        texts = (
            ("card label", [card.label for card in cards], _ROOMY - 1),
            ("card", [card.figure for card in cards], 0.5),
            ("card below", [card.below for card in cards], _ROOMY - 1),
        )
        rows = [_row(*_beside(role, line, width, fill), padding=padding) for role, line, padding in texts]
        yield Group((*rows, _gap(3)))


def _beside(role: str, texts: list[str], width: float, fill: str) -> Iterator[Cell]:
    for place, text in enumerate(texts):
        if place:
            yield Cell("", "gap", _BETWEEN)
        yield Cell(text, role, width, fill)


def _table(block: Table, _fill: str) -> Iterator[Group]:
    heads = ("head figure" if column.is_figure else "head" for column in block.columns)
    cells = (Cell(column.header, role, column.width) for column, role in zip(block.columns, heads, strict=True))
    head = _row(*cells, padding=2.0)
    rows = [_table_row(block, place) for place in range(len(block.rows))]
    yield Group((head, *rows[:2]))
    for row in rows[2:]:
        yield Group((row,), (head,))
    yield Group((_gap(1.5),))


def _table_row(block: Table, place: int) -> Row:
    strong = "strong " if place in block.strong else ""
    roles = (f"{strong}figure" if column.is_figure else f"{strong}cell" for column in block.columns)
    texts = zip(block.rows[place], roles, block.columns, strict=True)
    return _row(*(Cell(text, role, column.width) for text, role, column in texts), padding=1.9)


def _picture(block: Picture, _fill: str) -> Iterator[Group]:
    yield Group((_gap(2), Row(block.drawing.height, drawing=block.drawing), _gap(4)))


_SETTERS: dict[type[Block], Callable[..., Iterator[Group]]] = {
    Heading: _heading, Text: _text, Banner: _banner, Points: _points, Cards: _cards, Table: _table, Picture: _picture,
}  # fmt: skip
