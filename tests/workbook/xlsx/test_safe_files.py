"""Files are looked at before they are opened, and replaced whole or not at all."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from ftroi.errors import FtroiError, WorkbookError
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.xlsx import safe_files as files
from ftroi.workbook.xlsx.safe_files import lock_of, put_in_place, require_unlocked, require_workbook
from tests.support.broken_files import OLE, encrypted, zipped
from tests.support.depth import seeds
from tests.support.edited import fine_tuning_by_id, light_bytes, light_workbook, small_workbook

DAY = date(2027, 3, 1)


# --- what cannot be a workbook -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content,what",
    [
        (b"", "is empty"),
        (b"name,base\nrequests,5\n", "is not an Excel workbook"),
        (b"\x89PNG\r\n", "is not an Excel workbook"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
        (OLE + bytes(600) + "Workbook".encode("utf-16-le"), "old Office format (.xls)"),
        (zipped(a_dot_txt=b"hello"), "is a zip file, but not an Excel workbook"),
        (zipped(mimetype=b"x", content_dot_xml=b"<x/>"), "is an OpenDocument file (.ods)"),
        (zipped(word__document_dot_xml=b"<x/>"), "is a Word document"),
        (zipped(xl__workbook_dot_bin=b"x"), "is a binary workbook (.xlsb)"),
        (zipped(xl__workbook_dot_xml=b"<x/>", big=bytes(20_000_000)), "more than 200 times its size"),
        (encrypted(), "is protected by a password"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_workbook_is_told_before_it_is_opened(content: bytes, what: str, tmp_path: Path) -> None:
    assert_told(content, what, tmp_path)


@pytest.mark.parametrize("end", [3000, -30])
def test_a_workbook_cut_off_is_told_before_it_is_opened(end: int, tmp_path: Path) -> None:
    assert_told(light_bytes()[:end], "is damaged or cut off", tmp_path)


def assert_told(content: bytes, what: str, tmp_path: Path) -> None:
    """The content is refused with one finding that says what and has a cure, and the file stays."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        require_workbook(path)
    (finding,) = caught.value.findings
    assert what in finding.what
    assert finding.cure
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["../up.xml", "/etc/passwd", "xl/../../up.xml", "C:/x.xml", "xl\\..\\..\\up.xml"])
def test_a_part_that_climbs_out_of_the_file_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(name, "x")
    with pytest.raises(WorkbookError, match="climb out of its folder"):
        require_workbook(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/workbook.xml", "<other/>")
    with pytest.raises(WorkbookError, match="two parts of the same name"):
        require_workbook(path)


@pytest.mark.parametrize(
    "limit,what",
    [("MOST_PARTS", "parts, more than 3"), ("MOST_UNPACKED", "would unpack to"), ("MOST_BYTES", "is too large")],
)
def test_what_is_too_large_is_refused(limit: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, limit, 3)
    with pytest.raises(WorkbookError, match=what):
        require_workbook(light_workbook(tmp_path))


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="there is no such file; check the name, or make one with 'ftroi new'"):
        require_workbook(tmp_path / "none.xlsx")
    with pytest.raises(WorkbookError, match="is a folder"):
        require_workbook(tmp_path)
    with pytest.raises(WorkbookError, match="cannot be read"):
        require_workbook(tmp_path / "a\0b.xlsx")


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change one part of a workbook file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


