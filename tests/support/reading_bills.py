"""Reading a bill that a test has written, and what is told about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.actuals.formats import Format
from ftroi.actuals.ledger import Ledger, joined
from ftroi.actuals.read import Bill, Choice, read_bill
from ftroi.errors import BillError

LEDGER = Format(
    label="Ledger", needs=("Tag", "Betrag"), date="Tag", currency_is="EUR", description=("Text",),
    amount={"effective": "Betrag", "billed": "Betrag"},
)  # fmt: skip


def read(folder: Path, text: str | bytes, **choice: object) -> Bill:
    """Write a bill and read it."""
    path = folder / "bill.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_bill(path, Choice(**choice))  # type: ignore[arg-type]  # what a choice takes


def refused(folder: Path, text: str | bytes, **choice: object) -> str:
    """The message with which a bill is refused."""
    with pytest.raises(BillError) as caught:
        read(folder, text, **choice)
    assert all(finding.cure for finding in caught.value.findings if "more of the same kind" not in finding.what)
    return str(caught.value)


def notes(bill: Bill | Ledger) -> str:
    """What is told about a bill."""
    return "\n".join(str(note) for note in bill.notes)


def ledger(rows: str, **changes: object) -> tuple[str, dict[str, object]]:
    """A ledger's text and the choice by which it is read."""
    return f"Tag;Text;Betrag\n{rows}", {"mappings": {"ledger": LEDGER.model_copy(update=changes)}}


def bills_of(folder: Path, *texts: str, currency: str = "USD", **more: object) -> Ledger:
    """Write several bills, read them and put them together."""
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"bill{number}.csv")
        paths[-1].write_text(text)
    return joined([read_bill(path) for path in paths], currency, **({"rates": {}} | more))  # type: ignore[arg-type]  # as joined has it
