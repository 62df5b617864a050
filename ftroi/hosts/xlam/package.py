"""The file around the VBA project: an Open XML package with one empty sheet, a hidden window and the ribbon."""

from __future__ import annotations

from collections.abc import Mapping

from ftroi.hosts.zipped import zipped
from ftroi.workbook.xlsx.macros import FUNCTION_GROUPS

WORKBOOK_NAME, SHEET_NAME = "ThisWorkbook", "Sheet1"  # the code names that tie document modules to their parts
BEGINNING = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPEN_XML = "http://schemas.openxmlformats.org"
MICROSOFT = "http://schemas.microsoft.com/office"
SPREADSHEET = f"{OPEN_XML}/spreadsheetml/2006/main"
RELATIONSHIPS = f"{OPEN_XML}/officeDocument/2006/relationships"
CONTENT_TYPES = {
    "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    "/xl/worksheets/sheet1.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "/xl/styles.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
    "/xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}
WORKBOOK = (
    f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONSHIPS}"><workbookPr codeName="{WORKBOOK_NAME}"/>'
    '<bookViews><workbookView visibility="hidden"/></bookViews>'
    '<sheets><sheet name="ftroi" sheetId="1" r:id="rId1"/></sheets>'
    f"{FUNCTION_GROUPS}</workbook>"
)
SHEET = f'<worksheet xmlns="{SPREADSHEET}"><sheetPr codeName="{SHEET_NAME}"/><sheetData/></worksheet>'
STYLES = (
    f'<styleSheet xmlns="{SPREADSHEET}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
CORE = (
    f'<cp:coreProperties xmlns:cp="{OPEN_XML}/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>ftroi</dc:title><dc:description>The FT_ functions: what '
    "fine-tuning really costs</dc:description></cp:coreProperties>"
)
PACKAGE_LINKS = {
    "xl/workbook.xml": f"{RELATIONSHIPS}/officeDocument",
    "docProps/core.xml": f"{OPEN_XML}/package/2006/relationships/metadata/core-properties",
    "customUI/customUI14.xml": f"{MICROSOFT}/2007/relationships/ui/extensibility",
}
WORKBOOK_LINKS = {
    "worksheets/sheet1.xml": f"{RELATIONSHIPS}/worksheet",
    "styles.xml": f"{RELATIONSHIPS}/styles",
    "vbaProject.bin": f"{MICROSOFT}/2006/relationships/vbaProject",
}


def write_package(project: bytes, ribbon: str) -> bytes:
    """An .xlam with a VBA project and a ribbon; the same two always give the same bytes."""
    texts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": links(PACKAGE_LINKS),
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": links(WORKBOOK_LINKS),
        "xl/worksheets/sheet1.xml": SHEET,
        "xl/styles.xml": STYLES,
        "docProps/core.xml": CORE,
        "customUI/customUI14.xml": ribbon,
    }
    parts = {name: (BEGINNING + text).encode() for name, text in texts.items()}
    return zipped({**parts, "xl/vbaProject.bin": project})


def content_types() -> str:
    """The list that says what each part is."""
    kinds = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in CONTENT_TYPES.items())
    relation = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = (
        f'<Default Extension="rels" ContentType="{relation}"/><Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{OPEN_XML}/package/2006/content-types">{defaults}{kinds}</Types>'


def links(targets: Mapping[str, str]) -> str:
    """A part that links to others, each with the kind of its link."""
    numbered = enumerate(targets.items(), start=1)
    found = "".join(f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>' for n, (target, kind) in numbered)
    return f'<Relationships xmlns="{OPEN_XML}/package/2006/relationships">{found}</Relationships>'
