"""How cells look: one palette, one family of type, four sizes, and number formats by unit.

Inputs are blue on pale yellow, formulas black, links to other sheets green, units grey; sums are
bold under a hairline. A format is made once for each pair of role and number format.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from ftroi.termsheet import ThemeTable
from ftroi.termsheet.colour import ink_on
from ftroi.workbook.xlsx.number_formats import decimals_of

HOUSE = ThemeTable()
"""The look of a template that brings no house style of its own."""

FONT = HOUSE.font
TITLE, SUBTITLE, BODY, SMALL = 20, 14, 11, 9
"""The sizes of type."""

_COLOURS = HOUSE.colours
INK, GREY, PALE_GREY, CLOSED_FILL = _COLOURS.ink, _COLOURS.grey, _COLOURS.pale_grey, _COLOURS.closed_fill
HAIRLINE, BAND, INPUT_INK, INPUT_FILL = _COLOURS.hairline, _COLOURS.band, _COLOURS.input_ink, _COLOURS.input_fill
LINK_INK = _COLOURS.link_ink

_HAIR, _THIN, _THICK = 7, 1, 5

FILL = {"bg_color": CLOSED_FILL}
CARD = {**FILL, "left": _THICK, "left_color": "#FFFFFF"}
"""The ground of a card, and of its first column, which keeps it apart from the card before."""

ROLES: dict[str, dict[str, Any]] = {
    "title": {"font_size": TITLE},
    "verdict": {"font_size": TITLE, "bold": True, "valign": "vcenter", "indent": 1},
    "verdict head": {"font_size": BODY, "bold": True, "valign": "vcenter", "indent": 1},
    "verdict below": {"font_size": BODY, "bold": True, "valign": "vcenter", "indent": 1},
    "verdict small": {"font_size": SMALL, "bold": True, "valign": "top", "indent": 1},
    "panel link": {"font_color": LINK_INK, "font_size": SMALL, "underline": 1, "valign": "vcenter"},
    "small header indented": {
        "bold": True,
        "bottom": _THIN,
        "bottom_color": HAIRLINE,
        "valign": "bottom",
        "align": "left",
        "indent": 1,
    },
    "subtitle": {"font_size": SUBTITLE},
    "hint middle": {"font_color": GREY, "font_size": SMALL, "valign": "vcenter"},
    "panel label": {"font_color": GREY, "font_size": SMALL, "valign": "vcenter", "indent": 1, "shrink": True},
    "panel value": {"valign": "vcenter", "align": "left"},
    "panel mark": {"font_color": GREY, "font_size": SMALL, "valign": "vcenter"},
    "card label": {"font_color": GREY, "font_size": SMALL, "indent": 1, "shrink": True, **CARD},
    "card link": {"font_color": LINK_INK, "font_size": SMALL, "underline": 1, "align": "right", **FILL},
    "card figure": {"font_size": TITLE, "bold": True, "align": "right", "shrink": True, "valign": "vcenter", **CARD},
    "card unit": {"font_color": GREY, "font_size": SMALL, "shrink": True, "valign": "vcenter", "align": "left", **FILL},
    "card side": {"font_size": SUBTITLE, "bold": True, "shrink": True, "valign": "vcenter", "align": "left", **FILL},
    "card reference": {"font_color": GREY, "font_size": SMALL, "align": "right", "shrink": True, **CARD},
    "small": {"font_size": SMALL, "shrink": True},
    "small indented": {"font_size": SMALL, "indent": 1},
    "small link": {"font_size": SMALL, "font_color": LINK_INK, "align": "right"},
    "small jump": {"font_size": SMALL, "font_color": INK, "shrink": True},
    "small header": {"bold": True, "bottom": _THIN, "bottom_color": HAIRLINE, "valign": "bottom"},
    "small header number": {
        "shrink": True,
        "bold": True,
        "bottom": _THIN,
        "bottom_color": HAIRLINE,
        "valign": "bottom",
        "align": "right",
    },
    "small header link": {
        "bold": True,
        "bottom": _THIN,
        "bottom_color": HAIRLINE,
        "valign": "bottom",
        "font_color": LINK_INK,
        "underline": 1,
    },
    "calculated right": {"align": "right"},
    "text": {},
    "top": {"valign": "top"},
    "link top": {"font_color": LINK_INK, "valign": "top"},
    "jump top": {"font_color": LINK_INK, "underline": 1, "valign": "top"},
    "wrapped indented": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "grey wrapped": {
        "font_color": GREY,
        "font_size": SMALL,
        "text_wrap": True,
        "valign": "top",
        "align": "left",
        "indent": 1,
    },
    "top right": {"align": "right", "valign": "top"},
    "top indented": {"valign": "top", "align": "left", "indent": 1},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "hint": {"font_color": GREY, "font_size": SMALL},
    "grey": {"font_color": GREY, "font_size": SMALL},
    "grey unit": {"font_color": GREY, "font_size": SMALL, "indent": 1},
    "grey shrunk": {"font_color": GREY, "font_size": SMALL, "align": "left", "indent": 1, "shrink": True},
    "grey right": {"font_color": GREY, "font_size": SMALL, "align": "right"},
    "grey left": {"font_color": GREY, "font_size": SMALL, "align": "left"},
    "grey sum": {"font_color": GREY, "font_size": SMALL, "top": _HAIR, "top_color": HAIRLINE},
    "grey number": {"font_color": GREY, "align": "right"},
    "indented": {"indent": 1},
    "block": {"font_size": SUBTITLE},
    "heading": {"bold": True, "font_color": INK, "bg_color": PALE_GREY},
    "heading right": {"bold": True, "font_color": INK, "bg_color": PALE_GREY, "align": "right"},
    "header": {"bold": True, "bottom": _THIN, "bottom_color": HAIRLINE, "text_wrap": True, "valign": "bottom"},
    "header text": {
        "bold": True,
        "bottom": _THIN,
        "bottom_color": HAIRLINE,
        "text_wrap": True,
        "valign": "bottom",
        "align": "left",
        "indent": 1,
    },
    "header number": {
        "bold": True,
        "bottom": _THIN,
        "bottom_color": HAIRLINE,
        "align": "right",
        "text_wrap": True,
        "valign": "bottom",
    },
    "band": {"bold": True, "bg_color": BAND},
    "plain": {"bg_color": PALE_GREY, "bold": True},
    "id right": {"font_color": GREY, "font_size": SMALL, "text_wrap": True, "valign": "top", "align": "right"},
    "id": {"font_color": GREY, "font_size": SMALL, "text_wrap": True, "valign": "top"},
    "input": {"font_color": INPUT_INK, "bg_color": INPUT_FILL, "bottom": _HAIR, "bottom_color": HAIRLINE},
    "input text": {
        "font_color": INPUT_INK,
        "bg_color": INPUT_FILL,
        "bottom": _HAIR,
        "bottom_color": HAIRLINE,
        "indent": 1,
    },
    "chosen": {
        "font_color": INPUT_INK,
        "bg_color": INPUT_FILL,
        "border": _THIN,
        "border_color": HAIRLINE,
        "bold": True,
        "font_size": BODY,
        "valign": "vcenter",
    },
    "closed": {"bg_color": CLOSED_FILL},
    "calculated": {},
    "month": {"font_size": SMALL},
    "sum": {"bold": True, "top": _HAIR, "top_color": HAIRLINE},
    "month sum": {"bold": True, "top": _HAIR, "top_color": HAIRLINE, "font_size": SMALL},
    "link": {"font_color": LINK_INK},
    "link indented": {"font_color": LINK_INK, "indent": 1},
    "status": {"bold": True, "indent": 1},
    "link right": {"font_color": LINK_INK, "align": "right"},
    "link wrapped": {"font_color": LINK_INK, "align": "right", "text_wrap": True},
    "header link": {
        "bold": True,
        "bottom": _THIN,
        "bottom_color": HAIRLINE,
        "align": "right",
        "text_wrap": True,
        "valign": "bottom",
        "font_color": LINK_INK,
    },
    "month link": {"font_color": LINK_INK, "font_size": SMALL},
    "headline": {"bold": True, "font_color": LINK_INK, "align": "right"},
    "jump": {"font_color": LINK_INK, "underline": 1},
    "jump indented": {"font_color": LINK_INK, "underline": 1, "indent": 1},
}
"""What each kind of cell looks like, besides its number format, in the colours of the house."""

NUMBERS = {
    "general": "General",
    "flag": '0;-0;"–"',
    "whole": '#,##0;(#,##0);"–"',
    "thousands": '#,##0,;(#,##0,);"–"',
    "cents": '#,##0.000;(#,##0.000);"–"',
    "price": "[>=1]#,##0.00;[<=-1](#,##0.00);0.00####",
    "percent": '#,##0.0%;(#,##0.0%);"–"',
    "factor": "0.0000",
    "multiple": '0.00"×"',
    "life multiple": '0.0"× life"',
    "months": "0.0",
    "months in words": '0.0" months"',
    "whole months in words": '0" months"',
    "decimal": '#,##0.0##;(#,##0.0##);"–"',
    "date": "yyyy-mm-dd",
    "calendar": "yyyy-mm",
    "year": '"Year "0',
    "unit share": ';;;"share"',
    "unit share a year": ';;;"share a year"',
    "unit share a month": ';;;"share a month"',
    "unit multiple": ';;;"times"',
    "unit number": ';;;"number"',
    "input whole": "[>=100000000000]0.00E+00;#,##0",
    "input price": "[>=1]#,##0.00;[<=-1]-#,##0.00;0.00####",
    "input percent": "0.0##%",
}
"""Number formats by kind. Inputs show a zero as what it is; elsewhere it is a dash.

