"""Each wrong input in a workbook gets one clear message that names its cell; all of them come together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.workbook.defined_name import DefinedName

from ftroi.errors import Finding, FtroiError, TemplateError, WorkbookError
from ftroi.termsheet import Template
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.reading.file import read_workbook
from tests.support.edited import Edit, Inputs, fine_tuning_by_id, light_workbook, put, rename_inputs
from tests.support.plans import fine_tuning


def findings_after(edit: Edit, path: Path, template: Template | None = None) -> tuple[Finding, ...]:
    """Edit a workbook, read it, and give the findings; the file has to stay as it was."""
    inputs = Inputs(path)
    edit(inputs)
    inputs.save()
    before = path.read_bytes()
    find = fine_tuning_by_id if template is None else (lambda _id: template)
    with pytest.raises(FtroiError) as caught:
        read_workbook(path, find)
    assert path.read_bytes() == before
    return caught.value.findings


def warnings_after(edit: Edit, path: Path, template: Template | None = None) -> tuple[Finding, ...]:
    """Edit a workbook that can still be computed, and give the warnings."""
    inputs = Inputs(path)
    edit(inputs)
    inputs.save()
    find = fine_tuning_by_id if template is None else (lambda _id: template)
    return read_workbook(path, find).warnings


# --- one cell ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key,header,typed,what,cure",
    [
        ("requests_per_month", "base", None, "is empty", "type a number"),
        ("requests_per_month", "base", "   ", "holds only blanks", "type a number"),
        ("requests_per_month", "base", "0.25", "holds the text '0.25', not a number", "not formatted as text"),
        ("requests_per_month", "base", "5\u00a0000", "not a number", "type a number"),
        ("case", "value", "base ", "has blanks around 'base', which the sheet counts", "without blanks"),
        ("requests_per_month", "base", "many", "holds the text 'many', not a number", "type a number"),
        ("requests_per_month", "base", "1,234", "holds the text '1,234', not a number", "type a number"),
        ("requests_per_month", "base", "1.234", "holds the text '1.234', not a number", "type a number"),
        ("requests_per_month", "base", "1e5 requests", "not a number", "type a number"),
        ("requests_per_month", "base", "nan", "not a number", "type a number"),
        ("requests_per_month", "base", True, "holds TRUE, not a number", "type 1 for yes"),
        ("requests_per_month", "base", "#REF!", "holds the error #REF!", "correct its formula"),
        ("requests_per_month", "base", "#DIV/0!", "holds the error #DIV/0!", "correct its formula"),
        ("requests_per_month", "base", "=1+2", "a formula that was never computed", "open the workbook"),
        ("requests_per_month", "low", None, "is empty", "type a number"),
        ("requests_per_month", "distribution", "normale", "no distribution 'normale'", "did you mean 'lognormal'?"),
        ("requests_per_month", "unit", "request/year", "is not the template's", "write request/month"),
        ("discount_rate", "base", 8, "8 is outside", "for 8% type 8% or 0.08"),
        ("horizon_months", "base", 12.5, "12.5 is not a whole number", "round it"),
        ("build_months", "rag", "soon", "not a number", "type a number"),
        ("build_months", "rag", -3, "-3 is outside", "inside"),
        ("withdrawal_date", "base", "next year", "holds the text 'next year', not a date", "2027-01-31"),
        ("withdrawal_date", "base", "2027-02-30", "holds the text '2027-02-30', not a date", "2027-01-31"),
        ("withdrawal_date", "base", -5, "'-5.0', not a date", "2027-01-31"),
        ("reference", "value", "promt_engineering", "is not an option of this plan", "'prompt_engineering'?"),
        ("candidate", "value", "distillation", "'distillation' is not an option of this plan", "choose from"),
        ("option", "value", "everything", "'everything' is not an option of this plan", "choose from"),
        ("case", "value", "worst", "no case 'worst'", "choose from optimistic, base, pessimistic"),
        ("start", "value", "soon", "holds the text 'soon', not a date", "2027-01-31"),
        ("start", "value", None, "is empty", "type a date"),
        ("currency", "value", "EUR", "the template's prices are in USD", "what one USD costs in EUR"),
        ("currency", "value", "dollars", "'dollars' is no currency", "three letters"),
        ("template", "value", "../evil", "is no template's id", "write the id"),
        ("template", "value", None, "is empty", "type a text"),
    ],
)
def test_a_wrong_cell_is_named(key: str, header: str, typed: object, what: str, cure: str, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    address = Inputs(path).cell(key, header).coordinate
    (finding,) = findings_after(put(key, typed, header), path)
    assert f"Assumptions!{address} (" in finding.where
    assert what in finding.what
    assert cure in finding.cure


def test_a_typed_end_that_does_not_enclose_the_base_is_told_with_its_cell(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    address = Inputs(path).cell("requests_per_month", "low").coordinate
    (finding,) = warnings_after(put("requests_per_month", 600_000, "low"), path)
    assert finding.what == "base 500,000 is below low 600,000"
    assert f"Assumptions!{address} (requests_per_month (low))" in finding.where


def test_a_value_of_an_option_where_the_plan_has_one_is_refused(tmp_path: Path) -> None:
    (finding,) = findings_after(put("horizon_months", 24, "rag"), light_workbook(tmp_path))
    assert (finding.what, finding.cure) == ("has one value for the whole plan", "clear the value of rag")


def test_all_wrong_cells_are_named_together(tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        put("requests_per_month", None)(inputs)
        put("discount_rate", 12)(inputs)
        put("case", "worst", "value")(inputs)
        put("build_months", "soon", "rag")(inputs)
        inputs.own_cost(1, label="Lawyers", amount=100)

    texts = "\n".join(str(finding) for finding in findings_after(edit, light_workbook(tmp_path)))
    assert len(texts.splitlines()) == 5
    for word in ("requests_per_month", "discount_rate", "worst", "build_months (rag)", "own cost 1"):
        assert word in texts


def test_a_date_typed_where_a_number_belongs_is_out_of_range(tmp_path: Path) -> None:
    """A spreadsheet turns 1-2 into a day; as a number that is some 46,000."""
    (finding,) = findings_after(put("rework_rate", datetime(2026, 2, 1)), light_workbook(tmp_path))  # noqa: DTZ001 - a cell's
    assert "is outside" in finding.what


# --- rows, headers and names -------------------------------------------------------------------------------


def test_an_unknown_name_gets_the_nearest(tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        row = inputs.row("rework_rate", after="name")
        inputs.sheet.cell(row, 1).value = "rework_rat"

    unknown, missing = findings_after(edit, light_workbook(tmp_path))
    assert (unknown.what, unknown.cure) == ("no assumption is named 'rework_rat'", "did you mean 'rework_rate'?")
    assert "rework_rate" in missing.where
    assert missing.cure == "restore it with Undo or from a backup"


def test_a_row_that_stands_twice_is_found(tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        inputs.sheet.cell(inputs.row("own cost") - 1, 1).value = "rework_rate"

    (finding,) = findings_after(edit, light_workbook(tmp_path))
    assert "stands twice" in finding.what


def test_a_missing_setting_is_found(tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        inputs.sheet.cell(inputs.row("candidate"), 1).value = None

    (finding,) = findings_after(edit, light_workbook(tmp_path))
    assert "candidate" in finding.where
    assert "has no row" in finding.what


@pytest.mark.parametrize("header", ["base", "low", "unit", "live"])
def test_a_missing_header_is_found(header: str, tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        inputs.sheet.cell(inputs.row("name"), inputs.column(header)).value = None

    (finding,) = findings_after(edit, light_workbook(tmp_path))
    assert finding.what == f"the header '{header}' is missing in this row"


def test_an_option_column_of_no_option_is_found(tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        inputs.sheet.cell(inputs.row("name"), inputs.column("rag")).value = "ragg"

    (finding,) = findings_after(edit, light_workbook(tmp_path))
    assert (finding.what, finding.cure) == ("no option 'ragg'", "did you mean 'rag'?")


@pytest.mark.parametrize("mark", ["setting", "name", "own cost"])
def test_a_missing_block_is_found(mark: str, tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        inputs.sheet.cell(inputs.row(mark), 1).value = None

    (finding,) = findings_after(edit, light_workbook(tmp_path))
    assert finding.what == f"FT_Inputs has no row that starts with '{mark}'"


def point_inputs_at(area: str) -> Edit:
    """The edit that lets FT_Inputs point somewhere else."""

    def edit(inputs: Inputs) -> None:
        inputs.book.defined_names["FT_Inputs"] = DefinedName("FT_Inputs", attr_text=area)

    return edit


@pytest.mark.parametrize(
    "edit,what,cure",
    [
        (rename_inputs(None), "has no name FT_Inputs", "define it on the sheet Assumptions"),
        (rename_inputs("FT_Input"), "has no name FT_Inputs", "did you mean 'FT_Input'? Rename it back"),
        (point_inputs_at("#REF!"), "points at no rectangle of cells (#REF!)", "point it at the inputs again"),
        (point_inputs_at("Elsewhere!$A$1:$B$9"), "points at no rectangle", "point it at the inputs again"),
        (point_inputs_at("Assumptions!$A$1:$XFD$9"), "16,384 columns", "point it at the inputs alone"),
        (point_inputs_at("Assumptions!$A$1:$B$2"), "has no row that starts with 'setting'", "point the name"),
    ],
)
def test_a_lost_name_is_explained(edit: Edit, what: str, cure: str, tmp_path: Path) -> None:
    finding = findings_after(edit, light_workbook(tmp_path))[0]
    assert what in finding.what
    assert cure in finding.cure


# --- own costs ---------------------------------------------------------------------------------------------

WHOLE = {
    "label": "Lawyers", "option": "all", "category": "hidden.compliance", "nature": "cash", "first_month": 1,
    "last_month": 12, "amount": 900, "growth": 0.02,
}  # fmt: skip


@pytest.mark.parametrize(
    "header,typed,what",
    [
        ("label", None, "is not complete: label is empty"),
        ("amount", None, "is not complete: amount is empty"),
        ("option", "nobody", "no option 'nobody'"),
        ("category", "hidden.complaince", "no category 'hidden.complaince'"),
        ("nature", "gold", "no nature 'gold'"),
        ("first_month", 13, "months 13 to 12 are reversed"),
        ("last_month", 2.5, "2.5, not a whole number"),
        ("amount", "a lot", "holds the text 'a lot', not a number"),
        ("growth", -2, "leaves nothing"),
        ("how_often", "weekly", "no payment 'weekly'"),
        ("growth", "#N/A", "holds the error #N/A"),
    ],
)
def test_a_wrong_own_cost_is_named(header: str, typed: object, what: str, tmp_path: Path) -> None:
    (finding,) = findings_after(lambda inputs: inputs.own_cost(2, **{**WHOLE, header: typed}), light_workbook(tmp_path))
    assert what in finding.what
    assert finding.where.startswith("Assumptions!")


def test_two_own_costs_of_one_label_are_found(tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        inputs.own_cost(1, **WHOLE)
        inputs.own_cost(2, **WHOLE)

    (finding,) = findings_after(edit, light_workbook(tmp_path))
    assert finding.what == "has the same label as another"


# --- versions and templates --------------------------------------------------------------------------------


def other_version(**changes: object) -> Template:
    """The template in a later version."""
    return replace(fine_tuning(), version="9.0.0", **changes)  # type: ignore[arg-type]  # fields of Template


def with_table(name: str, new_name: str, **changes: object) -> Template:
    """A later version in which one assumption has another name, or other fields."""
    assumptions = {}
    for key, one in fine_tuning().assumptions.items():
        is_it = key == name
        table = one.table.model_copy(update=changes) if is_it else one.table
        assumptions[new_name if is_it else key] = replace(one, name=new_name if is_it else key, table=table)
    return other_version(assumptions=assumptions)


def test_a_later_version_in_which_all_is_still_there_is_used_with_a_warning(tmp_path: Path) -> None:
    (warning,) = warnings_after(lambda _: None, light_workbook(tmp_path), other_version())
    assert warning.what == f"the workbook was made with version {fine_tuning().version} of the template"


def test_a_renamed_assumption_keeps_what_was_typed(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    inputs.cell("rework_rate").value = 0.31
    inputs.save()
    template = with_table("rework_rate", "rejection_rate", renamed_from="rework_rate")
    plan = read_workbook(path, lambda _id: template).plan
    assert plan.entries["rejection_rate"].base == 0.31
    assert "rework_rate" not in plan.entries


def test_a_name_that_has_gone_points_at_regenerate(tmp_path: Path) -> None:
    kept = {name: one for name, one in fine_tuning().assumptions.items() if name != "rework_rate"}
    (finding,) = findings_after(lambda _: None, light_workbook(tmp_path), other_version(assumptions=kept))
    assert finding.what == "is not in version 9.0.0 of the template"
    assert "ftroi regenerate" in finding.cure


def test_a_unit_that_has_changed_points_at_regenerate(tmp_path: Path) -> None:
    template = with_table("requests_per_month", "requests_per_month", unit="krequest/month")
    (finding,) = findings_after(lambda _: None, light_workbook(tmp_path), template)
    assert "is in request/month, and in krequest/month in version 9.0.0" in finding.what
    assert "ftroi regenerate" in finding.cure


def test_what_is_new_has_the_templates_figure_and_a_warning(tmp_path: Path) -> None:
    def edit(inputs: Inputs) -> None:
        inputs.sheet.cell(inputs.row("rework_rate", after="name"), 1).value = None

    version, new = warnings_after(edit, light_workbook(tmp_path), other_version())
    assert "made with version" in version.what
    assert new.what.startswith("is new in version 9.0.0: ")


def test_a_template_that_is_not_registered_is_refused_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "home"))
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    inputs.cell("template", "value").value = "acme_tuning"
    inputs.save()
    with pytest.raises(TemplateError) as caught:
        read_workbook(path, template_of_id)
    assert "ftroi template add" in str(caught.value)
    assert "Assumptions!" in str(caught.value)


# --- warnings ----------------------------------------------------------------------------------------------


def test_a_number_typed_over_a_live_cell_is_noticed(tmp_path: Path) -> None:
    (warning,) = warnings_after(put("rework_rate", 0.5, "live"), light_workbook(tmp_path))
    assert "was typed over with 0.5" in warning.what
    assert "type figures into" in warning.cure


def test_an_end_of_a_decision_is_not_used(tmp_path: Path) -> None:
    (warning,) = warnings_after(put("horizon_months", 24, "low"), light_workbook(tmp_path))
    assert warning.what == "low is not used: a decision is the same in every case"


# --- files -------------------------------------------------------------------------------------------------


def test_a_workbook_of_somebody_else_has_no_inputs(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(WorkbookError, match="has no name FT_Inputs; name a workbook made by 'ftroi new'"):
        read_workbook(tmp_path / "other.xlsx", fine_tuning_by_id)
