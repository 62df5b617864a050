"""A look as a company changes it, from the file to every sheet, chart and drawing; and looks that are none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from PIL import Image as Picture

from ftroi.errors import WorkbookError
from ftroi.resources import templates_folder
from ftroi.termsheet import Look, ThemeTable
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.logo import LOGO, drawn
from ftroi.workbook.xlsx.look import dressed, read_look, stored_look, write_look
from tests.support.edited import small_plan
from tests.support.office import Office

SHIPPED = templates_folder() / "fine_tuning" / "look.xlsx"


def png(width: int = 120, height: int = 60) -> bytes:
    stream = BytesIO()
    Picture.new("RGB", (width, height), "#AA3300").save(stream, "PNG")
    return stream.getvalue()


def sample(book: Workbook, style: str) -> Any:
    """Find the sample of a named style."""
    return next(two for one, two, *_ in book["Look"].iter_rows() if one.value == style)


def changed(folder: Path, change: Callable[[Workbook], None], logo: bytes = b"") -> Path:
    """Change the shipped look as a script does, and give the file."""
    book = load_workbook(SHIPPED)
    change(book)
    if logo:
        book["Look"].add_image(Image(BytesIO(logo)), "F2")
    path = folder / "company.xlsx"
    book.save(path)
    return path


def house(book: Workbook) -> None:
    """Another font, other colours and another number format, on the samples and in a named style."""
    sample(book, "FT text").font = Font(name="Source Sans 3", color="FF102030")
    sample(book, "FT input").font = Font(name="Source Sans 3", color="FF123456")
    sample(book, "FT visible 1").fill = PatternFill("solid", fgColor="FFABCDEF")
    sample(book, "FT number date").number_format = "dd.mm.yyyy"


def parts_of(path: Path, beginning: str) -> dict[str, str]:
    with zipfile.ZipFile(path) as file:
        return {
            name: file.read(name).decode()
            for name in file.namelist()
            if name.startswith(beginning) and "rels" not in name
        }


def test_the_shipped_look_is_as_it_is_made(tmp_path: Path) -> None:
    write_look(tmp_path / "look.xlsx")
    assert (tmp_path / "look.xlsx").read_bytes() == SHIPPED.read_bytes()


def test_the_shipped_look_reads_as_the_standard_one() -> None:
    assert read_look(SHIPPED) == Look()


def test_a_changed_look_shows_in_every_style_chart_and_drawing(tmp_path: Path) -> None:
    look = changed(tmp_path, house, png())
    plan = small_plan()
    path = tmp_path / "plan.xlsx"
    write_workbook(replace(plan, template=dressed(plan.template, look)), path)
    (styles,) = parts_of(path, "xl/styles").values()
    for mark in ("Source Sans 3", "FF102030", "FF123456", "dd.mm.yyyy"):
        assert mark in styles
    assert "FF0000FF" not in styles
    charts = parts_of(path, "xl/charts/")
    assert charts
    assert all("Source Sans 3" in chart and "Calibri" not in chart for chart in charts.values())
    assert any("ABCDEF" in chart for chart in charts.values())
    book: Any = load_workbook(path)
    assert {sheet.oddFooter.left.font for sheet in book.worksheets} == {"Source Sans 3,Regular"}
    assert sum(LOGO in drawing for drawing in parts_of(path, "xl/drawings/drawing").values()) == len(book.sheetnames)


def test_a_workbook_keeps_the_look_that_it_was_given(tmp_path: Path) -> None:
    look, plan, path = changed(tmp_path, house, png()), small_plan(), tmp_path / "plan.xlsx"
    write_workbook(replace(plan, template=dressed(plan.template, look)), path)
    assert stored_look(path) == replace(read_look(look), is_chosen=True)
    write_workbook(plan, path)
    assert stored_look(path) is None


def test_a_colour_of_the_spreadsheets_theme_is_read_with_its_tint(tmp_path: Path) -> None:
    def tint(book: Workbook) -> None:
        sample(book, "FT band").fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.5))
        sample(book, "FT input").fill = PatternFill("solid", fgColor=Color(theme=0))

    colours = read_look(changed(tmp_path, tint)).theme.colours
    assert colours.input_fill == "#FFFFFF"
    assert colours.band == "#A7C0DE"  # Office's #4F81BD, halfway to white in lightness: 63 % becomes 76 %


def test_a_named_style_counts_where_its_sample_is_gone(tmp_path: Path) -> None:
    def restyle(book: Workbook) -> None:
        book["Look"].delete_rows(1, 100)
        cell = book["Look"]["H1"]
        cell.style = "FT input"

    assert read_look(changed(tmp_path, restyle)).theme == ThemeTable()


def test_a_look_that_libreoffice_saved_is_the_same_look(tmp_path: Path, office: Office) -> None:
    look, saved = changed(tmp_path, house, png()), tmp_path / "saved.xlsx"
    document = office.open_as_saved(look)
    office.save(document, saved)
    office.discard(document)
    ours, theirs = read_look(look), read_look(saved)
    assert theirs.findings == ()
    assert theirs.theme.numbers.date == 'dd"."mm"."yyyy'
    numbers = theirs.theme.numbers.model_copy(update={"date": "dd.mm.yyyy"})
    assert theirs.theme.model_copy(update={"numbers": numbers}) == ours.theme
    assert drawn(theirs.logo) == drawn(ours.logo)


def bad(folder: Path, part: str) -> Path:
    """Add a part to a copy of the shipped look."""
    path = folder / "bad.xlsx"
    path.write_bytes(SHIPPED.read_bytes())
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(part, "<x/>")
    return path


@pytest.mark.parametrize(
    "part,what",
    [("xl/vbaProject.bin", "has macros"), ("xl/externalLinks/externalLink1.xml", "has links to other files")],
)
def test_an_odd_file_is_told_and_the_standard_look_used(tmp_path: Path, part: str, what: str) -> None:
    look = read_look(bad(tmp_path, part))
    assert look.theme == ThemeTable()
    assert [what in one.what and "standard look" in one.what for one in look.findings] == [True]


def test_no_workbook_is_told_and_the_standard_look_used(tmp_path: Path) -> None:
    path = tmp_path / "company.xlsx"
    path.write_text("no workbook")
    look = read_look(path)
    assert (look.theme, len(look.findings)) == (ThemeTable(), 1)


def test_a_look_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="there is no such look"):
        read_look(tmp_path / "company.xlsx")


def test_what_a_style_lacks_is_told_and_the_rest_is_used(tmp_path: Path) -> None:
    def break_some(book: Workbook) -> None:
        house(book)
        sample(book, "FT band").fill = PatternFill()
        sample(book, "FT number whole").number_format = '"' + "x" * 10_000
        sample(book, "FT text").font = Font(name="F" * 10_000, color="FF102030")

    look = read_look(changed(tmp_path, break_some))
    told = " ".join(map(str, look.findings))
    assert [word in told for word in ("FT band", "FT number whole", "FT text")] == [True] * 3
    assert len(told) < 2_000
    assert len(look.findings) == 3
    assert (look.theme.font, look.theme.colours.ink) == ("Calibri", "#102030")


def test_a_workbook_without_our_styles_is_told_style_by_style(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "other.xlsx")
    look = read_look(tmp_path / "other.xlsx")
    assert look.theme == ThemeTable()
    assert all("is missing" in one.what for one in look.findings)


def swollen(folder: Path) -> Path:
    """Put a picture of 50 MB into a look."""
    path, grown = changed(folder, house, png()), folder / "grown.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(grown, "w") as new:
        for name in old.namelist():
            new.writestr(name, bytes(50_000_000) if name.startswith("xl/media/") else old.read(name))
    return grown


def test_a_picture_of_50_megabytes_is_left_out(tmp_path: Path) -> None:
    look = read_look(swollen(tmp_path))
    (finding,) = look.findings
    assert "50,000,000 bytes" in finding.what
    assert (look.logo, look.theme.font) == (b"", "Source Sans 3")


def test_a_picture_of_too_many_pixels_is_left_out(tmp_path: Path) -> None:
    look = read_look(changed(tmp_path, house, png(5_000, 10)))
    assert (look.logo, len(look.findings)) == (b"", 1)