Those of units tell in words what the term sheet writes as 1, 1/year or 1/month; the cell's text stays that."""

NUMBERS |= {
    "reference thousands": '"Reference "#,##0,;"Reference "(#,##0,);"Reference –";"Reference: "@',
    "reference percent": '"Reference "0.0%;"Reference "(0.0%);"Reference –";"Reference: "@',
    "reference months in words": '"Reference "0.0" months";"Reference "0.0;"Reference "0.0" months";"Reference: "@',
}
"""The same with the word before them, for figures that stand alone."""

BOUND_NUMBERS = {"date": "date", "input percent": "input percent"}
"""Number formats that bounds share with the figures that they bound; others are shown as they are."""


_DECIMALS = {
    "price": "[>=1]#,##0{0};[<=-1](#,##0{0});0.00####",
    "input price": "[>=1]#,##0{0};[<=-1]-#,##0{0};0.00####",
}
"""Prices by the decimals that the currency has; below one unit of money they show as many as they need."""


def numbers_of(theme: ThemeTable, currency: str) -> dict[str, str]:
    """Give the number formats of a plan in a currency: the theme's, else those of NUMBERS."""
    digits = decimals_of(currency)
    decimals = f".{'0' * digits}" if digits else ""
    priced = {kind: text.format(decimals) for kind, text in _DECIMALS.items()}
    if not digits:
        priced["cents"] = NUMBERS["whole"]
    return {**NUMBERS, **priced, **theme.numbers.model_dump(exclude_none=True)}


