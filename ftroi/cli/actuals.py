"""``ftroi actuals``: bills beside the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ftroi.actuals.formats import Format, read_formats
from ftroi.actuals.ledger import Ledger, Rate, joined
from ftroi.actuals.read import Choice, currency_code, read_bill
from ftroi.actuals.rules import Rule, not_assigned, read_rules, rules_of
from ftroi.actuals.tracking import CHOICES, Tracked, track
from ftroi.analysis.report import head_of, settings_of
from ftroi.cli.calc import heading
from ftroi.cli.console import console, figure_words, print_json, say, table, warn
from ftroi.cli.output import Output
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.errors import BillError, Finding, FtroiError
from ftroi.plan import Plan

if TYPE_CHECKING:
    from ftroi.cli.actuals_write import BillsWriting

_RATE = re.compile(r"(.+)=(\d*[1-9.]\d*\.?\d*)@(\d{4}-\d\d-\d\d)")
_MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """How bills are read and compared, as the command line says it."""

    basis: Literal["effective", "billed"]
    rates: tuple[str, ...]
    accounts: tuple[str, ...]
    mapping: Path | None
    rules: Path | None
    approved: Path | None
    until: str | None
    write: bool = False
    accept: bool = False


def show_actuals(
    question: Question, bills: Sequence[Path], wanted: Wanted, output: Output | None, *, as_json: bool
) -> None:
    """Compare bills with a plan and show the outcome."""
    writing = _writing(question, wanted)
    asked = plan_asked(question, one_option=True)
    plan = asked.plan
    choice = _choice(plan, wanted)
    ledger = _ledger(plan, bills, choice, wanted)
    rules = _rules(plan, wanted)
    approved = None
    if wanted.approved:
        approved = plan_asked(
            Question(wanted.approved, None, None, (), question.option, question.case), one_option=True
        )
    found = track(
        plan, ledger, rules, approved=approved.plan if approved else None, option=question.option, until=wanted.until
    )
    if output is not None:
        output.write(found.charges.drop(columns=["key"]), "Charges")
    warnings = [*asked.warnings, *(str(note) for note in found.notes)]
    if writing is not None:
        from ftroi.cli.actuals_write import show_written

        told = writing.write(found, bills, choice, rules, approved.plan if approved else None)
        show_written(told, [*warnings, *told.notes], as_json=as_json)
        return
    if as_json:
        print_json(_report(found, rules, wanted) | {"warnings": warnings})
        return
    say(*heading(plan.with_settings(option=found.option), option=True))
    _show(found)
    warn(warnings)


def _writing(question: Question, wanted: Wanted) -> BillsWriting | None:
    """Examine the workbook that is to be written, before any bill is read."""
    if not wanted.write:
        return None
    from ftroi.cli.actuals_write import BillsWriting

    return BillsWriting.of(question, wanted.rates, accept=wanted.accept)


def _rules(plan: Plan, wanted: Wanted) -> dict[str, Rule]:
    """The rules of the file that was named, then those of the workbook's sheet Mapping, else the template's."""
    from ftroi.actuals.keep import rules_of_sheet

    named = read_rules(wanted.rules) if wanted.rules else {}
    kept = rules_of_sheet(plan.actuals.rules) if plan.actuals and plan.actuals.rules else rules_of(plan.template)
    return {**named, **{name: rule for name, rule in kept.items() if name not in named}}


def _choice(plan: Plan, wanted: Wanted) -> Choice:
    """How bills are read: by the mappings of the file that was named, and those that the workbook keeps."""
    from ftroi.actuals.keep import mappings_of_sheet

    named: dict[str, Format] = read_formats(wanted.mapping) if wanted.mapping else {}
    kept = mappings_of_sheet(plan.actuals.mappings) if plan.actuals else {}
    return Choice(wanted.basis, plan.settings.currency, {**kept, **named})


def _ledger(plan: Plan, bills: Sequence[Path], choice: Choice, wanted: Wanted) -> Ledger:
    """Read all bills; raises BillError with the findings of every one of them."""
    from ftroi.workbook.xlsx.safe_files import require_workbook

    findings: list[Finding] = []
    read = []
    for path in bills:
        try:
            if _is_packed(path):
                require_workbook(path)
            read.append(read_bill(path, choice))
        except FtroiError as error:
            findings.extend(error.findings)
    if findings:
        raise BillError(*findings)
    return joined(read, plan.settings.currency, _rates(wanted.rates), wanted.accounts)


def _is_packed(path: Path) -> bool:
    """Say whether a file is a zip archive, as workbooks are: it is then looked at before anything is unpacked."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(2) == b"PK"


