"""Inputs that cannot be meant: what is typed, the input whose cell is told, and what is said of it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

Typed = dict[tuple[str, str], object]


class Contradiction(NamedTuple):
    """One of them.

    ``typed`` are values by input and header, with "value" for a setting; ``says`` is said by the command line, and by
    the sheets unless they say something else, which is in ``on_sheet``.
    """

    typed: Typed
    name: str
    says: str
    on_sheet: str = ""


CONTRADICTIONS = {
    "incumbent not in use": Contradiction(
        {("in_use", "rag"): 0, ("incumbent", "value"): "rag"},
        "in_use",
        "is the incumbent, and is not in use; set it to 1",
    ),
    "incumbent withdrawn": Contradiction(
        {("withdrawal_date", "rag"): date(2026, 12, 31), ("incumbent", "value"): "rag"},
        "withdrawal_date",
        "was withdrawn on 31 Dec 2026, before the plan starts on 1 Jan 2027; correct the date",
    ),
    "dates in the wrong order": Contradiction(
        {("available_until", "rag"): date(2028, 6, 30), ("withdrawal_date", "rag"): date(2028, 6, 29)},
        "available_until",
        "can be started until 30 Jun 2028, and is withdrawn on 29 Jun 2028; enter the earlier day first",
    ),
    "cascade without a large model": Contradiction(
        {("escalation_price", "base"): 0, ("escalated_share", "rag"): 0.1},
        "escalation_price",
        "escalates 10.0% of the requests to a large model that has no price; enter what the large model charges",
    ),
    "no throughput": Contradiction(
        {("gpu_throughput", "rag"): 0},
        "gpu_throughput",
        "0 is outside 1 to 10,000,000,000,000",
        "holds no number from 1 to",
    ),
    "a share over 1": Contradiction(
        {("escalated_share", "rag"): 1.2},
        "escalated_share",
        "for 1.2% type 1.2% or 0.012",
        "holds no number from 0 to 1",
    ),
    "no such incumbent": Contradiction(
        {("incumbent", "value"): "cascade"},
        "incumbent",
        "'cascade' is not an option of this plan",
        "Choose option, baseline, proposed option",
    ),
}
