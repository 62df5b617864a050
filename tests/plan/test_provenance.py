"""A source stands only beside the figures that it stands for."""

from __future__ import annotations

from dataclasses import replace

from ftroi.plan import plan_from_preset
from ftroi.plan.provenance import ENTERED, basis_of, own_bases
from tests.support.edited import small_plan
from tests.support.plans import fine_tuning


def test_a_presets_figure_has_the_presets_note() -> None:
    preset = fine_tuning().presets["support_assistant"].assumptions["cash_share"]
    basis = basis_of(small_plan(), "cash_share")
    assert (basis.source, basis.note) == ("judgement", preset.note)


def test_a_templates_figure_has_the_title_of_its_source() -> None:
    table = fine_tuning().assumptions["inflation"].table
    basis = basis_of(small_plan(), "inflation")
    assert basis.source == fine_tuning().sources[table.source].title
    assert basis.checked == table.checked
    assert basis.evidence == "read at the source, high confidence"


def test_a_changed_figure_has_no_source_but_the_plan() -> None:
    changed = small_plan().with_base("inflation", 0.031)
    assert basis_of(changed, "inflation").source == ENTERED
    assert basis_of(changed, "wage_growth").source != ENTERED


def test_the_preset_of_the_plans_project_comes_first() -> None:
    plan = plan_from_preset(fine_tuning(), "clinical_summaries")
    preset = fine_tuning().presets["clinical_summaries"]
    for name, value in preset.assumptions.items():
        assert basis_of(plan, name).note == value.note, name


def test_every_value_of_an_option_has_a_basis() -> None:
    bases = list(own_bases(small_plan()))
    values = sum(len(entry.own) for entry in small_plan().entries.values())
    assert len(bases) == values
    assert [one for one in bases if one.basis.source == ENTERED or not one.basis.note] == []


def test_a_changed_value_of_an_option_is_entered_in_the_plan() -> None:
    plan = small_plan().with_own("build_months", "rag", 9)
    (changed,) = [one for one in own_bases(plan) if (one.option, one.assumption) == ("rag", "build_months")]
    assert (changed.value, changed.basis.source) == (9, ENTERED)


def test_another_project_changes_no_source() -> None:
    renamed = replace(small_plan()).with_settings(project="Another name")
    assert basis_of(renamed, "cash_share") == basis_of(small_plan(), "cash_share")
