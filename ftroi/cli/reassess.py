"""``ftroi reassess``: today's prices and dates beside the plan, and those that are accepted into it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftroi.analysis.approval import void_approval
from ftroi.cli.console import console, figure_words, print_json, say, table, warn
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.dates import local_day
from ftroi.errors import Finding, PlanError
from ftroi.language import did_you_mean
from ftroi.plan import LogEntry, Plan
from ftroi.prices.reassess import Move, Reassessment, State, reassess, state_of
from ftroi.prices.tokens import price_age
from ftroi.termsheet.simulated_names import measure_headings

if TYPE_CHECKING:
    from ftroi.workbook.regeneration.regenerate import Examination

ALL, BY = "all", "ftroi reassess"


def show_reassessment(
    path: Path, models: Sequence[str], accepted: Sequence[str], *, accept: bool, as_json: bool
) -> None:
    """Say what has moved and what each move does; write what is accepted."""
    from ftroi.cli.writing import examined_for_writing

    found_file = examined_for_writing(path, accept=accept) if accepted else None
    asked = plan_asked(Question(path, None, None, (), None, "base"), one_option=False)
    today = local_day()
    found = reassess(asked.plan, _models(models, asked.plan), today)
    chosen = _accepted(found, accepted)
    asks = bool(found.moves) and not accepted and not as_json and sys.stdin.isatty()
    if asks:
        found_file = examined_for_writing(path, accept=accept)
        _head(today)
        _show(found)
        _show_withdrawals(found)
        chosen = _asked(found)
    told: dict[str, Any] = {"written": None, "backup": None}
    if found_file is not None and chosen:
        told = _write(found_file, found, chosen, today)
    warnings = [*asked.warnings, *(str(one) for one in found.notices), *_made_void(found.plan, chosen, told)]
    if as_json:
        print_json({**told, **_report(found, chosen, today), "warnings": warnings})
        return
    if not asks:
        _head(today)
        _show(found)
        _show_withdrawals(found)
    if told["written"]:
        say(f"Written to {told['written']}: {', '.join(move.key for move in chosen)}; the Log has before and after.")
    elif found.moves:
        say("Nothing is changed. Accept with --accept NAME, or --accept all.")
    warn(warnings)


def _made_void(plan: Plan, chosen: Sequence[Move], told: dict[str, Any]) -> Iterator[str]:
    """Say that an approval holds no longer because of what was written."""
    if told["written"] and not void_approval(plan) and (void := void_approval(_applied(plan, chosen))):
        yield void


def _report(found: Reassessment, chosen: Sequence[Move], today: date) -> dict[str, Any]:
    """What has moved and what it does, for JSON; money is not rounded."""
    prices = price_age(today)
    return {
        "prices": asdict(prices) | {"newest": prices.newest and prices.newest.isoformat()},
        "before": asdict(found.before), "together": asdict(found.together),
        "moves": {
            move.key: {**asdict(move), "alone": asdict(found.alone[move.key]), "accepted": move in chosen}
            for move in found.moves
        },
        "withdrawals": {
            option: {"on": one.day.isoformat(), "without": asdict(one.without)}
            for option, one in found.withdrawals.items()
        },
        "staying": asdict(found.staying),
    }  # fmt: skip


def _head(today: date) -> None:
    prices = price_age(today)
    age = prices.age(today)
    say(
        f"Token prices: {prices.package} {prices.version}, newest day {prices.newest}, {age} days old; nothing fetched."
    )


def _asked(found: Reassessment) -> list[Move]:
    """Ask of each move whether it is to be written; no answer is no."""
    import typer

    questions = (
        f"Write {move.key}: {figure_words(move.now, move.unit)} in place of {figure_words(move.was, move.unit)}?"
        for move in found.moves
    )
    return [move for move, question in zip(found.moves, questions, strict=True) if typer.confirm(question)]


def _models(words: Sequence[str], plan: Plan) -> dict[str, str]:
    """Read "model", which is the proposed option's, or "option=model"."""
    pairs = (word.rpartition("=") for word in words)
    return {option or plan.settings.candidate: model for option, _, model in pairs}


def _accepted(found: Reassessment, names: Sequence[str]) -> list[Move]:
    known = [move.key for move in found.moves]
    findings = []
    for name in names:
        if name not in (*known, ALL):
            cure = did_you_mean(name, known) or f"choose from {', '.join([*known, ALL])}"
            findings.append(Finding(f"--accept {name}", "has not moved", cure))
    if findings:
        raise PlanError(*findings)
    return [move for move in found.moves if ALL in names or move.key in names]


def _applied(plan: Plan, chosen: Sequence[Move]) -> Plan:
    """The plan with the prices that were accepted."""
    for move in chosen:
        plan = move.applied(plan)
    return plan


def _write(found_file: Examination, found: Reassessment, chosen: Sequence[Move], today: date) -> dict[str, str | None]:
    from ftroi.cli.writing import write_revision
    from ftroi.workbook.regeneration.regenerate import Revision

    def applied(plan: Plan) -> Plan:
        return _applied(plan, chosen)

    entries = [LogEntry(today, f"Price: {move.key}", move.was, move.now, BY, move.source) for move in chosen]
    before, after = found.before, state_of(applied(found.plan))
    moved = ((before.cost, after.cost), (before.gain, after.gain))
    for heading, (was, now) in zip(measure_headings(found.plan.template).values(), moved, strict=True):
        if was is not None and now is not None:
            entries.append(LogEntry(today, f"{heading} of the proposed option, by these prices", was, now, BY))
    entries.append(LogEntry(today, "Verdict, by these prices", before.verdict, after.verdict, BY))
    return write_revision(found_file, Revision(applied, tuple(entries)), today)


def _show(found: Reassessment) -> None:
    if not found.moves:
        say("No price has moved.")
        return
    measures = measure_headings(found.plan.template).values()
    headers = ("Price", "In the plan", "Listed", *measures, "Verdict", "Source")
    rows = [
        (move.key, figure_words(move.was, move.unit), figure_words(move.now, move.unit),
         *_effect(found.before, found.alone[move.key]), move.source)
        for move in found.moves
    ]  # fmt: skip
    rows.append(("All together", "", "", *_effect(found.before, found.together), ""))
    console().print(table(f"What has moved, in {found.plan.settings.currency}", headers, rows, headers[1:5]))


def _show_withdrawals(found: Reassessment) -> None:
    """What the withdrawal of each product within the plan does, beside the plan in which it stays."""
    if not found.withdrawals:
        return
    rows = [
        (found.plan.template.options[option].label, one.day.isoformat(), *_effect(one.without, found.before))
        for option, one in found.withdrawals.items()
    ]
    rows.append(("All together", "", *_effect(found.staying, found.before)))
    headers = ("Withdrawn by its vendor", "On", "TCO", "NPV", "Verdict")
    title = f"What withdrawals do, in the plan already, in {found.plan.settings.currency}"
    console().print(table(title, headers, rows, headers[2:4]))


def _effect(before: State, after: State) -> tuple[str, str, str]:
    gain = "" if before.gain is None or after.gain is None else f"{round(after.gain - before.gain):+,}"
    verdict = after.verdict if after.verdict != before.verdict else f"{after.verdict} (as before)"
    return f"{round(after.cost - before.cost):+,}", gain, verdict
