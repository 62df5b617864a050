"""The template's own names stay out of the Python: what is shown and what plays a part stands in its TOML files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.support.plans import fine_tuning
from tests.support.project_files import sources

WORDS_OF_OURS = {
    "month": "a unit, a period, a bill's column, and the own costs' rule",
    "value": "a header, and what an enumeration or a table calls it",
    "project": "a setting",
    "difference": "how low and high travel with an own base",
    "irr": "a function of the language",
    "examples": "a folder of a template",
    "visible": "a palette of the theme",
    "hidden": "a palette of the theme, and the state of a user's sheet",
    "is_reference": "a fact of an option before the verdict",
    "crossings": "a key of JSON",
    "gate_month": "a key of JSON",
    "review_month": "a key of JSON",
    "deferral_months": "a key of JSON",
    "horizon_months": "a key of JSON",
    "net": "a row of FT_SCHEDULE",
    "tax": "a kind of bill",
    "do_nothing": "the option that NOTHING(...) looks at: every template has it",
    "costs": "a line that is generated for every template",
    "benefits": "a line that is generated for every template",
    "cash_benefits": "a line that is generated for every template",
    "own_cash_costs": "a line that is generated for every template",
    "own_economic_costs": "a line that is generated for every template",
    "pessimistic_npv": "a figure of gates that the engine alone gives",
    "probability_npv_positive": "a figure of gates that a simulation alone gives",
    "npv": "a key of JSON in `ftroi choices`",
}
"""Strings that are a name of the template by chance, or a name that every template has, with what they are."""

FILES_OF_NAMES = {
    "ftroi/workbook/xlsx/add_in_calls.py": "the one list of FT_ functions that bear a measure's name",
    "ftroi/functions/registry.py": "their help and examples",
    "ftroi/language/rules.py": "an example of a function",
    "ftroi/actuals/tracking.py": "keys of tracking.toml, which names the template's lines",
    "ftroi/workbook/sheets/checks/formulas.py": "the comparison of yearly conventions with measures of their name",
}
"""Files that may name figures of the template, with the reason."""


def template_names() -> frozenset[str]:
    """Every name of the template: assumptions, lines, measures, categories, options, gates and events."""
    template = fine_tuning()
    tables = (
        template.assumptions,
        template.lines,
        template.categories,
        template.options,
        template.gates,
        template.events,
    )
    return frozenset(name for table in tables for name in table)


def names_in(source: str, names: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The strings of a module that are such a name, or hold one with an underscore as a word, with their lines."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            words = {node.value, *(word for word in re.findall(r"[a-z_]+", node.value) if "_" in word)}
            yield from ((node.lineno, word) for word in sorted(words & names))


def test_a_name_is_seen_alone_and_within_a_formula() -> None:
    names = frozenset({"tco", "horizon_months", "value"})
    source = '"""tco"""\nx = "tco"\ny = f"MIN(1,horizon_months)"\nz = "the value of it"\n'
    assert list(names_in(source, names)) == [(2, "tco"), (3, "horizon_months")]


def test_the_python_names_nothing_of_the_template() -> None:
    names = template_names()
    found = [
        (name, line, word)
        for name, text in sources("ftroi/")
        if name not in FILES_OF_NAMES
        for line, word in names_in(text, names)
    ]
    faults = [f"{name}:{line}: '{word}' is the template's: let views.toml name it" for name, line, word in found
              if word not in WORDS_OF_OURS]  # fmt: skip
    assert not faults, "\n" + "\n".join(faults)
    needless = WORDS_OF_OURS.keys() - {word for _, _, word in found}
    assert not needless, f"no module has these any more: take them off the list: {sorted(needless)}"


def test_files_that_may_name_figures_do() -> None:
    names = template_names()
    texts = dict(sources("ftroi/"))
    assert [name for name in FILES_OF_NAMES if not any(names_in(texts.get(name, ""), names))] == []
