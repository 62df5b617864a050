"""Converting charges to the amounts that a workbook stores, and the rows of its sheet Mapping back to rules.

Similar charges of a file become one amount. Importing a file again replaces its earlier amounts, which are recognised
by the file's content or name; amounts of other files remain.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from ftroi.actuals.formats import Format
from ftroi.actuals.read import Choice
from ftroi.actuals.rules import Rule, wrong_patterns
from ftroi.actuals.tracking import Tracked
from ftroi.analysis.risk.freshness import digest_of
from ftroi.errors import BillError, Finding
from ftroi.plan import Plan, calculate
from ftroi.plan.billed import EFFECTS, PROMISED, Actuals, Baseline, Billed, Described, Mapped
from ftroi.termsheet import flat
from ftroi.termsheet.files import TomlFile

_DIGITS = 12
_ALIKE = ["month", "category", "option", "kind", "unit", "rule", "charge", "file", "format", "account"]
_MOST_UNKNOWN = 200
"""Kinds of charges of a file without a rule that are told apart; the rest stands as one."""

_REST = "other charges"

_SPELT = ("scale", "end_is_last")
"""Entries of a mapping that are no texts, lists or tables."""


@dataclass(frozen=True)
class Kept:
    """What a workbook will keep, and what is to be said of it."""

    actuals: Actuals
    notes: tuple[Finding, ...]
    added: int
    replaced: int


def kept_of(
    found: Tracked,
    bills: Iterable[Path],
    choice: Choice,
    rules: Mapping[str, Rule],
    baseline: Baseline,
) -> Kept:
    """Put the charges that were tracked beside those that the plan keeps already.

    Raises BillError where a month of an account is kept from another file of the same format, which is not among the
    bills: only together can be told what stands in both.
    """
    before, basis = found.plan.actuals, choice.basis
    sums = _checksums(bills)
    old = before.billed if before else ()
    stay = tuple(one for one in old if one.file not in sums and one.checksum not in sums.values())
    if before and before.billed and stay and before.basis != basis:
        what = f"the workbook keeps amounts of {stay[0].file} as {before.basis}, and these bills are read as {basis}"
        raise BillError(Finding("--basis", what, f"add --basis {before.basis}, or name all bills again"))
    fresh = tuple(_billed(found.charges, sums))
    if findings := list(_overlapping(stay, fresh)):
        raise BillError(*findings)
    actuals = Actuals(
        baseline, max(found.to_date, before.to_date if before and stay else 0), basis, _sorted((*stay, *fresh)),
        tuple(mapped_of(rules)), _effects(found) if not stay else {},
        tuple(described_of(choice.mappings)),
    )  # fmt: skip
    return Kept(actuals, tuple(_changed(old, sums)), len(fresh), len(old) - len(stay))


def frozen(plan: Plan, option: str, by: str, day: date) -> Baseline:
    """Freeze a plan's cost of an option by category and month, with what it promises."""
    results = calculate(plan)
    months = {
        name: tuple(float(one) for one in results.row(flat(name), option)) for name in plan.template.cost_categories
    }
    roles = plan.template.views.roles
    named = {part: getattr(roles, part) for part in PROMISED}
    promised = {part: results.number(name, option) for part, name in named.items() if name}
    return Baseline(day, by, option, digest_of(plan), months, promised=promised)


def _checksums(bills: Iterable[Path]) -> dict[str, str]:
    """The files' checksums by name; raises BillError where two files have one name."""
    sums: dict[str, str] = {}
    for path in dict.fromkeys(bill.resolve() for bill in bills):
        made = checksum(path)
        if sums.setdefault(path.name, made) != made:
            what = "is the name of two different files, which could not be told apart in the workbook"
            raise BillError(Finding(path.name, what, "rename one of them"))
    return sums


def checksum(path: Path) -> str:
    """A short text that is another when the file's content is."""
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:_DIGITS]


def mapped_of(rules: Mapping[str, Rule]) -> Iterator[Mapped]:
    """Rules as the sheet Mapping has them."""
    for name, rule in rules.items():
        yield Mapped(name, rule.patterns, rule.category, rule.option, rule.note)