NESTED = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "part,change,what",
    [
        ("xl/workbook.xml", lambda content: content[:100], "its part xl/workbook.xml cannot be read"),
        ("xl/workbook.xml", lambda content: content.replace(b"<workbook ", NESTED + b"<workbook ", 1), "entities"),
        ("xl/workbook.xml", lambda content: content.replace(b"<workbook ", OUTSIDE + b"<workbook ", 1), "entities"),
        ("xl/sharedStrings.xml", lambda content: content[: content.index(b"<si>")] + b"</sst>", "cannot be read"),
        ("xl/_rels/workbook.xml.rels", lambda _content: b"<Relationships/>", "cannot be read"),
    ],
    ids=["cut", "entities", "outside", "no strings", "no relations"],
)
def test_a_damaged_part_is_told(part: str, change: Callable[[bytes], bytes], what: str, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(rewritten(small_workbook(tmp_path), part, change), fine_tuning_by_id)
    assert what in str(caught.value)


def test_random_damage_never_surprises(tmp_path: Path) -> None:
    """Whatever bytes are wrong or missing: a plan, or one of our errors."""
    draw = random.Random(1)  # noqa: S311 - reproducible, not secret
    path = tmp_path / "plan.xlsx"
    for _ in seeds(12, 60):
        content = bytearray(light_bytes())
        for _ in range(draw.randint(1, 6)):
            content[draw.randrange(len(content))] = draw.randrange(256)
        del content[len(content) - draw.choice([0, 0, 1, 500, 5_000]) :]
        path.write_bytes(content)
        with suppress(FtroiError):
            read_workbook(path, fine_tuning_by_id)


PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")


def test_random_damage_within_the_parts_never_surprises(tmp_path: Path) -> None:
    """The zip file is right, but its parts say odd things."""
    draw = random.Random(2)  # noqa: S311 - reproducible, not secret

    def damage(content: bytes) -> bytes:
        odd = bytearray(content)
        for _ in range(draw.randint(1, 4)):
            odd[draw.randrange(len(odd))] = draw.choice(b'0123456789AZaz"<>/=& !$:')
        return bytes(odd)

    for _ in seeds(16, 80):
        path = rewritten(light_workbook(tmp_path), draw.choice(PARTS), damage)
        with suppress(FtroiError):
            read_workbook(path, fine_tuning_by_id)


# --- open elsewhere ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lock,content,what",
    [
        (".~lock.plan.xlsx#", b",ann,desk,27.02.2027 10:00,file:///x;", "is open in LibreOffice (ann on desk)"),
        ("~$plan.xlsx", b"\x03Ann" + b" " * 50, "is open in Excel (Ann)"),
        (".~lock.plan.xlsx#", b"", "is open in LibreOffice"),
        ("~$plan.xlsx", b"\x05A\x1b[2m", "is open in Excel (A[2m)"),
    ],
)
def test_a_lock_says_who_has_the_file_and_how_to_clear_it(lock: str, content: bytes, what: str, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    (tmp_path / lock).write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        require_unlocked(path)
    (finding,) = caught.value.findings
    assert finding.what == what
    assert "the lock is stale: delete" in finding.cure
    assert lock in finding.cure


def test_a_locked_file_is_read_as_last_saved_but_not_written(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    (tmp_path / ".~lock.plan.xlsx#").touch()
    assert lock_of(path) == tmp_path / ".~lock.plan.xlsx#"
    assert read_workbook(path, fine_tuning_by_id).plan.settings.case == "base"
    with pytest.raises(WorkbookError, match="is open in LibreOffice"):
        put_in_place(path, write_text("new"), DAY, replace=True)
    assert path.read_bytes() == light_bytes()


# --- writing -----------------------------------------------------------------------------------------------


def write_text(text: str) -> Callable[[Path], None]:
    """A writer of a text."""

    def write(path: Path) -> None:
        path.write_text(text)

    return write


def names(folder: Path) -> set[str]:
    """The names of a folder's files, the hidden ones too."""
    return {path.name for path in folder.iterdir()}


def test_a_new_file_is_written_and_nothing_else(tmp_path: Path) -> None:
    assert put_in_place(tmp_path / "plan.xlsx", write_text("new"), DAY) is None
    assert (tmp_path / "plan.xlsx").read_text() == "new"
    assert names(tmp_path) == {"plan.xlsx"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    put_in_place(tmp_path / "plan.xlsx", write_text("new"), DAY)
    (tmp_path / "usual").touch()
    assert (tmp_path / "plan.xlsx").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    with pytest.raises(WorkbookError, match="already exists; choose another name, or add --force"):
        put_in_place(path, write_text("new"), DAY)
    assert path.read_bytes() == light_bytes()


def test_what_is_replaced_is_kept_with_its_date_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("first")
    for text in ("second", "third", "third"):
        put_in_place(path, write_text(text), DAY, replace=True)
    assert path.read_text() == "third"
    assert (tmp_path / "plan (backup 2027-03-01).xlsx").read_text() == "first"
    assert (tmp_path / "plan (backup 2027-03-01 2).xlsx").read_text() == "second"
    assert len(names(tmp_path)) == 3


def test_a_failure_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("old")

    def fail(fresh: Path) -> None:
        fresh.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(WorkbookError, match="cannot be written"):
        put_in_place(path, fail, DAY, replace=True)
    assert path.read_text() == "old"
    assert names(tmp_path) == {"plan.xlsx"}


def test_an_error_of_ours_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("old")

    def fail(_fresh: Path) -> None:
        raise WorkbookError

    with pytest.raises(WorkbookError):
        put_in_place(path, fail, DAY, replace=True)
    assert names(tmp_path) == {"plan.xlsx"}


@pytest.mark.parametrize(
    "name,what",
    [
        ("none/plan.xlsx", "there is no folder"),
        ("plan.csv", "is not the name of a workbook; end it with .xlsx"),
        ("folder.xlsx", "is a folder"),
        ("file/plan.xlsx", "there is no folder"),
    ],
)
def test_a_path_that_cannot_be_written_is_told(name: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(WorkbookError, match=what):
        put_in_place(tmp_path / name, write_text("new"), DAY, replace=True)


def test_a_folder_without_rights_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(WorkbookError, match=r"cannot be written \(Permission denied\); choose a folder"):
        put_in_place(tmp_path / "plan.xlsx", write_text("new"), DAY)


def test_a_write_protected_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = light_workbook(tmp_path)
    monkeypatch.setattr(os, "access", lambda _path, _right: False)
    with pytest.raises(WorkbookError, match="is write-protected"):
        put_in_place(path, write_text("new"), DAY, replace=True)
    assert path.read_bytes() == light_bytes()


def test_a_full_disk_while_the_copy_is_made_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("old")

    def fail(*_streams: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", fail)
    with pytest.raises(WorkbookError, match="No space left"):
        put_in_place(path, write_text("new"), DAY, replace=True)
    assert path.read_text() == "old"
    assert names(tmp_path) == {"plan.xlsx"}