def _rates(words: Sequence[str]) -> dict[str, Rate]:
    """Read rates such as EUR=1.08@2026-03-31. Raises BillError."""
    rates = {}
    for word in words:
        try:
            name, amount, day = _RATE.fullmatch(word).groups()  # type: ignore[union-attr]  # caught below
            rates[currency_code(name)] = Rate(float(amount), date.fromisoformat(day))
        except (AttributeError, ValueError):
            cure = "write money of the plan for one unit, and the day: --rate EUR=1.08@2026-03-31"
            raise BillError(Finding("--rate", f"'{word}' is no dated rate", cure)) from None
    return rates


# --- what is shown ---------------------------------------------------------------------------------------------


def _show(found: Tracked) -> None:
    currency, out = found.plan.settings.currency, console()
    headers = ("", "Plan", "Billed", "Variance")
    rows = [*map(_row, found.categories), ("Together", *_figures(found.planned, found.actual))]
    out.print(
        table(f"To date, {currency}: months 1 to {found.to_date}, categories with bills", headers, rows, headers[1:])
    )
    out.print(table("By month", headers, map(_row, found.months), headers[1:]))
    if found.apart:
        apart = ((why.capitalize(), figure_words(amount, "money")) for why, amount in found.apart.items())
        out.print(table("Billed, and not compared", ("", "Billed"), apart, ("Billed",)))
    if "not assigned" in found.apart:
        out.print(table("Largest not assigned", ("Service", "Charge", "Billed", "From"), _rest(found), ("Billed",)))
    say(*_sentences(found))


def _row(row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a Row, which rich's table takes as texts
    return row.label, *_figures(row.planned, row.actual)


def _figures(planned: float, actual: float) -> tuple[str, str, str]:
    return figure_words(planned, "money"), figure_words(actual, "money"), f"{round(actual - planned):+,}"


def _rest(found: Tracked) -> Iterator[tuple[str, ...]]:
    for row in not_assigned(found.charges).head(_MOST_SHOWN).itertuples():
        yield str(row.service), str(row.description), figure_words(float(row.amount), "money"), f"{row.file}:{row.line}"


def _sentences(found: Tracked) -> Iterator[str]:
    currency, forecast = found.plan.settings.currency, found.forecast
    yield f"Measured against {found.against}."
    share = f", {forecast.variance / forecast.planned:+.1%}" if forecast.planned else ""
    yield (
        f"At completion: {currency} {forecast.at_completion:,.0f}, against {forecast.planned:,.0f} planned "
        f"({forecast.variance:+,.0f}{share}). Categories without bills are taken as planned."
    )
    if found.effects is not None:
        effects = asdict(found.effects)
        told = ", ".join(f"{name} {value:+,.0f}" for name, value in effects.items() if round(value))
        yield f"Of what is billed by token, the variance is {found.effects.total:+,.0f}: {told or 'nothing'}."
    if found.later is not None:
        worth = {name: getattr(found.later, name) for name in CHOICES}
        told = ", ".join(f"{CHOICES[name].lower()} {value:,.0f}" for name, value in worth.items())
        yield f"{found.later.told(found.to_date)}, by later flows alone: {CHOICES[found.later.best]} ({told})."


def _report(found: Tracked, rules: dict[str, Rule], wanted: Wanted) -> dict[str, Any]:
    """All of it for JSON; money is not rounded."""
    forecast = found.forecast
    return {
        **head_of(found.plan), "option": found.option, **settings_of(found.plan), "basis": wanted.basis,
        "months_to_date": found.to_date, "against": found.against,
        "categories": {row.name: _sums(row) for row in found.categories},
        "months": {row.name: _sums(row) for row in found.months},
        "apart": dict(found.apart), "kinds": dict(found.kinds),
        "forecast": asdict(forecast) | {"at_completion": forecast.at_completion, "variance": forecast.variance},
        "effects": None if found.effects is None else asdict(found.effects),
        "later": None if found.later is None else asdict(found.later) | {"best": found.later.best},
        "not_assigned": [
            {"service": row.service, "description": row.description, "kind": row.kind, "amount": float(row.amount),
             "rows": int(row.rows), "file": row.file, "line": int(row.line)}
            for row in not_assigned(found.charges).itertuples()
        ],
        "rules": {
            name: {"category": rule.category, "option": rule.option, **rule.patterns} for name, rule in rules.items()
        },
    }  # fmt: skip


def _sums(row: Any) -> dict[str, float]:  # noqa: ANN401 - a Row
    return {"planned": row.planned, "actual": row.actual, "variance": row.variance}
