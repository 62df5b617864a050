"""The charts of the Dashboard, drawn from visible cells of Compare."""

from __future__ import annotations

from ftroi.workbook.book import Book
from ftroi.workbook.compare_layout import FIRST_OPTION, LABEL
from ftroi.workbook.dashboard_layout import SOURCE
from ftroi.workbook.layout import COMPARE, DASHBOARD
from ftroi.workbook.styles import FONT, GREY, PALE_GREY, SMALL

VISIBLE = ("#5F5F5F", "#767676", "#8C8C8C", "#A3A3A3", "#B9B9B9", "#D0D0D0", "#E0E0E0", "#EFEFEF")
HIDDEN = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#882255", "#332288")
"""Greys for what budgets see, and a palette that the colour-blind can tell apart for what they miss."""

_SIZE = {"width": 730, "height": 470}
_SAYS = (
    "Stacked columns, one for each option: lifetime cost by category, the visible ones in grey, the hidden in colour."
)


def draw_costs(book: Book) -> None:
    """Draw what each category costs over the horizon, for every option, right of the headline figures."""
    compare, small = book.layout.compare, {"name": FONT, "size": SMALL, "color": GREY}
    chart = book.file.add_chart({"type": "column", "subtype": "stacked"})
    seen = {"visible": 0, "hidden": 0}
    for category in book.plan.template.cost_categories:
        kind = category.split(".")[0]
        colours = VISIBLE if kind == "visible" else HIDDEN
        row = compare.totals[category]
        chart.add_series({
            "name": [COMPARE, row, LABEL],
            "categories": [COMPARE, compare.labels, FIRST_OPTION, compare.labels, compare.last_option],
            "values": [COMPARE, row, FIRST_OPTION, row, compare.last_option],
            "fill": {"color": colours[seen[kind] % len(colours)]},
            "gap": 40,
        })  # fmt: skip
        seen[kind] += 1
    title = "Lifetime cost by category, every option"
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 11, "bold": True}, "overlay": False})
    money = f"{book.plan.settings.currency} thousand"
    grid = {"visible": True, "line": {"color": PALE_GREY}}
    chart.set_y_axis({
        "name": money, "name_font": small, "num_font": small, "num_format": "#,##0,", "major_gridlines": grid,
        "line": {"none": True},
    })  # fmt: skip
    chart.set_x_axis({"num_font": small, "label_position": "low"})
    chart.set_legend({"position": "bottom", "font": small})
    chart.set_size(_SIZE)
    place = (min(book.layout.dashboard.about.values()), SOURCE + 1)
    book.sheet(DASHBOARD).insert_chart(*place, chart, {"description": _SAYS, "object_position": 2})
