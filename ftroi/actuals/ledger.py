"""Combining several bills: duplicate rows count once, and other tenants and currencies are reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from ftroi.actuals.read import TEXTS, Bill
from ftroi.actuals.texts import counted
from ftroi.errors import BillError, Finding

_PROVIDERS = {"aws": ("aws", "amazon"), "microsoft": ("microsoft", "azure"), "google": ("google",)}
_FOCUS = "focus"


@dataclass(frozen=True)
class Rate:
    """Money of the plan's currency for one unit of another, and the day of that rate."""

    rate: float
    day: date


@dataclass(frozen=True)
class Ledger:
    """The charges of all bills, each once. ``amount`` is in ``currency``; ``billed`` is what the bill says."""

    charges: Any = field(repr=False)
    notes: tuple[Finding, ...]
    currency: str = ""

    @property
    def months(self) -> list[str]:
        """The months with charges, in order."""
        return sorted(str(one) for one in self.charges["month"].unique())


def joined(bills: Sequence[Bill], currency: str, rates: Mapping[str, Rate], accounts: Iterable[str] = ()) -> Ledger:
    """Put bills together in one currency.

    ``rates`` are those by which other currencies are converted; ``accounts`` are the tenants that may be billed, by
    default all. Raises BillError for a currency without a rate, for another tenant, and where two exports of one
    account would count the same month twice.
    """
    import pandas as pd

    notes = [note for bill in bills for note in bill.notes]
    tables = [bill.charges for bill in bills if len(bill.charges)]
    if not tables:
        raise BillError(
            Finding(", ".join(str(bill.path) for bill in bills) or "BILL", "have no charges", "name others")
        )
    charges = _united(tables)
    columns = {(str(bill.path), key): f": {name}" for bill in bills for key, name in bill.columns.items()}
    findings = [*_other_tenants(charges, tuple(accounts), columns), *_counted_twice(charges)]
    twice = charges.duplicated(["format", "key"])
    notes += _told(charges, twice.to_numpy())
    charges = charges[~twice].reset_index(drop=True)
    notes += _tenants(charges)
    charges, missing = _converted(charges, currency, rates, columns)
    findings += missing
    if findings:
        raise BillError(*findings)
    notes += _overlaps(charges)
    assert isinstance(charges, pd.DataFrame)  # noqa: S101 - for the types' sake
    return Ledger(charges, tuple(notes), currency)


def _united(tables: Sequence[Any]) -> Any:
    """Put tables one below another, their texts as categories of all of them."""
    import pandas as pd
    from pandas.api.types import union_categoricals

    united = {}
    for name in tables[0].columns:
        parts = [table[name] for table in tables]
        united[name] = (
            union_categoricals(parts) if name in TEXTS else np.concatenate([part.to_numpy() for part in parts])
        )
    return pd.DataFrame(united)


def _told(charges: Any, twice: Any) -> list[Finding]:
    """Say for each file how many of its rows stood before, and where."""
    notes = []
    again = charges[twice]
    first = charges[~twice].drop_duplicates(["format", "key"]).set_index(["format", "key"])
    for file, rows in again.groupby("file", observed=True):
        row = rows.iloc[0]
        before = first.loc[(row["format"], row["key"])]
        what = (
            f"{counted(len(rows), 'row')}, {rows['amount'].sum():,.2f} in all, stood before as well, from "
            f"{before['file']}:{before['line']} on: each is counted once"
        )
        notes.append(Finding(f"{file}:{row['line']}", what, "nothing to do, unless both were really billed"))
    return notes


def _other_tenants(
    charges: Any, accounts: tuple[str, ...], columns: Mapping[tuple[str, str], str]
) -> list[Finding]:  # fmt: skip
    if not accounts:
        return []
    foreign = charges[~charges["account"].isin([*accounts, ""])]
    found = foreign.groupby(["file", "account"], observed=True)["line"].min()
    cure = f"leave the file out, or allow it with --account; allowed are {', '.join(accounts)}"
    return [
        Finding(_place(file, line, columns, "account"), f"is billed to another account, {account}", cure)
        for (file, account), line in found.items()
    ]


def _place(file: object, line: object, columns: Mapping[tuple[str, str], str], key: str) -> str:
    """A file's line with the heading of a column, for a message."""
    return f"{file}:{line}{columns.get((str(file), key), '')}"


def _tenants(charges: Any) -> list[Finding]:
    """Say so where one provider bills several accounts: one of the files may be another tenant's."""
    notes = []
    for (form, provider), rows in charges.groupby(["format", "provider"], observed=True):
        accounts = sorted(str(one) for one in rows["account"].unique() if one)
        if len(accounts) > 1:
            named = ", ".join(accounts[:5])
            what = f"{form} bills of {provider or 'one provider'} are for {len(accounts)} accounts: {named}"
            notes.append(Finding(str(rows["file"].iloc[0]), what, "name those that are yours with --account"))
    return notes


def _counted_twice(charges: Any) -> list[Finding]:
    """Find months of an account that a provider's own export and its FOCUS export both bill."""
    seen = charges[charges["account"] != ""].drop_duplicates(["format", "account", "month"])
    focus = seen[seen["format"] == _FOCUS]
    findings = []
    for row in seen[seen["format"] != _FOCUS].itertuples():
        same = focus[(focus["account"] == row.account) & (focus["month"] == row.month)]
        names = _PROVIDERS.get(str(row.provider), (str(row.provider),))
        if any(name in str(one).casefold() for one in same["provider"] for name in names):
            what = f"{row.month} of the account {row.account} is in {same['file'].iloc[0]} as well, in another format"
            findings.append(Finding(str(row.file), what, "leave one of the two out: both would count twice"))
    return findings


def _overlaps(charges: Any) -> list[Finding]:
    """Say so where several files of one format bill the same month of an account."""
    seen = charges.groupby(["format", "account", "month", "file"], observed=True)["amount"].sum().reset_index()
    notes = []
    for (form, account, month), rows in seen.groupby(["format", "account", "month"], observed=True):
        if len(rows) > 1:
            parts = ", ".join(f"{row.file} {row.amount:,.2f}" for row in rows.itertuples())
            of = f" of the account {account}" if account else ""
            what = f"{month}{of} is billed by several files of {form}: {parts}"
            notes.append(Finding(str(rows["file"].iloc[1]), what, "make sure that none is a later state of the other"))
    return notes


def _converted(
    charges: Any, currency: str, rates: Mapping[str, Rate], columns: Mapping[tuple[str, str], str]
) -> tuple[Any, list[Finding]]:  # fmt: skip
    """Convert amounts by the rates; what has none is a finding, with the place of its first charge."""
    findings = []
    factors = {"": 1.0, currency: 1.0, **{name: one.rate for name, one in rates.items()}}
    for name in charges["currency"].unique():
        if name in factors:
            continue
        row = charges[charges["currency"] == name].iloc[0]
        kind = "currency" if len(name) == len("USD") and name.isupper() else "virtual currency"
        what = f"the {kind} {name} has no rate to {currency}"
        where = _place(row["file"], row["line"], columns, "currency")
        findings.append(Finding(where, what, f"add --rate {name}=RATE@YYYY-MM-DD"))
    charges = charges.assign(billed=charges["amount"])
    if not findings:
        factor = charges["currency"].map(
            {name: factors[name] for name in charges["currency"].cat.categories if name in factors}
        )
        charges["amount"] = charges["amount"].to_numpy() * factor.astype(float).to_numpy()
    return charges, findings
