"""One bill as a table of charges, every row of the file accounted for.

The table (a pandas DataFrame) has one row a charge: ``file``, ``line``, ``month`` as 2026-03, ``day``, ``amount`` in
``currency`` (positive is a cost), ``quantity`` of ``unit``, ``provider``, ``service``, ``description``, ``kind`` (one
of KINDS), ``account``, ``category`` and ``option`` where the file states them, ``format``, and ``key``, which is the
same for rows of the same content. A row of quantities alone has the amount 0. A total is no charge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ftroi.actuals.coded import coded, codes_and_words, constant, filled, joined_words, stripped, where_word
from ftroi.actuals.formats import Basis, Format, figure_columns, known_formats, text_columns
from ftroi.actuals.source import Source, cells_of, look_at
from ftroi.actuals.texts import Column, counted, days, figures
from ftroi.actuals.units import normalised
from ftroi.errors import BillError, Finding

COLUMNS = (
    "file", "line", "month", "day", "amount", "currency", "quantity", "unit", "provider", "service", "description",
    "kind", "account", "category", "option", "format", "key",
)  # fmt: skip
"""The columns of a table of charges."""

TEXTS = (
    "file", "month", "currency", "unit", "provider", "service", "description", "kind", "account", "category",
    "option", "format",
)  # fmt: skip
"""Those that hold texts, kept as pandas's categories."""

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
"""Currencies by the sign that stands in a heading."""

_TOTAL = re.compile(r"^\W*(sub|grand)?\W*(total|sum\b|gesamt|summe)", re.IGNORECASE)
_CODE = re.compile(r"^[A-Z]{3}$")
_FEW_ROWS = 20
_CENT = 0.005


def currency_code(text: str) -> str:
    """A currency's three letters in capitals, however they are written; any other name as it is."""
    return text.upper() if _CODE.match(text.upper()) else text


@dataclass(frozen=True)
class Choice:
    """How bills are read: the basis of amounts, the currency of files that name none, and mappings of one's own."""

    basis: Basis = "effective"
    currency: str = ""
    mappings: Mapping[str, Format] = field(default_factory=dict)

    @property
    def formats(self) -> dict[str, Format]:
        """The mappings first: they win where a known format fits as well."""
        return {**self.mappings, **{name: form for name, form in known_formats().items() if name not in self.mappings}}


@dataclass(frozen=True)
class Bill:
    """A bill as read. ``total`` is the sum that the file itself states below its charges; None where it has none."""

    path: Path
    format: str
    label: str
    charges: Any = field(repr=False)
    notes: tuple[Finding, ...]
    total: float | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """The headings of account, currency and date."""


def read_bill(path: Path, choice: Choice | None = None) -> Bill:
    """Read one bill. Raises BillError with every finding, each with its line, column and cure."""
    chosen = choice or Choice()
    formats = chosen.formats
    if chosen.mappings:
        try:
            source = look_at(path, chosen.mappings)
        except BillError:
            source = look_at(path, formats)
    else:
        source = look_at(path, formats)
    return _Reader(source, formats[source.format], chosen).read()


