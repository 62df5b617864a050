"""The appearance of each kind of cell: a named style of the workbook, and additional attributes.

Colours, fonts and sizes are defined only in the named styles.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of cell.

    ``style`` names the style that it has; ``type`` the one whose colour of text, size and weight it takes instead,
    ``size`` the one whose size alone. None keeps what these have.
    """

    style: str
    type: str = ""
    size: str = ""
    bold: bool | None = None
    underline: bool = False
    align: str | None = None
    valign: str | None = None
    indent: int = 0
    wrap: bool | None = None
    shrink: bool = False


def _top(style: str, **more: str | bool | int) -> Role:
    return Role(style, valign="top", **more)  # type: ignore[arg-type]  # as Role has them


ROLES: dict[str, Role] = {
    "title": Role("title"),
    "subtitle": Role("subtitle"),
    "block": Role("subtitle"),
    # The Dashboard's head
    "verdict": Role("verdict"),
    "verdict head": Role("verdict", size="text"),
    "verdict below": Role("verdict", size="text"),
    "verdict small": Role("verdict", size="note", valign="top"),
    "panel label": Role("note", valign="center", indent=1, shrink=True),
    "panel value": Role("text", valign="center", align="left"),
    "panel mark": Role("note", valign="center"),
    "panel link": Role("link", size="note", underline=True, valign="center"),
    "chosen": Role("chosen"),
    "sure": Role("text", size="note", type="link", indent=1, valign="center"),
    # Its cards
    "card label": Role("card", type="link", size="note", indent=1),
    "card figure": Role("card", size="title", bold=True, align="right", shrink=True, valign="center"),
    "card unit": Role("closed", type="note", shrink=True, valign="center", align="left"),
    "card side": Role("closed", size="subtitle", bold=True, shrink=True, valign="center", align="left"),
    "card reference": Role("card", type="note", align="right", shrink=True),
    # Small print beside figures
    "small": Role("text", size="note"),
    "small shrunk": Role("text", size="note", shrink=True),
    "small indented": Role("text", size="note", indent=1),
    "small link": Role("link", size="note", align="right"),
    "small jump": Role("text", size="note"),
    "small header": Role("header", wrap=False),
    "small header indented": Role("header", wrap=False, align="left", indent=1),
    "small header number": Role("header", wrap=False, shrink=True, align="right"),
    "small header link": Role("header", type="link", bold=True, wrap=False, underline=True),
    # Texts
    "text": Role("text"),
    "indented": Role("text", indent=1),
    "status": Role("text", bold=True, indent=1),
    "top": _top("text"),
    "top right": _top("text", align="right"),
    "top indented": _top("text", align="left", indent=1),
    "wrapped": _top("text", wrap=True),
    "wrapped indented": _top("text", wrap=True, align="left", indent=1),
    "hint": Role("note"),
    "grey": Role("note"),
    "grey unit": Role("note", indent=1),
    "grey shrunk": Role("note", align="left", indent=1, shrink=True),
    "grey right": Role("note", align="right"),
    "grey left": Role("note", align="left"),
    "grey wrapped": _top("note", wrap=True, align="left", indent=1),
    "grey sum": Role("total", type="note"),
    "grey number": Role("note", size="text", align="right"),
    "id": _top("note", wrap=True),
    "id right": _top("note", wrap=True, align="right"),
    # Headings and headers
    "heading": Role("heading"),
    "heading right": Role("heading", align="right"),
    "header": Role("header"),
    "header text": Role("header", align="left", indent=1),
    "header number": Role("header", align="right"),
    "header link": Role("header", type="link", bold=True, align="right"),
    "band": Role("band"),
    # Figures
    "input": Role("input"),
    "input text": Role("input", indent=1),
    "closed": Role("closed"),
    "calculated": Role("calculation"),
    "calculated right": Role("calculation", align="right"),
    "month": Role("calculation", size="note"),
    "sum": Role("total"),
    "month sum": Role("total", size="note"),
    # Links
    "link": Role("link"),
    "link indented": Role("link", indent=1),
    "link right": Role("link", align="right"),
    "link top": _top("link"),
    "link wrapped": Role("link", align="right", wrap=True),
    "month link": Role("link", size="note"),
    "headline": Role("link", bold=True, align="right"),
    "jump": Role("link", underline=True),
    "jump indented": Role("link", underline=True, indent=1),
    "jump top": _top("link", underline=True),
}
"""What each kind of cell looks like, besides its number format."""
