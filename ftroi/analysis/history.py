"""What stands behind a figure besides its formula: the edition of the template, the approval, bills, and the Log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ftroi.analysis.risk.freshness import digest_of
from ftroi.plan import LogEntry, Plan
from ftroi.plan.billed import Billed
from ftroi.termsheet import Template, flat


@dataclass(frozen=True, slots=True)
class Approval:
    """Which plan bills are measured against, and whether its inputs are still those of the plan."""

    by: str
    day: date
    digest: str
    holds: bool


@dataclass(frozen=True, slots=True)
class History:
    """What a figure rests on: ``billed`` are the option's amounts in the categories that it counts, ``log`` the entries
    that tell of their files, of the figure, or of an assumption that it is computed from.

    ``template`` is its id, version and checksum; ``digest`` that of the plan's inputs.
    """

    template: str
    digest: str
    approval: Approval | None
    billed: tuple[Billed, ...]
    log: tuple[LogEntry, ...]


def history_of(plan: Plan, name: str) -> History:
    """The history of a line, category, measure or assumption, for the plan's option."""
    template, actuals, digest = plan.template, plan.actuals, digest_of(plan)
    wanted = flat(name) if name in template.categories else name
    names = {wanted, *_needed(template, wanted)}
    categories = [one for one in template.cost_categories if flat(one) in names]
    if not categories and wanted in template.lines:
        categories = [template.lines[wanted].category]
    billed: tuple[Billed, ...] = ()
    approval = None
    if actuals is not None:
        kept, option = actuals.baseline, plan.settings.option
        approval = Approval(kept.by, kept.day, kept.digest, kept.digest == digest)
        billed = tuple(one for one in actuals.billed if one.category in categories and one.option == option)
    edition = f"{template.id} {template.edition}"
    return History(edition, digest, approval, billed, tuple(_log(plan.log, names, {one.file for one in billed})))


def _needed(template: Template, name: str) -> set[str]:
    """Every line and assumption that a line is computed from, near or far."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        line = template.lines.get(waiting.pop())
        for needed, _ in line.needs if line else ():
            if needed not in found:
                found.add(needed)
                waiting.append(needed)
    return found


def _log(log: Iterable[LogEntry], names: set[str], files: set[str]) -> Iterator[LogEntry]:
    for entry in log:
        kind, _, rest = entry.what.partition(": ")
        told = {one.strip() for one in rest.partition(";")[0].split(",")}
        if kind == "Approved" or told & (files if kind == "Bills read" else names):
            yield entry