def colours_of(theme: ThemeTable) -> dict[str, str]:
    """Give a theme's colour for each colour of the house that text, fills and lines have."""
    own = theme.colours.model_dump()
    return {value: own[name] for name, value in _COLOURS.model_dump().items() if isinstance(value, str)}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook, theme: ThemeTable = HOUSE, currency: str = "USD") -> None:
        """Make formats in ``book`` as they are asked for."""
        self._book = book
        self.theme = theme
        self._colours = colours_of(theme)
        self._numbers = numbers_of(theme, currency)
        self._made: dict[tuple[str, str], Format] = {}

    def of(self, role: str, number: str = "general") -> Format:
        """Give the format of a role of ROLES with a number format of NUMBERS."""
        key = (role, number)
        if key not in self._made:
            look = {"font_size": BODY, "font_color": INK, **ROLES[role]}
            look = {name: self.colour(value) if name.endswith("_color") else value for name, value in look.items()}
            self._made[key] = self._book.add_format(
                {"font_name": self.theme.font, **look, "num_format": self._numbers[number]}
            )
        return self._made[key]

    def colour(self, house: str) -> str:
        """Give the theme's colour in place of the house's; any other colour stays as it is."""
        return self._colours.get(house, house)

    @property
    def verdict(self) -> dict[str, tuple[str, str]]:
        """The verdict's fill and the colour of the text on it, by the verdict's code."""
        fills: dict[str, str] = self.theme.verdict.model_dump()
        return {code: (fill, ink_on(fill, self.theme)) for code, fill in fills.items()}
