"""Bad input: one clear message, exit code 2, no traceback, and the file stays as it was, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.broken_files import OLE, encrypted
from tests.support.edited import Edit, Inputs, light_bytes, light_workbook, put, rename_inputs, small_bytes
from tests.support.running import Ftroi

READING = (("calc",), ("compare",), ("explain", "tco"))


def edited(edit: Edit) -> Callable[[Path], bytes]:
    """The maker of an edited workbook's bytes."""

    def make(folder: Path) -> bytes:
        inputs = Inputs(light_workbook(folder, "edited.xlsx"))
        edit(inputs)
        return inputs.save().read_bytes()

    return make


def raw(content: bytes) -> Callable[[Path], bytes]:
    """The maker of a file's bytes."""
    return lambda _folder: content


BAD_FILES = {
    "a value out of range": (edited(put("discount_rate", 8)), "8 is outside"),
    "a value in text": (edited(put("requests_per_month", "lots")), "holds the text 'lots', not a number"),
    "an empty input cell": (edited(put("requests_per_month", None)), "(requests_per_month): is empty"),
    "a cell with an Excel error": (edited(put("requests_per_month", "#NAME?")), "holds the error #NAME?"),
    "a renamed range": (edited(rename_inputs("FT_Inputz")), "did you mean 'FT_Inputz'?"),
    "a deleted range": (edited(rename_inputs(None)), "has no name FT_Inputs"),
    "not a workbook": (raw(b"hello"), "is not an Excel workbook"),
    "an empty file": (raw(b""), "is empty"),
    "a truncated workbook": (lambda _folder: small_bytes()[:20_000], "is damaged or cut off"),
    "a password": (raw(OLE + bytes(99) + "EncryptedPackage".encode("utf-16-le")), "is protected by a password"),
    "an encrypted zip": (raw(encrypted()), "is protected by a password"),
}


@pytest.mark.parametrize("command", READING, ids=lambda words: words[0])
@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_workbook_gets_one_message(kind: str, command: tuple[str, ...], ftroi: Ftroi, tmp_path: Path) -> None:
    make, message = BAD_FILES[kind]
    path = tmp_path / "plan.xlsx"
    path.write_bytes(make(tmp_path))
    before = path.read_bytes()
    said = ftroi.refused(command[0], path, *command[1:])
    assert message in said
    assert len(said.splitlines()) == 1
    assert path.read_bytes() == before


def test_a_workbook_of_another_version_that_no_longer_fits_points_at_regenerate(ftroi: Ftroi, tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        put("version", "0.0.1", "value")(inputs)
        inputs.sheet.cell(inputs.row("rework_rate", after="name"), 1).value = "spoilage_rate"

    path = tmp_path / "plan.xlsx"
    path.write_bytes(edited(edit)(tmp_path))
    said = ftroi.refused("calc", path)
    assert "(spoilage_rate): is not in version" in said
    assert "ftroi regenerate" in said


def test_a_workbook_of_another_version_that_fits_is_computed_with_a_note(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(edited(put("version", "0.0.1", "value"))(tmp_path))
    assert "was made with version 0.0.1" in ftroi.done("calc", path).err
    assert "was made with version 0.0.1" in "".join(ftroi.done("calc", path, "--json").json["warnings"])


@pytest.mark.parametrize("lock", [".~lock.plan.xlsx#", "~$plan.xlsx"])
def test_a_file_open_elsewhere_is_read_but_not_written(lock: str, ftroi: Ftroi, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    (tmp_path / lock).touch()
    said = ftroi.refused("new", path, "--force")
    assert "is open in" in said
    assert f"delete '{tmp_path / lock}'" in said
    assert path.read_bytes() == light_bytes()
    assert "read as last saved" in ftroi.done("calc", path).err


@pytest.mark.parametrize("name", ["none/plan.xlsx", "plan.txt", "folder.xlsx"])
def test_a_path_that_cannot_be_written_is_refused(name: str, ftroi: Ftroi, tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    ftroi.refused("new", tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.xlsx"]


@pytest.mark.parametrize(
    "words,message",
    [
        (("calc",), "there is nothing to compute; name a workbook, or a preset"),
        (("calc", "--preset", "none"), "no preset 'none'; choose from"),
        (("calc", "--preset", "support_asistant"), "did you mean 'support_assistant'?"),
        (("calc", "none.xlsx"), "there is no such file"),
        (("calc", "plan.xlsx", "--preset", "support_assistant"), "leave one of the two out"),
        (("calc", "plan.xlsx", "--template", "fine_tuning"), "leave one of the two out"),
        (("calc", "--preset", "support_assistant", "--option", "ragg"), "did you mean 'rag'?"),
        (("calc", "--preset", "support_assistant", "--case", "worst"), "choose from optimistic, base, pessimistic"),
        (("calc", "--preset", "support_assistant", "--template", "none"), "is not registered"),
        (("explain", "--preset", "support_assistant", "tcoo"), "did you mean 'tco'?"),
        (("explain", "--preset", "support_assistant", "costs", "--month", "99"), "choose from 1 to 36"),
        (("explain", "a", "b", "c"), "there are 3 names"),
        (("check", "none"), "there is no such file"),
        (("template", "add", "none"), "template.toml is missing"),
    ],
)
def test_a_wrong_word_gets_one_message(words: tuple[str, ...], message: str, ftroi: Ftroi) -> None:
    said = ftroi.refused(*words)
    assert message in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("words", [("bogus",), ("calc", "--bogus"), ("explain",), ("explain", "tco", "--month", "x")])
def test_wrong_usage_is_told_in_the_usual_way(words: tuple[str, ...], ftroi: Ftroi) -> None:
    assert "Usage: ftroi" in ftroi.refused(*words)


def test_an_error_nobody_expected_ends_with_3_and_a_log(
    ftroi: Ftroi, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ftroi.cli.calc.calculate", lambda _plan: 1 / 0)
    answer = ftroi("calc", "--preset", "support_assistant")
    assert answer.code == 3
    assert "Traceback" not in answer.err + answer.out
    (log,) = home.glob("logs/*.log")
    assert str(log) in answer.err
    assert "ZeroDivisionError" in log.read_text()


def test_a_log_that_cannot_be_written_at_home_goes_elsewhere(
    ftroi: Ftroi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("ftroi.cli.calc.calculate", lambda _plan: 1 / 0)
    answer = ftroi("calc", "--preset", "support_assistant", "--template", "fine_tuning")
    assert answer.code == 3
    (log,) = tmp_path.glob("ftroi-*.log")
    assert str(log) in answer.err
