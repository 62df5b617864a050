"""Bad entries of verdict.toml and gates.toml are refused with file, line, what is wrong and a suggestion."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.termsheet import load_template
from tests.support.own_template import changed_template
from tests.support.plans import fine_tuning


def refused(tmp_path: Path, *changes: tuple[str, str, str]) -> str:
    with pytest.raises(TemplateError) as caught:
        load_template(changed_template(tmp_path / "acme", *changes))
    return "\n".join(str(one) for one in caught.value.findings)


@pytest.mark.parametrize(
    "file, text, new, where, says",
    [
        ("verdict.toml", 'HOW_MANY(better) > 0"\nsentence', 'HOW_MENY(better) > 0"\nsentence',
         "verdict.toml:", "no function 'HOW_MENY'; did you mean 'HOW_MANY'?"),
        ("verdict.toml", "failed_checks > 0", "faild_checks > 0", "[clauses.no_verdict]",
         "did you mean 'failed_checks'?"),
        ("verdict.toml", "{best_gain:money_short}", "{best_gian:money_short}", "[clauses.choose_other]",
         "did you mean 'best_gain'?"),
        ("verdict.toml", "{best_gain:money_short}", "{best_gain:mony_short}", "[clauses.choose_other]",
         "no format 'mony_short' for a figure; did you mean 'money_short'?"),
        ("verdict.toml", "{best_gain:money_short}", "{best_gain:money_short", "[clauses.choose_other]",
         "a brace without its partner"),
        ("verdict.toml", "LARGEST(better)", "LARGEST(bettr)", "[figures.best_gain]", "did you mean 'better'?"),
        ("verdict.toml", 'option   = "best"', 'option   = "bst"', "[clauses.choose_other]", "did you mean 'best'?"),
        ("verdict.toml", "[clauses.commit]", "[clauses.comit]", "verdict.toml:", "clauses.comit"),
        ("verdict.toml", 'list = "let_off"', 'list = "letoff"', "verdict.toml", "did you mean 'let_off'?"),
        ("verdict.toml", 'today  = "quality_lead"', 'today  = "quality_led"', "[break_evens.quality]",
         "did you mean 'quality_lead'?"),
        ("verdict.toml", 'word     = "Commit"', 'word     = "Commit"\nwhen = "npv > 0"',
         "[clauses", "no last clause that always holds"),
        ("gates.toml", "sign * (figure - threshold), 6) >= 0", "sign * (figure - treshold), 6) >= 0",
         "[rule.columns.judged]", "did you mean 'threshold'?"),
        ("gates.toml", "{-figure:money_short} below", "{-figur:money_short} below", "[npv_over_untuned]",
         "did you mean 'figure'?"),
        ("gates.toml", 'figure    = "npv_over_untuned"', 'figure    = "npv_over_untund"', "[npv_over_untuned]",
         "did you mean 'npv_over_untuned'?"),
        ("checks.toml", "{last_start:day}", "{last_start:dy}", "[parts.available]", "no format 'dy'"),
        ("checks.toml", "is_candidate + is_reference", "is_candidat + is_reference", "[parts.available]",
         "did you mean 'is_candidate'?"),
    ],
)  # fmt: skip
def test_a_fault_is_refused(tmp_path: Path, file: str, text: str, new: str, where: str, says: str) -> None:
    told = refused(tmp_path, (file, text, new))
    assert re.search(rf"{file}:\d+:", told)
    assert where in told
    assert says in told


def test_what_the_clauses_look_at_is_known() -> None:
    rule = fine_tuning().how_to_decide
    assert {"npv", "npv_over_nothing", "materiality", "expected_npv"} <= set(rule.figures_asked)
    assert {"tco_pv", "break_even_lead"} <= set(rule.compared)
    assert rule.clauses[0].code == "no_verdict"
    assert rule.clauses[-1].when is None


def test_gates_without_a_rule_of_their_own_have_the_standard_one(tmp_path: Path) -> None:
    folder = changed_template(tmp_path / "acme")
    path = folder / "gates.toml"
    path.write_text(path.read_text(encoding="utf-8").split("[rule.words]")[0], encoding="utf-8")
    assert load_template(folder).how_gates_are_judged.words == fine_tuning().how_gates_are_judged.words