class _Reader:
    """One reading of one file."""

    def __init__(self, source: Source, form: Format, choice: Choice) -> None:
        self.source, self.form, self.choice = source, form, choice
        self.file = str(source.path)
        self.notes: list[Finding] = []
        numbers = figure_columns(form, source.columns)
        words = [name for name in (source.columns.names[0], *text_columns(form, source.columns)) if name not in numbers]
        self.first = words[0]
        self.cells = cells_of(source, list(dict.fromkeys(words)), numbers)
        self.is_total = np.zeros(len(self.cells.frame), dtype=bool)

    def read(self) -> Bill:
        import pandas as pd

        amount, quantity, unit = self._amounts()
        day = self._days()
        kind = self._kinds()
        keep = self._kept(amount, quantity, day)
        total = float(amount[self.is_total].sum()) if self.is_total.any() else None
        day = self._dated(day, amount, kind, keep)
        columns = {
            "line": self.cells.lines, "day": day, "amount": np.nan_to_num(amount), "currency": self._currency(keep),
            "quantity": quantity, "unit": unit, "provider": self._provider(), "service": self._service(),
            "description": self._joined(self.form.description), "kind": kind, "account": self._one(self.form.account),
            "category": self._one(self.form.category), "option": self._one(self.form.option), "key": self.cells.keys,
        }  # fmt: skip
        charges = pd.DataFrame(columns)[keep].reset_index(drop=True)
        granted = self._credits(charges, keep)
        charges = pd.concat([charges, *granted], ignore_index=True) if granted else charges
        charges = self._melted(charges, keep)
        charges["month"] = _months(charges["day"])
        for name, word in (("file", self.file), ("format", self.source.format)):
            charges[name] = constant(word, len(charges))
        charges = _typed(charges)
        self._tell_about(charges, total)
        bill = (self.source.path, self.source.format, self.form.label, charges)
        return Bill(*bill, tuple(self.notes), total, self._headings())

    def _headings(self) -> dict[str, str]:
        stated = {"account": self.form.account, "currency": self.form.currency, "date": self.form.date}
        return {key: heading for key, name in stated.items() if (heading := self.source.columns.find(name))}

    def _column(self, names: Sequence[str]) -> str:
        """The heading of the first column that is there, behind a colon; "" without any."""
        return next((f": {heading}" for name in names if (heading := self.source.columns.find(name))), "")

    # --- columns ---------------------------------------------------------------------------------------------

    def _texts(self, wanted: str) -> Any | None:
        name = self.source.columns.find(wanted) if wanted else None
        return None if name is None else self.cells.frame[name]

    def _figures(self, wanted: str) -> Any | None:
        name = self.source.columns.find(wanted) if wanted else None
        if name is None:
            return None
        column = Column(self.file, name, self.cells.lines)
        plain = self.source.delimiter in ("", ",")
        return figures(self.cells.frame[name], column, self.form.decimal, is_plain=plain)

    def _one(self, wanted: str) -> Any:
        texts = self._texts(wanted)
        return self._constant("") if texts is None else stripped(texts)

    def _constant(self, text: str) -> Any:
        return constant(text, len(self.cells.frame))

    def _joined(self, wanted: Sequence[str]) -> Any:
        """Join texts of several columns, those that are empty or were said before left out."""
        columns = [one for one in (self._texts(name) for name in wanted) if one is not None]
        return self._constant("") if not columns else joined_words(columns)

    def _amounts(self) -> tuple[Any, Any, Any]:
        """Amounts in the file's currency, quantities, and their units."""
        form, count = self.form, len(self.cells.frame)
        amount = self._figures(getattr(form.amount, self.choice.basis)) if form.amount else None
        quantity, unit = np.full(count, np.nan), self._constant(form.unit_is)
        for name, of in zip(form.quantity, form.unit or ("",) * len(form.quantity), strict=True):
            read, texts = self._figures(name), self._texts(of)
            if read is None:
                continue
            fills = np.isnan(quantity) & np.isfinite(read)
            quantity = np.where(fills, read, quantity)
            if texts is not None:
                unit = filled(unit, fills, texts)
        if amount is None or np.isnan(amount).any():
            price = self._figures(form.price)
            product = np.full(count, np.nan) if price is None or form.unit_is == "" else quantity * price
            amount = product if amount is None else np.where(np.isnan(amount), product, amount)
        quantity, unit = normalised(quantity, unit, Column(self.file, "unit", self.cells.lines), self.notes)
        return amount * form.scale, quantity, unit

    def _days(self) -> Any:
        name = self.source.columns.find(self.form.date) or ""
        texts = self.cells.frame[name]
        undated = where_word(texts, lambda word: not word or _TOTAL.match(word))
        said = [
            self.cells.frame[self.first],
            *(one for one in map(self._texts, self.form.description) if one is not None),
        ]
        for column in (texts, *said):
            self.is_total |= undated & where_word(column, _TOTAL.match)
        texts = filled(texts, self.is_total, self._constant("")) if self.is_total.any() else texts
        return days(texts, Column(self.file, name, self.cells.lines), self.form.dates, self.notes)

    def _kinds(self) -> Any:
        """What each charge is, by the format's patterns; a text that none fits is a usage, and is told."""
        if not self.form.kinds:
            return self._constant("usage")
        codes, words = codes_and_words(self._joined(self.form.kind))
        found = [_kind_of(str(word), self.form.kinds) for word in words]
        for place, (word, kind) in enumerate(zip(words, found, strict=True)):
            rows = np.flatnonzero((codes == place) & ~self.is_total)
            if word and kind is None and len(rows):
                row = int(rows[0])
                what = f"the kind of charge '{word}' is not known, and is taken as a usage"
                self.notes.append(self._at(row, what, "look at the line: a tax or a credit is no usage"))
        return coded(codes, [kind or "usage" for kind in found])

    def _at(self, row: int, what: str, cure: str) -> Finding:
        return Finding(f"{self.file}:{self.cells.lines[row]}", what, cure)

    def _provider(self) -> Any:
        return self._constant(self.form.provider_is) if self.form.provider_is else self._one(self.form.provider)

    def _service(self) -> Any:
        return self._constant(self.form.service_is) if self.form.service_is else self._joined(self.form.service)

    # --- rows ------------------------------------------------------------------------------------------------

    def _kept(self, amount: Any, quantity: Any, day: Any) -> Any:
        """Choose the rows that are charges: no totals, no empty lines, no days without a cost."""
        if self.form.quantities:
            return ~np.isnat(day) & ~self.is_total
        empty = np.isnan(amount) & (np.isnan(quantity) | (quantity == 0))
        keep: Any = ~empty & ~self.is_total
        unpriced = np.flatnonzero(keep & np.isnan(amount))
        if len(unpriced) and self.form.amount is not None:
            what = f"{counted(len(unpriced), 'row')} with a quantity and without an amount: taken as 0"
            self.notes.append(self._at(int(unpriced[0]), what, "export the bill again if that is wrong"))
        return keep

    def _dated(self, day: Any, amount: Any, kind: Any, keep: Any) -> Any:
        """Charges that all have a day: that of a tax or rounding without one is the bill's last.

        Raises BillError for any other charge without a day.
        """
        undated = keep & np.isnat(day)
        beside = undated & kind.isin(["rounding", "tax"]).to_numpy()
        wrong = np.flatnonzero(undated & ~beside & (np.nan_to_num(amount) != 0))
        if len(wrong):
            cure = "give it a date, or mark it as a total"
            raise BillError(
                *(self._at(int(row), f"a charge of {amount[row]:,.2f} has no date", cure) for row in wrong[:20])
            )
        known = day[~np.isnat(day)]
        if undated.any() and not len(known):
            raise BillError(Finding(self.file, "has no row with a date", "export the bill again"))
        return np.where(undated, known.max(), day) if undated.any() else day

    def _currency(self, keep: Any) -> Any:
        form = self.form
        if form.currency and self._texts(form.currency) is not None:
            texts = self._one(form.currency)
            gap = np.flatnonzero(keep & (texts == "").to_numpy())
            if len(gap):
                name = self.source.columns.find(form.currency)
                cure = "write its three letters, such as USD"
                raise BillError(
                    Finding(f"{self.file}:{self.cells.lines[gap[0]]}: {name}", "the currency is missing", cure)
                )
            return texts.map({text: currency_code(text) for text in texts.unique()})
        return self._constant(form.currency_is or self._currency_of_heading() or self._default_currency())

    def _currency_of_heading(self) -> str:
        """The currency of a preamble or, without one, of the sign in the amount's heading."""
        if not self.form.currency_of:
            return ""
        stated = next((text for key, text in self.source.preamble.items() if key.casefold() == "currency"), "")
        heading = self.source.columns.find(self.form.currency_of) or ""
        sign = heading.rpartition("(")[2].rstrip(")")
        return stated or (sign if _CODE.match(sign) else SIGNS.get(sign, ""))

    def _default_currency(self) -> str:
        if self.form.amount is None:
            return ""
        if not self.choice.currency:
            cure = 'add currency_is = "USD" to its mapping, or a column currency'
            raise BillError(Finding(self.file, "says nowhere in which currency its amounts are", cure))
        what = f"names no currency: its amounts are taken as {self.choice.currency}"
        self.notes.append(Finding(self.file, what, 'add currency_is = "…" to its mapping if that is wrong'))
        return self.choice.currency

    # --- rows within rows --------------------------------------------------------------------------------------

    def _credits(self, charges: Any, keep: Any) -> list[Any]:
        """The credits that stand as a JSON list within rows, each as a charge of its own."""
        import pandas as pd

        texts = self._texts(self.form.credits)
        found = []
        for place, row in enumerate(np.flatnonzero(keep) if texts is not None else ()):
            for number, credit in enumerate(self._credit_list(int(row), str(texts[row])), start=1):  # type: ignore[index]  # there are rows
                one = charges.iloc[place].to_dict()
                one |= {"amount": credit["amount"] * self.form.scale, "kind": "credit", "quantity": np.nan, "unit": ""}
                one["description"] = str(credit.get("name") or credit.get("full_name") or "credit")
                one["key"] = np.uint64((int(one["key"]) + number) % 2**64)
                found.append(one)
        return [pd.DataFrame(found).astype({"key": np.uint64, "line": np.int32})] if found else []

    def _credit_list(self, row: int, text: str) -> list[dict[str, Any]]:
        if text.strip() in ("", "[]"):
            return []
        try:
            read = json.loads(text.replace("'", '"') if text.startswith("[{'") else text)
            return [{**one, "amount": float(one["amount"])} for one in read]
        except (ValueError, KeyError, TypeError):
            what = f"the credits '{text[:40]}' are no list of amounts"
            raise BillError(self._at(row, what, "export the bill with its credits as JSON")) from None

    def _melted(self, charges: Any, keep: Any) -> Any:
        """One row for each quantity of a file that has several in a row."""
        import pandas as pd

        if not self.form.quantities:
            return charges
        parts = []
        for number, (name, (unit, words)) in enumerate(self.form.quantities.items()):
            read = self._figures(name)
            if read is None:
                continue
            part = charges.assign(quantity=read[keep], unit=unit)
            part["description"] = part["description"].astype(str) + f", {words}"
            part["key"] = charges["key"] + np.uint64(number)
            parts.append(part[part["quantity"].fillna(0) != 0])
        return pd.concat(parts, ignore_index=True) if parts else charges.iloc[:0]

    # --- what should be known ----------------------------------------------------------------------------------

    def _tell_about(self, charges: Any, total: float | None) -> None:
        amounts = charges["amount"].to_numpy()
        if not len(charges):
            self.notes.append(Finding(self.file, "has no charges", "check that it is the right export"))
            return
        if total is not None and not any(
            abs(total - times * amounts.sum()) < _CENT * max(1, times) for times in (1, 2)
        ):
            what = f"its total says {total:,.2f}, and its charges add up to {amounts.sum():,.2f}"
            self.notes.append(Finding(self.file, what, "look for rows that are missing or stand twice"))
        if self._looks_like_cents(amounts):
            what = "every amount is a whole number: they may be cents"
            amount = getattr(self.form.amount, self.choice.basis, "")
            where = f"{self.file}:{charges['line'].iloc[0]}{self._column([amount])}"
            self.notes.append(Finding(where, what, "if they are, write scale = 0.01 in a mapping"))
        strange = np.flatnonzero((charges["quantity"].to_numpy() < 0) & (amounts > 0))
        if len(strange):
            where = f"{self.file}:{charges['line'].iloc[strange[0]]}{self._column(self.form.quantity)}"
            what = f"{counted(len(strange), 'charge')} with a negative quantity and a positive amount"
            self.notes.append(Finding(where, what, "look at the line: one of the two signs may be wrong"))
        self._tell_about_half_months(charges)

    def _looks_like_cents(self, amounts: Any) -> bool:
        paid = amounts[amounts != 0]
        return self.form.scale == 1 and len(paid) >= _FEW_ROWS and bool((paid == np.round(paid)).all())

    def _tell_about_half_months(self, charges: Any) -> None:
        """Say so where the last month is billed in part: its variance would be judged too early."""
        last = charges["day"].max()
        ends = self._texts(self.form.end)
        if ends is not None:
            column = Column(self.file, str(ends.name), self.cells.lines)
            read = days(ends, column, self.form.dates, [])
            known = read[~np.isnat(read)]
            if len(known):
                last = known.max() - np.timedelta64(0 if self.form.end_is_last else 1, "D")
        elif (charges["day"].dt.day == 1).all():
            return
        month = (last := np.datetime64(last, "D")).astype("M8[M]")
        left = int(((month + 1).astype("M8[D]") - last).astype(int)) - 1
        if left > 1:
            what = f"{month} is billed up to {last} only"
            line, heading = charges["line"].iloc[charges["day"].argmax()], self._column([self.form.end, self.form.date])
            where = f"{self.file}:{line}{heading}"
            self.notes.append(Finding(where, what, "compare that month when its bill is complete"))


def _kind_of(word: str, kinds: Iterable[tuple[str, str]]) -> str | None:
    return next((kind for pattern, kind in kinds if re.search(pattern, word, re.IGNORECASE)), None)


def _months(days_of: Any) -> Any:
    import pandas as pd

    months = days_of.to_numpy().astype("M8[M]")
    codes, uniques = pd.factorize(months.astype(np.int64))
    return coded(codes, [str(np.datetime64(int(one), "M")) for one in uniques])


def _typed(charges: Any) -> Any:
    """Put a table's columns in order, and its texts into categories, which take a hundredth of the room."""
    for name in TEXTS:
        charges[name] = charges[name].astype("category").cat.remove_unused_categories()
    charges["line"] = charges["line"].astype(np.int32)
    return charges[list(COLUMNS)]
