"""Assigning a cost category and an option to each charge, by rules that are data and can be changed.

The first rule whose patterns all match applies; a category that the file itself states takes precedence. A charge that
no rule matches remains unassigned, and is included in all sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from ftroi.actuals.coded import coded, constant, filled
from ftroi.actuals.formats import KINDS
from ftroi.errors import BillError, Finding
from ftroi.language import did_you_mean
from ftroi.plan import Plan
from ftroi.termsheet import Template
from ftroi.termsheet.files import read_toml
from ftroi.termsheet.schema import Table

RULES_FILE = "bill_rules.toml"
"""The file of a template's rules, which it may go without: nothing is assigned then."""

OUTSIDE = "outside"
"""The category of charges that are no cost of the plan, such as tax."""

CANDIDATE = "candidate"
"""Stands for the option that the plan proposes."""

STATED = "stated in the file"
"""The rule of a charge whose file states its category."""

_PATTERNS = ("service", "description", "unit", "provider", "format", "kind", "account")


class Rule(Table):
    """One rule: patterns that must all fit, and the category and option that follow."""

    service: str = ""
    description: str = ""
    unit: str = ""
    provider: str = ""
    format: str = ""
    kind: str = Field("", description=f"A pattern over {', '.join(KINDS)}.")
    account: str = ""
    category: str = Field(min_length=1, description="A cost category of the template, or 'outside'.")
    option: str = CANDIDATE
    note: str = ""

    @property
    def patterns(self) -> dict[str, str]:
        """The patterns that the rule has, by column."""
        return {name: pattern for name in _PATTERNS if (pattern := getattr(self, name))}


def rules_of(template: Template) -> dict[str, Rule]:
    """A template's rules by name, in order. Raises BillError."""
    path = template.folder / RULES_FILE
    return read_rules(path) if path.is_file() else {}


def read_rules(path: Path) -> dict[str, Rule]:
    """Read a file of rules. Raises BillError, or TemplateError where it is no TOML."""
    file = read_toml(path.parent, path.name)
    findings: list[Finding] = []
    read = {name: file.model(Rule, name, table, findings) for name, table in file.tables.items()}
    rules = {name: rule for name, rule in read.items() if rule is not None}
    for name, rule in rules.items():
        findings.extend(wrong_patterns(file.where(name), rule))
    if findings:
        raise BillError(*findings)
    return rules


def wrong_patterns(where: str, rule: Rule) -> Iterable[Finding]:
    """Find patterns that are none, and a rule without any."""
    if not rule.patterns:
        yield Finding(where, "has no pattern, and would take every charge", "add a pattern, such as service")
    for name, pattern in rule.patterns.items():
        try:
            re.compile(pattern)
        except re.error as error:
            yield Finding(where, f"'{name}' is no pattern ({error})", "put a backslash before signs such as ( and +")


def wrong_names(rules: Mapping[str, Rule], template: Template, options: Iterable[str]) -> list[Finding]:
    """Find rules with a category that a template, or an option that its plan, does not have."""
    categories, known, findings = (*template.cost_categories, OUTSIDE), (*options, CANDIDATE), []
    for name, rule in rules.items():
        if rule.category not in categories:
            cure = did_you_mean(rule.category, categories) or f"choose from {', '.join(categories)}"
            findings.append(Finding(f"rule {name}", f"no category '{rule.category}'", cure))
        if rule.option not in known:
            cure = did_you_mean(rule.option, known) or f"choose from {', '.join(known)}"
            findings.append(Finding(f"rule {name}", f"no option '{rule.option}'", cure))
    return findings


def assigned(charges: Any, rules: Mapping[str, Rule], plan: Plan) -> Any:
    """The charges with ``category``, ``option`` and ``rule``; all three are "" where no rule fits.

    Raises BillError where a file, or a rule, names what the plan does not have.
    """
    import pandas as pd

    if findings := wrong_names(rules, plan.template, plan.settings.options):
        raise BillError(*findings)
    names = ["", STATED, *rules]
    stated = (charges["category"] != "").to_numpy()
    _check_stated(charges[stated], plan)
    place = np.where(stated, 1, 0).astype(np.int16)
    for number, rule in enumerate(rules.values(), start=2):
        free = place == 0
        if not free.any():
            break
        place[free & _fits(charges, rule)] = number
    candidate = plan.settings.candidate
    options = ["", "", *(candidate if rule.option == CANDIDATE else rule.option for rule in rules.values())]
    categories = ["", "", *(rule.category for rule in rules.values())]
    option, category = coded(place, options), coded(place, categories)
    if stated.any():
        of_file = filled(charges["option"], (charges["option"] == "").to_numpy(), constant(candidate, len(charges)))
        option, category = filled(option, stated, of_file), filled(category, stated, charges["category"])
    by = pd.Categorical.from_codes(place, pd.Index(names))
    return charges.assign(category=category, option=option, rule=by)


def _fits(charges: Any, rule: Rule) -> Any:
    """Say which charges a rule fits; each text is looked at once, however many charges have it."""
    fits = np.ones(len(charges), dtype=bool)
    for name, pattern in rule.patterns.items():
        compiled = re.compile(pattern, re.IGNORECASE)
        texts = charges[name].cat
        known = np.array([compiled.search(str(text)) is not None for text in texts.categories], dtype=bool)
        fits &= known[texts.codes.to_numpy()]
    return fits


def _check_stated(charges: Any, plan: Plan) -> None:
    """Raise BillError where a file states a category or an option that the plan does not have."""
    known = {"category": (*plan.template.cost_categories, OUTSIDE), "option": (*plan.settings.options, "")}
    findings = []
    for name, allowed in known.items():
        for word in charges[name].unique():
            if word not in allowed:
                row = charges[charges[name] == word].iloc[0]
                cure = did_you_mean(str(word), allowed) or f"choose from {', '.join(filter(None, allowed))}"
                findings.append(Finding(f"{row['file']}:{row['line']}: {name}", f"the plan has no '{word}'", cure))
    if findings:
        raise BillError(*findings)


def not_assigned(charges: Any) -> Any:
    """The charges that no rule fits, summed by what they say, the largest first."""
    rest = charges[charges["rule"] == ""]
    groups = rest.groupby(["service", "description", "kind"], observed=True)
    table = groups.agg(
        amount=("amount", "sum"), rows=("amount", "size"), file=("file", "first"), line=("line", "first")
    )
    return table.reset_index().sort_values("amount", ascending=False, key=abs, ignore_index=True)
