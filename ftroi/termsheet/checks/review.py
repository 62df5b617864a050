"""The review of a template before it is published: unused, unsourced or untested entries.

Its findings do not stop a computation, so that they are no part of loading a template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ftroi.errors import Finding
from ftroi.language import did_you_mean
from ftroi.termsheet.checks.lines import check_examples
from ftroi.termsheet.checks.verdict import check_verdict
from ftroi.termsheet.checks.views import named
from ftroi.termsheet.examples import run_examples
from ftroi.termsheet.model import Assumption, Template
from ftroi.termsheet.schema import JUDGEMENT


def review(template: Template) -> list[Finding]:
    """All findings of the review.

    These are assumptions that no line reads, values without a source or a reason, positions among the inputs to fill
    first that are given twice, lines without a worked example, examples that fail, clauses of the verdict that never
    hold, and gates that no clause reads.
    """
    return [
        *_unused(template),
        *(finding for assumption in template.assumptions.values() for finding in _unsourced(assumption, template)),
        *_without_source(template),
        *_duplicate_positions(template),
        *check_verdict(template),
        *check_examples(template),
        *run_examples(template.lines, template.examples),
    ]


def _unused(template: Template) -> Iterator[Finding]:
    read = {name for line in template.lines.values() for name, _via in line.needs}
    read |= {name for _, name, _ in named(template.views.roles)}
    for assumption in template.assumptions.values():
        if assumption.name not in read:
            yield Finding(assumption.where, f"no line uses '{assumption.name}'", "use it in a formula, or remove it")


def _unsourced(one: Assumption, template: Template) -> Iterator[Finding]:
    source = one.table.source
    if source == JUDGEMENT:
        if not one.table.note.strip():
            yield Finding(one.where, "a judgement needs its reason", "write it in the note")
    elif source not in template.sources:
        cure = did_you_mean(source, template.sources) or "add it to sources.toml, or write 'judgement' with a note"
        yield Finding(one.where, f"no source '{source}'", cure)


def _without_source(template: Template) -> Iterator[Finding]:
    for name, one in template.correlations.items():
        if one.source != JUDGEMENT and one.source not in template.sources:
            cure = did_you_mean(one.source, template.sources) or "add it to sources.toml, or write 'judgement'"
            yield Finding(f"correlations.toml: [{name}]", f"no source '{one.source}'", cure)


def _duplicate_positions(template: Template) -> Iterator[Finding]:
    places = {
        assumption: assumption.table.fill_first
        for assumption in template.assumptions.values()
        if assumption.table.fill_first
    }
    taken = Counter(places.values())
    for one, place in places.items():
        if taken[place] > 1:
            yield Finding(one.where, f"fill_first = {place} is given twice", "give each its own place, 1 to 15")
