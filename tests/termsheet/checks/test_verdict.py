"""Clauses that can never hold and gates that nothing looks at are findings of a template's review."""

from __future__ import annotations

from pathlib import Path

from ftroi.termsheet import load_template
from ftroi.termsheet.checks.review import review
from ftroi.termsheet.checks.verdict import check_verdict
from tests.support.own_template import changed_template
from tests.support.plans import fine_tuning


def found(tmp_path: Path, *changes: tuple[str, str, str]) -> list[str]:
    template = load_template(changed_template(tmp_path / "acme", *changes))
    return [str(one) for one in check_verdict(template)]


def test_the_shipped_verdict_has_none() -> None:
    assert list(check_verdict(fine_tuning())) == []


def test_a_clause_after_one_that_always_holds(tmp_path: Path) -> None:
    (told,) = found(tmp_path, ("verdict.toml", 'when     = "NOT(IS_BLANK(unsure))"', 'when     = "1 > 0"'))
    assert "[clauses.commit]" in told
    assert "can never hold: [clauses.pilot] before it always does" in told


def test_a_clause_whose_condition_never_holds(tmp_path: Path) -> None:
    (told,) = found(tmp_path, ("verdict.toml", 'when     = "NOT(IS_BLANK(pending))"', 'when     = "1 > 2"'))
    assert "[clauses.not_yet]" in told
    assert "its condition never does" in told


def test_gates_that_no_clause_looks_at(tmp_path: Path) -> None:
    """Without the conditions nothing is left that asks for optional gates."""
    conditions = '  { list = "remaining", when = "code = commit" },\n  { list = "let_off" },\n'
    told = found(tmp_path, ("verdict.toml", conditions, ""))
    assert len(told) >= 3
    assert all("no clause of the verdict looks at this gate" in one for one in told)
    assert any("[rollback_rehearsed]" in one for one in told)
    assert not any("[approved_budget]" in one for one in told)


def test_a_clause_that_looks_at_what_depends_on_the_verdict(tmp_path: Path) -> None:
    told = found(tmp_path, ("verdict.toml", '"HOW_MANY(contender) > 1"', '"largest_move > 1"'))
    for name in ("move", "size"):
        assert any(f"a clause looks at '{name}', which depends on the clause that holds" in one for one in told)


def test_the_review_has_them(tmp_path: Path) -> None:
    folder = changed_template(tmp_path / "acme", ("verdict.toml", '"NOT(IS_BLANK(unsure))"', '"1 > 0"'))
    assert any("can never hold" in str(one) for one in review(load_template(folder)))
