"""What the ribbon's buttons run."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.hosts.xlam.actions import ACTIONS, run, words
from ftroi.hosts.xlam.ribbon import CODE


def test_new_and_check_work_on_a_path_with_spaces(tmp_path: Path) -> None:
    plan = tmp_path / "my plan & more.xlsx"
    assert str(plan.name) in run("new", str(plan)).replace("\n", "")
    assert plan.exists()
    assert "Traceback" not in run("check", str(plan))


def test_findings_come_back_as_text(tmp_path: Path) -> None:
    assert "no.xlsx" in run("check", str(tmp_path / "no.xlsx")).replace("\n", "")


def test_only_buttons_can_run() -> None:
    with pytest.raises(ValueError, match="no button"):
        run("uninstall", "plan.xlsx")


@pytest.mark.parametrize("name", ['a"b & calc.xlsx', "$(touch gone).xlsx", "a;b `id` %PATH%.xlsx", "--help.xlsx"])
def test_a_workbooks_name_is_never_a_command(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(b"no workbook")
    said = run("check", name).replace("\n", "")
    assert "is not an Excel workbook" in said
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_module_beside_the_workbook_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for module in ("ftroi", "json", "numpy"):
        (tmp_path / f"{module}.py").write_text("open('was_here', 'w').close()", encoding="utf-8")
    assert "no.xlsx" in run("check", "no.xlsx").replace("\n", "")
    assert not (tmp_path / "was_here").exists()


def test_a_new_workbook_calls_the_add_in_as_excel_stores_it() -> None:
    assert words("new", "C:\\a\\plan.XLSX") == ("new", "--functions", "excel")
    assert words("new", "plan.xlsm") == ("new",)
    assert words("regenerate", "plan.xlsx") == ("regenerate",)


def test_what_cannot_be_said_in_a_code_page_comes_back_whole(tmp_path: Path) -> None:
    assert "план €.xlsx" in run("check", str(tmp_path / "план €.xlsx")).replace("\n", "")


def test_a_report_is_written_again_and_the_earlier_one_kept(tmp_path: Path) -> None:
    plan = tmp_path / "plan.xlsx"
    run("new", str(plan))
    assert "Written: " in run("report", str(plan))
    plan.write_bytes(plan.read_bytes())
    assert "Written: " in run("report", str(plan))


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_every_action_has_a_button(action: str) -> None:
    assert f'"{action}"' in CODE or action == "new"
    assert 'RunCommand("new", ' in CODE
