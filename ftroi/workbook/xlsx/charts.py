"""Charts in the look of a workbook: columns, bars and points, drawn from cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from openpyxl.chart import BarChart, ScatterChart
from openpyxl.chart.axis import ChartLines, NumericAxis, TextAxis
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumFmt, NumRef, StrRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend, LegendEntry
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel, XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from ftroi.termsheet import ThemeTable
from ftroi.workbook.xlsx.addresses import fixed_range, prefix
from ftroi.workbook.xlsx.styles import BODY, SMALL

Chart: TypeAlias = BarChart | ScatterChart
Axis: TypeAlias = NumericAxis | TextAxis
_Kind = TypeVar("_Kind", BarChart, ScatterChart)

MONEY, SHARE = "#,##0,;(#,##0,);0", "0%"
"""Number formats of axes: money in thousands, and shares."""

_POINT = 12_700
"""Units of a line's width in a point."""

_REACH = 5
"""How thick a bar is that shows how far an amount reaches, in points."""

_HUNDREDTHS = 100
_SMALLEST = 7
"""The size of names below columns, which are to be broken at blanks alone."""

_UPRIGHT = -5_400_000
"""The turn of an upright text, in sixty-thousandths of a degree."""

_LABELLED = '[>=500]#,##0,;""'
"""Amounts of half a thousand and more, in thousands."""

_WHITE = "FFFFFF"


class _Labels(DataLabelList):
    """Labels whose number format is their own: without saying so, LibreOffice takes that of the cells."""

    __elements__, __nested__ = DataLabelList.__elements__, DataLabelList.__nested__  # openpyxl collects them by class

    def to_tree(self, tagname: str | None = None, idx: Any = None, namespace: str | None = None) -> Any:  # noqa: ANN401 - an element of lxml, by the signature of openpyxl
        tree = super().to_tree(tagname, idx, namespace)
        for found in tree.iter():
            if found.tag.endswith("numFmt"):
                found.set("sourceLinked", "0")
        return tree


