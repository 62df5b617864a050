"""How cells look: one palette, one family of type, four sizes, and number formats by unit.

Inputs are blue on pale yellow, formulas black, links to other sheets green, units grey; sums are
bold under a hairline. A format is made once for each pair of role and number format.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT = "Calibri"
TITLE, SUBTITLE, BODY, SMALL = 20, 14, 11, 9
"""The sizes of type."""

INK, GREY, PALE_GREY, CLOSED_FILL, HAIRLINE, BAND = "#1A1A1A", "#767676", "#EFEFEF", "#F7F7F7", "#BFBFBF", "#E4EDF3"
INPUT_INK, INPUT_FILL, LINK_INK = "#0000FF", "#FFFBE0", "#006100"

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
    "panel label": {"font_color": GREY, "font_size": SMALL, "valign": "vcenter", "indent": 1},
    "panel value": {"valign": "vcenter", "align": "left"},
    "panel mark": {"font_color": GREY, "font_size": SMALL, "valign": "vcenter"},
    "card label": {"font_color": GREY, "font_size": SMALL, "indent": 1, **CARD},
    "card link": {"font_color": LINK_INK, "font_size": SMALL, "underline": 1, "align": "right", **FILL},
    "card figure": {"font_size": TITLE, "bold": True, "align": "right", "shrink": True, "valign": "vcenter", **CARD},
    "card unit": {"font_color": GREY, "font_size": SMALL, "shrink": True, "valign": "vcenter", "align": "left", **FILL},
    "card side": {"font_size": SUBTITLE, "bold": True, "shrink": True, "valign": "vcenter", "align": "left", **FILL},
    "card reference": {"font_color": GREY, "font_size": SMALL, "align": "right", "shrink": True, **CARD},
    "small": {"font_size": SMALL},
    "small indented": {"font_size": SMALL, "indent": 1},
    "small link": {"font_size": SMALL, "font_color": LINK_INK, "align": "right"},
    "small jump": {"font_size": SMALL, "font_color": INK},
    "small header": {"bold": True, "bottom": _THIN, "bottom_color": HAIRLINE, "valign": "bottom"},
    "small header number": {
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
    "wrapped": {"text_wrap": True, "valign": "top"},
    "hint": {"font_color": GREY, "font_size": SMALL},
    "grey": {"font_color": GREY, "font_size": SMALL},
    "grey unit": {"font_color": GREY, "font_size": SMALL, "indent": 1},
    "grey right": {"font_color": GREY, "font_size": SMALL, "align": "right"},
    "grey left": {"font_color": GREY, "font_size": SMALL, "align": "left"},
    "grey sum": {"font_color": GREY, "font_size": SMALL, "top": _HAIR, "top_color": HAIRLINE},
    "grey number": {"font_color": GREY, "align": "right"},
    "indented": {"indent": 1},
    "block": {"font_size": SUBTITLE},
    "heading": {"bold": True, "font_color": INK, "bg_color": PALE_GREY},
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
"""What each kind of cell looks like, besides its number format."""

NUMBERS = {
    "general": "General",
    "flag": '0;-0;"–"',
    "whole": '#,##0;(#,##0);"–"',
    "thousands": '#,##0,;(#,##0,);"–"',
    "cents": '#,##0.000;(#,##0.000);"–"',
    "price": "[>=1]#,##0.00;[<=-1](#,##0.00);0.00####",
    "percent": '0.0%;(0.0%);"–"',
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
    "input whole": "[>=100000000000]0.00E+00;#,##0",
    "input price": "[>=1]#,##0.00;[<=-1]-#,##0.00;0.00####",
    "input percent": "0.0##%",
}
"""Number formats by kind. Inputs show a zero as what it is; elsewhere it is a dash."""

NUMBERS |= {
    "reference thousands": '"Reference "#,##0,;"Reference "(#,##0,);"Reference –";"Reference: "@',
    "reference percent": '"Reference "0.0%;"Reference "(0.0%);"Reference –";"Reference: "@',
    "reference months in words": '"Reference "0.0" months";"Reference "0.0;"Reference "0.0" months";"Reference: "@',
}
"""The same with the word before them, for figures that stand alone."""

BOUND_NUMBERS = {"date": "date", "input percent": "input percent"}
"""Number formats that bounds share with the figures that they bound; others are shown as they are."""


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        """Make formats in ``book`` as they are asked for."""
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}

    def of(self, role: str, number: str = "general") -> Format:
        """Give the format of a role of ROLES with a number format of NUMBERS."""
        key = (role, number)
        if key not in self._made:
            font = {"font_name": FONT, "font_size": BODY, "font_color": INK}
            self._made[key] = self._book.add_format({**font, **ROLES[role], "num_format": NUMBERS[number]})
        return self._made[key]
