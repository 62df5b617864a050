"""A template that was changed under the id and version of a workbook is told, whoever is asked for a figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.functions.call import call
from ftroi.functions.session import EVALUATED, cached_template
from ftroi.workbook.schema import INPUTS
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.newcomer import copy_with_a_line
from tests.support.running import Ftroi

TOLD = "was made with another template of this id and version"


def figure(path: Path) -> object:
    """What FT_TCO says of a workbook's inputs, in a process that has not read the template before."""
    cached_template.cache_clear()
    EVALUATED.clear()
    with open_parts(path) as parts:
        area = parts.area_named(INPUTS)
        assert area is not None
        return call("FT_TCO", [[[cell.value for cell in row] for row in parts.cells(area)]])


@pytest.fixture
def changed(ftroi: Ftroi, tmp_path: Path) -> Path:
    """A workbook of a template whose formula was changed after it was made."""
    folder, path = copy_with_a_line(tmp_path), tmp_path / "plan.xlsx"
    ftroi.done("template", "add", folder)
    ftroi.done("new", path, "--template", "acme_tuning")
    assert isinstance(figure(path), float)
    lines = folder / "lines" / "cake.toml"
    lines.write_text(lines.read_text().replace("* cakes_a_month", "* (cakes_a_month + 1)"))
    return path


def test_each_command_tells_it_and_the_functions_refuse(changed: Path, ftroi: Ftroi) -> None:
    said = str(figure(changed))
    assert said.startswith("#FT: ")
    assert TOLD in said
    for command in ("calc", "compare", "check", "regenerate"):
        answer = ftroi(command, changed)
        said = " ".join((answer.out + answer.err).split())
        assert TOLD in said, command
        assert "ftroi regenerate" in said, command


def test_regenerating_takes_the_template_of_today(changed: Path, ftroi: Ftroi) -> None:
    ftroi.done("regenerate", changed, "--yes")
    assert isinstance(figure(changed), float)
    for command in ("calc", "compare", "check"):
        answer = ftroi.done(command, changed)
        assert TOLD not in answer.out + answer.err
