"""What should be put right before a template is handed on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ftroi.language import references
from ftroi.plan.resolve import formula_tree, moving_rule, own_cost_rule
from ftroi.termsheet import Template
from ftroi.termsheet.checks.review import review
from ftroi.termsheet.schema import ExampleTable
from tests.support.plans import fine_tuning

NAME = "rework_rate"


def with_table(**changes: object) -> Template:
    """The template with other fields in one assumption."""
    one = fine_tuning().assumptions[NAME]
    changed = replace(one, table=one.table.model_copy(update=changes))
    return replace(fine_tuning(), assumptions={**fine_tuning().assumptions, NAME: changed})


def with_examples(examples: tuple[ExampleTable, ...]) -> Template:
    """The template with other worked examples than its folder has."""
    template = replace(fine_tuning())
    vars(template)["examples"] = examples
    return template


def findings(template: Template) -> list[str]:
    """The findings that the shipped template does not have."""
    known = {str(finding) for finding in review(fine_tuning())}
    return [str(finding) for finding in review(template) if str(finding) not in known]


def test_the_shipped_template_has_none() -> None:
    assert [str(finding) for finding in review(fine_tuning())] == []


def test_an_assumption_that_no_line_reads_is_found() -> None:
    one = replace(fine_tuning().assumptions[NAME], name="idle_rate")
    template = replace(fine_tuning(), assumptions={**fine_tuning().assumptions, "idle_rate": one})
    (finding,) = findings(template)
    assert "no line uses 'idle_rate'" in finding


@pytest.mark.parametrize(
    "changes,what",
    [
        ({"source": "judgement", "note": " "}, "a judgement needs its reason"),
        ({"source": "hearsay"}, "no source 'hearsay'"),
        ({"fill_first": 1}, "fill_first = 1 is given twice"),
    ],
)
def test_what_is_unsourced_or_crowded_is_found(changes: dict[str, object], what: str) -> None:
    found = findings(with_table(**changes))
    assert found
    assert all(what in finding for finding in found)


def test_a_line_without_an_example_and_a_failing_example_are_found() -> None:
    examples = fine_tuning().examples
    first = examples[0]
    kept = tuple(example for example in examples if example.line != first.line)
    assert "has no worked example" in "".join(findings(with_examples(kept)))
    number = next(one for one in examples if one.expect)
    wrong = number.model_copy(update={"expect": (number.expect or 0) * 1.1})
    found = findings(with_examples((*examples, wrong)))
    assert any(number.name in finding for finding in found)


def test_what_a_plans_own_rules_mention_plays_a_part() -> None:
    local = {"own", "base", "toward", "least", "most", "month", "first_month", "last_month", "amount", "growth"}
    local.add("every")
    template = fine_tuning()
    tables = [one.table for one in template.assumptions.values() if one.table.kind == "uncertain"]
    rules = {*(moving_rule(template, table) for table in tables), own_cost_rule(template)}
    mentioned = {mention.name for rule in rules for mention in references(formula_tree(rule))}
    roles = template.views.roles
    assert len(rules) == 3
    assert mentioned - local == {roles.horizon, roles.case_strength, roles.months_per_year}