class Area(NamedTuple):
    """Cells of one sheet from the first to the last, rows and columns counted from 0."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def text(self) -> str:
        """The cells as a formula refers to them."""
        return f"{prefix(self.sheet)}{fixed_range(*self[1:])}"


class Source(NamedTuple):
    """What a series is drawn from: the cell with its name, and those with its categories and its values."""

    name: Area
    categories: Area
    values: Area


class Charts:
    """Makes the charts of a workbook in one look."""

    def __init__(self, theme: ThemeTable) -> None:
        """Take font and colours from ``theme``."""
        self._font = theme.font
        self.colours = theme.colours

    # --- kinds ---------------------------------------------------------------------------------------------

    def columns(self, title: str, *, gap: int, stacked: bool = False) -> BarChart:
        """A chart of columns, ``gap`` percent of a column apart."""
        return self._bars(title, "col", "stacked" if stacked else "clustered", gap, 100 if stacked else None)

    def bars(self, title: str, *, gap: int, stacked: bool = False) -> BarChart:
        """A chart of bars, several of one category over each other or, where they are stacked, behind each other."""
        return self._bars(title, "bar", "stacked" if stacked else "clustered", gap, 100)

    def _bars(self, title: str, direction: str, grouping: str, gap: int, overlap: int | None) -> BarChart:
        chart = BarChart(barDir=direction, grouping=grouping, gapWidth=gap, overlap=overlap)
        return self._dressed(chart, title)

    def points(self, title: str) -> ScatterChart:
        """A chart of points, which its series may join by straight lines."""
        return self._dressed(ScatterChart(scatterStyle="lineMarker"), title)

    def _dressed(self, chart: _Kind, title: str) -> _Kind:
        chart.title = self._title(title, self._type(BODY, self.colours.ink, bold=True))
        chart.graphical_properties = GraphicalProperties(ln=self._pale_line())
        chart.roundedCorners = False
        chart.legend = None
        for axis in (chart.x_axis, chart.y_axis):
            axis.delete, axis.majorGridlines, axis.title = False, None, None
            axis.majorTickMark = axis.minorTickMark = "none"
            axis.spPr = GraphicalProperties(ln=self._pale_line())
            axis.txPr = self._text(self._small())
        return chart

    # --- what stands around the plot -----------------------------------------------------------------------

    def place_plot(self, chart: Chart, place: tuple[float, float, float, float]) -> None:
        """Place what is drawn within the labels of the axes: left and upper edge, width, height, as parts of it all."""
        left, top, width, height = place
        chart.layout = Layout(
            ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=left, y=top, w=width, h=height)
        )

    def add_legend(self, chart: Chart, left_out: Iterable[int] = ()) -> None:
        """Put a legend below, without the series of some numbers."""
        entries = [LegendEntry(idx=number, delete=True) for number in left_out]
        chart.legend = Legend(legendEntry=entries, txPr=self._text(self._small()))
        chart.legend.position = "b"

    def name_axis(self, axis: Axis, name: str, numbers: str | None = None, *, is_upright: bool = False) -> None:
        """Write an axis's name beside it, and its figures in a number format."""
        axis.title = self._title(name, self._small(), _UPRIGHT if is_upright else None)
        if numbers:
            axis.numFmt = self.number_format(numbers)

    @staticmethod
    def number_format(numbers: str) -> NumFmt:
        """A number format of an axis, whatever its cells have."""
        return NumFmt(numbers, sourceLinked=False)

    def set_scale(
        self, axis: Any, least: float | None = None, most: float | None = None, step: float | None = None  # noqa: ANN401 - openpyxl's types say less
    ) -> None:  # fmt: skip
        """Let an axis reach from ``least`` to ``most``, with a figure at each step."""
        axis.scaling.min, axis.scaling.max, axis.majorUnit = least, most, step

    def add_grid(self, axis: Axis) -> None:
        """Draw pale lines from an axis's figures."""
        axis.majorGridlines = ChartLines(GraphicalProperties(ln=self._pale_line()))

    def level(self, axis: Axis) -> None:
        """Write an axis's names level, broken into lines where there is no room."""
        axis.txPr = self._text(self._type(_SMALLEST, self.colours.grey), turn=0)

    # --- series --------------------------------------------------------------------------------------------

    def add_columns(self, chart: BarChart, source: Source, colour: str | None, *, labelled: bool = False) -> None:
        """Add columns or bars of a colour, None for some that are not seen; with their amounts on them."""
        series = Series(
            idx=len(chart.series), order=len(chart.series), tx=_named(source),
            cat=AxDataSource(strRef=StrRef(source.categories.text)), val=NumDataSource(NumRef(source.values.text)),
        )  # fmt: skip
        series.spPr = _filled(colour)
        series.invertIfNegative = False
        if labelled:
            series.dLbls = self._labels(self._type(SMALL, self.colours.ink), "inBase")
            series.dLbls.showVal, series.dLbls.numFmt = True, _LABELLED
        chart.series.append(series)

    @staticmethod
    def add_reach(series: Series, below: Area, above: Area, colour: str) -> None:
        """Draw how far a series' amounts reach below and above, as bars; LibreOffice adds half their thickness."""
        series.errBars = ErrorBars(
            errDir=None, errBarType="both", errValType="cust", noEndCap=True,
            minus=NumDataSource(NumRef(below.text)), plus=NumDataSource(NumRef(above.text)),
            spPr=GraphicalProperties(ln=LineProperties(w=_REACH * _POINT, solidFill=_rgb(colour), cap="flat")),
        )  # fmt: skip

    def add_line(
        self, chart: ScatterChart, source: Source, colour: str, width: float, *, dashed: bool = False
    ) -> None:  # fmt: skip
        """Add a line of a width in points, without marks."""
        series = self._points(chart, source)
        series.marker = Marker("none")
        dash: Literal["dash", "solid"] = "dash" if dashed else "solid"
        series.spPr = GraphicalProperties(
            ln=LineProperties(w=int(width * _POINT), solidFill=_rgb(colour), prstDash=dash)
        )

    def add_point(
        self, chart: ScatterChart, source: Source, colour: str, *, diamond: bool = False, label_at: str = ""
    ) -> None:  # fmt: skip
        """Add a point, as a diamond where it matters; its series' name may stand at a side of it."""
        series = self._points(chart, source)
        edge = LineProperties(solidFill=_WHITE if diamond else _rgb(colour))
        look = GraphicalProperties(solidFill=_rgb(colour), ln=edge)
        series.marker = Marker("diamond" if diamond else "circle", 10 if diamond else 6, look)
        series.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
        if label_at:
            series.dLbls = self._labels(self._small(), label_at)
            series.dLbls.showSerName = True

    def _points(self, chart: ScatterChart, source: Source) -> XYSeries:
        series = XYSeries(
            idx=len(chart.series), order=len(chart.series), tx=_named(source), smooth=False,
            xVal=AxDataSource(NumRef(source.categories.text)), yVal=NumDataSource(NumRef(source.values.text)),
        )  # fmt: skip
        chart.series.append(series)
        return series

    # --- type and lines ------------------------------------------------------------------------------------

    def _labels(self, kind: CharacterProperties, position: str) -> DataLabelList:
        hidden = dict.fromkeys(
            ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"), False
        )
        return _Labels(dLblPos=position, txPr=self._text(kind, wrap="none"), **hidden)

    def _small(self) -> CharacterProperties:
        return self._type(SMALL, self.colours.grey)

    def _type(self, size: int, colour: str, *, bold: bool = False) -> CharacterProperties:
        return CharacterProperties(
            sz=size * _HUNDREDTHS, b=bold, solidFill=_rgb(colour), latin=Font(typeface=self._font)
        )

    def _text(
        self, kind: CharacterProperties, turn: int | None = None, wrap: Literal["none"] | None = None
    ) -> RichText:
        body = RichTextProperties(rot=turn, vert=None if turn is None else "horz", wrap=wrap)
        return RichText(body, p=[Paragraph(ParagraphProperties(defRPr=kind), r=(), endParaRPr=kind)])

    def _title(self, text: str, kind: CharacterProperties, turn: int | None = None) -> Title:
        body = RichTextProperties(rot=turn, vert="horz" if turn else None)
        paragraph = Paragraph(ParagraphProperties(defRPr=kind), r=[RegularTextRun(kind, text)])
        return Title(tx=Text(rich=RichText(body, p=[paragraph])), overlay=False)

    def _pale_line(self) -> LineProperties:
        return LineProperties(solidFill=_rgb(self.colours.pale_grey))


def _named(source: Source) -> SeriesLabel:
    return SeriesLabel(strRef=StrRef(source.name.text))


def _filled(colour: str | None) -> GraphicalProperties:
    """A fill without a border, or neither."""
    look = GraphicalProperties(ln=LineProperties(noFill=True))
    if colour is None:
        look.noFill = True
    else:
        look.solidFill = _rgb(colour)
    return look


def _rgb(colour: str) -> str:
    return colour.removeprefix("#")
