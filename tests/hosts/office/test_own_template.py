"""A company's own copy of the template, in LibreOffice: its new line is known with nothing built anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.plan import calculate, plan_from_preset
from ftroi.termsheet.catalogue import register
from ftroi.workbook.write import write_workbook
from tests.support.calc import asked
from tests.support.function_answers import assert_error
from tests.support.office import Office

RAG = "rag"


def test_a_new_line_is_known_once_its_template_is_registered(
    functions_office: Office, calc_folder: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FTROI_HOME", str(calc_folder / "home"))
    plan = plan_from_preset(register(folder), "support_assistant", [RAG]).with_settings(option=RAG)
    path = tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    register_file = calc_folder / "home" / "templates.json"
    kept = register_file.read_bytes()
    register_file.unlink()
    with functions_office.opened(path, editable=True) as document:
        assert_error(asked(document, '=FT_COST("cake")'), ["acme_tuning", "ftroi template add"])
        register_file.write_bytes(kept)
        expected = float(calculate(plan).row("cake", RAG).sum())
        assert expected > 0
        for formula in ('=FT_COST("cake")', '=FT_COST("cake";;FT_Inputs)', f'=FT_COST("cake";;;"{RAG}")'):
            assert asked(document, formula) == pytest.approx(expected), formula
        assert "cakes_a_month" in str(asked(document, '=FT_EXPLAIN("cake";1)'))
