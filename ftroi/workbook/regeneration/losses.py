"""The contents of a user's sheet that openpyxl cannot copy into another workbook, by their usual names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from openpyxl.xml.functions import fromstring

from ftroi.workbook.xlsx.package_parts import Parts
from ftroi.workbook.xlsx.xml_tree import Element

_PARTS = {
    "oleObjects": "embedded objects",
    "controls": "buttons and other controls",
    "picture": "a background picture",
    "legacyDrawingHF": "pictures in headers or footers",
    "protectedRanges": "ranges with passwords of their own",
    "customSheetViews": "views of one's own",
    "ignoredErrors": "error marks that were switched off",
}
_EXTENSIONS = {
    "sparklineGroup": "sparklines",
    "cfRule": "conditional formats of newer kinds",
    "dataValidation": "rules for entries of newer kinds",
    "slicer": "slicers",
    "timelineRef": "timelines",
}
_RELATED = {
    "pivotTable": "pivot tables",
    "threadedComment": "conversations (a comment's first text stays)",
    "queryTable": "queries",
}
_DRAWN = {
    "sp": "shapes or text boxes",
    "cxnSp": "lines between shapes",
    "grpSp": "groups of shapes",
    "AlternateContent": "charts, slicers or shapes of newer kinds",
}
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
"""The kinds of pictures that openpyxl carries."""

_ANCHORS = ("absoluteAnchor", "oneCellAnchor", "twoCellAnchor")
_RICH = "formats of single words within a cell"


def losses(parts: Parts, sheet: str, root: Element) -> list[str]:
    """What a sheet has that is not carried over, each once."""
    return list(dict.fromkeys(_losses(parts, sheet, root)))


def _losses(parts: Parts, sheet: str, root: Element) -> Iterator[str]:
    yield from (word for tag, word in _PARTS.items() if _has(root, tag))
    for extension in root.iterfind("{*}extLst/{*}ext"):
        found = [word for tag, word in _EXTENSIONS.items() if next(extension.iter(f"{{*}}{tag}"), None) is not None]
        yield from found or ["features of newer programs"]
    name = parts.sheet_parts[sheet]
    for kind, target in related(parts, name):
        if kind in _RELATED:
            yield _RELATED[kind]
        elif kind == "drawing":
            yield from _in_drawing(parts, target)
    if any(cell.get("vm") for cell in root.iterfind("{*}sheetData/{*}row/{*}c")):
        yield "pictures or linked data within cells"
    rich = _rich_texts(parts)
    texts = (cell.findtext("{*}v") for cell in root.iterfind("{*}sheetData/{*}row/{*}c[@t='s']") if rich)
    if (
        any(int(text or -1) in rich for text in texts)
        or next(root.iterfind("{*}sheetData//{*}is/{*}r"), None) is not None
    ):
        yield _RICH


def _has(root: Element, tag: str) -> bool:
    return next(root.iterfind(f"{{*}}{tag}"), None) is not None


def _in_drawing(parts: Parts, name: str) -> Iterator[str]:
    content = parts.content(name)
    if content is None:
        return
    for anchor in fromstring(content):
        yield from (_DRAWN[kind] for child in anchor if (kind := str(child.tag).rpartition("}")[2]) in _DRAWN)
    for kind, target in related(parts, name):
        if kind == "image" and not target.lower().endswith(_PICTURES):
            yield "pictures of other kinds than PNG, JPEG, GIF, BMP and TIFF"
        if kind == "chart" and any(one == "chartUserShapes" for one, _ in related(parts, target)):
            yield "text boxes or shapes within charts"


def descriptions(parts: Parts, sheet: str) -> tuple[list[str], list[str]]:
    """The alternative texts of a sheet's charts and of its pictures, in the order in which openpyxl finds them."""
    found: tuple[list[str], list[str]] = [], []
    drawings = [target for kind, target in related(parts, parts.sheet_parts[sheet]) if kind == "drawing"]
    for root in (fromstring(parts.content(name) or b"<x/>") for name in drawings):
        anchors = [one for kind in _ANCHORS for one in root.iterfind(f"{{*}}{kind}")]
        for texts, path in zip(found, ("{*}graphicFrame/*/{*}cNvPr", "{*}pic/*/{*}cNvPr"), strict=True):
            texts.extend(str(one.get("descr", "")) for anchor in anchors for one in anchor.iterfind(path))
    return found


def related(parts: Parts, name: str) -> list[tuple[str, str]]:
    """The parts that a part is related to: what kind of part each is, and its name."""
    folder, file = posixpath.split(name)
    content = parts.content(f"{folder}/_rels/{file}.rels")
    found: list[Mapping[str, str]] = [dict(one.items()) for one in fromstring(content)] if content else []
    return [
        (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:],
        )
        for one in found
        if one.get("TargetMode") != "External"
    ]


def _rich_texts(parts: Parts) -> frozenset[int]:
    """The numbers of the shared texts that are formatted word by word."""
    content = parts.content("xl/sharedStrings.xml")
    if content is None or b"<r>" not in content:
        return frozenset()
    return frozenset(
        number for number, item in enumerate(fromstring(content)) if next(item.iterfind("{*}r"), None) is not None
    )
