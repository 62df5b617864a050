"""What the ribbon's buttons run."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.hosts.xlam.actions import ACTIONS, run
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


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_every_action_has_a_button(action: str) -> None:
    assert f'"{action}"' in CODE