def described_of(mappings: Mapping[str, Format]) -> Iterator[Described]:
    """Mappings as the sheet Mapping has them, an entry a row; lists and tables as JSON."""
    for name, form in mappings.items():
        for entry, value in form.model_dump(exclude_defaults=True, mode="json").items():
            yield Described(name, entry, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def mappings_of_sheet(described: Iterable[Described]) -> dict[str, Format]:
    """The mappings of a sheet Mapping. Raises BillError with every entry that is none."""
    findings: list[Finding] = []
    tables: dict[str, dict[str, object]] = defaultdict(dict)
    for one in described:
        tables[one.bill][one.entry] = _entry(one, findings)
    sheet = TomlFile("Mapping", {}, {})
    read = {name: sheet.model(Format, name, table, findings) for name, table in tables.items()}
    if findings:
        raise BillError(*findings)
    return {name: form for name, form in read.items() if form is not None}


def _entry(one: Described, findings: list[Finding]) -> object:
    """What an entry holds: a text, or the list, table or number that it spells."""
    if not one.value.startswith(("[", "{")) and one.entry not in _SPELT:
        return one.value
    try:
        return json.loads(one.value)
    except ValueError:
        what = f"'{one.value[:40]}' cannot be read"
        findings.append(Finding(f"Mapping: [{one.bill}] {one.entry}", what, 'write it as ["one", "other"]'))
        return one.value


def rules_of_sheet(mapped: Sequence[Mapped]) -> dict[str, Rule]:
    """The rules of a sheet Mapping, in order. Raises BillError with every row that is no rule."""
    rules: dict[str, Rule] = {}
    findings: list[Finding] = []
    for number, one in enumerate(mapped, start=1):
        where = f"Mapping, rule {number}{f' ({one.name})' if one.name else ''}"
        if not one.name or not one.category:
            findings.append(Finding(where, "has no name, or no category", "fill both, or clear the row"))
            continue
        if one.name in rules:
            findings.append(Finding(where, "bears the name of another rule", "give each a name of its own"))
            continue
        rule = Rule(**one.patterns, category=one.category, option=one.option or "candidate", note=one.note)
        findings += wrong_patterns(where, rule)
        rules[one.name] = rule
    if findings:
        raise BillError(*findings)
    return rules


def _billed(charges: Any, sums: Mapping[str, str]) -> Iterator[Billed]:
    """The charges of a table summed by what is alike."""
    import pandas as pd

    table = charges.assign(charge=_unknown(charges), quantity=charges["quantity"].fillna(0.0))
    for name in _ALIKE:
        table[name] = table[name].astype("category")
    groups = table.groupby(_ALIKE, observed=True, sort=False)
    summed = groups.agg(
        amount=("amount", "sum"), quantity=("quantity", "sum"), rows=("amount", "size"), first_line=("line", "min"),
        last_line=("line", "max"),
    ).reset_index()  # fmt: skip
    for row in summed.itertuples():
        name = Path(str(row.file)).name
        yield Billed(
            pd.Timestamp(str(row.month)).date(), str(row.category), str(row.option), str(row.kind), float(row.amount),
            float(row.quantity), str(row.unit), str(row.rule), str(row.charge), int(row.rows), name,
            int(row.first_line), int(row.last_line), str(row.format), str(row.account), sums.get(name, ""),
        )  # fmt: skip


def _unknown(charges: Any) -> Any:
    """What the bill says of each charge that no rule fits, "" of the others."""
    import pandas as pd

    is_unknown = (charges["rule"] == "").to_numpy()
    said = pd.Series("", index=charges.index, dtype=object)
    if is_unknown.any():
        rest = charges[is_unknown]
        texts = rest["service"].astype(str) + ": " + rest["description"].astype(str)
        largest = rest["amount"].abs().groupby(texts).sum().nlargest(_MOST_UNKNOWN).index
        said[is_unknown] = texts.where(texts.isin(largest), _REST)
    return said


def _overlapping(stay: Sequence[Billed], fresh: Sequence[Billed]) -> Iterator[Finding]:
    """Find months of an account that both a kept file and a new one of the same format bill."""
    kept = {(one.format, one.account, one.month): one.file for one in stay}
    told = set()
    for one in fresh:
        file = kept.get((one.format, one.account, one.month))
        if file is not None and (file, one.file) not in told:
            told.add((file, one.file))
            what = f"{one.month:%Y-%m} is in the workbook already, from {file}, of the same format and account"
            cure = f"name {file} too: what stands in both is then counted once"
            yield Finding(f"{one.file}:{one.first_line}", what, cure)


def _changed(old: Sequence[Billed], sums: Mapping[str, str]) -> Iterator[Finding]:
    """Say which files had been read before with another content."""
    before = {one.file: one.checksum for one in old}
    for name, made in sums.items():
        if before.get(name, made) != made:
            yield Finding(name, "was read before with another content: its old amounts are replaced", "nothing to do")


def _sorted(billed: Sequence[Billed]) -> tuple[Billed, ...]:
    return tuple(
        sorted(billed, key=lambda one: (one.month, one.file, one.first_line, one.category, one.unit, one.kind))
    )


def _effects(found: Tracked) -> dict[str, float]:
    if found.effects is None:
        return {}
    return {key: getattr(found.effects, key) for key in EFFECTS}


def refrozen(actuals: Actuals | None, baseline: Baseline, rules: Mapping[str, Rule]) -> Actuals:
    """What a plan keeps of bills, against a plan that was approved now; ``rules`` are those of a first approval."""
    if actuals is None:
        return Actuals(baseline, rules=tuple(mapped_of(rules)))
    return replace(actuals, baseline=baseline)
