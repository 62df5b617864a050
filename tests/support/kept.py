"""Workbooks as people leave them behind: a random plan's, with remarks, gates, own sheets and edited formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from ftroi.plan import GateEntry, LogEntry, Plan, Remark
from ftroi.workbook.layout.option import FIRST_MONTH, VALUE
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.file import File
from tests.support.package import rewrite
from tests.support.random_plans import base_plan, drawn_plan

Cells = Mapping[tuple[int, int], object]
OWN_SHEET = "Board notes"
PRESETS = ("support_assistant", "clinical_summaries")


@dataclass(frozen=True)
class Left:
    """A workbook on the disk, what people entered into it, and the formulas that they edited, by cell."""

    path: Path
    plan: Plan
    edits: Mapping[str, str]


def left_behind(seed: int, folder: Path) -> Left:
    """Write the workbook of a seed: three options, and every kind of thing that people enter."""
    draw = Random(seed)  # noqa: S311 - reproducible, not secret
    plan = drawn_plan(seed, base_plan("lora_hosted", preset=PRESETS[seed % 2]))
    plan = replace(plan, remarks=_remarks(draw, plan), gates=_gates(draw, plan), log=_log(draw))
    path = folder / f"plan {seed}.xlsx"
    write_workbook(plan, path, beside=_own_sheet)
    edits = _edited(draw, path, plan)
    return Left(path, plan, edits)


def _remarks(draw: Random, plan: Plan) -> dict[str, Remark]:
    names = draw.sample(sorted(plan.entries), 12)
    return {
        name: Remark(owner=f"person {draw.randint(1, 9)}", review_by=_day(draw), note=_note(draw)) for name in names
    }


def _note(draw: Random) -> str:
    return draw.choice(["=no formula", "seen & agreed <today>", "@x", "über €\nsecond line", "  spaces  "])


def _day(draw: Random) -> date:
    return date(2026, 1, 1) + timedelta(days=draw.randrange(900))


def _gates(draw: Random, plan: Plan) -> dict[str, GateEntry]:
    names = draw.sample(sorted(plan.template.gates), 4)
    return {
        name: GateEntry(set_on=_day(draw), set_by="CFO", waiver=draw.choice(["", "board, 3 May"])) for name in names
    }


def _log(draw: Random) -> tuple[LogEntry, ...]:
    return tuple(LogEntry(_day(draw), f"change {n}", round(draw.random(), 6), "text", "Ann", "why") for n in range(3))


def _own_sheet(file: File) -> None:
    own = file.add_worksheet(OWN_SHEET)
    own.write_string(0, 0, "=kept as a text")
    own.write_number(1, 0, 12.5)
    own.write_formula(2, 0, "=A2*2", value=25)


def _edited(draw: Random, path: Path, plan: Plan) -> dict[str, str]:
    """Edit the totals of some rows of one option's sheet, as the file has them."""
    layout = layout_of(plan)
    option = draw.choice(plan.settings.options)
    part = f"xl/worksheets/sheet{layout.order.index(layout.sheets[option]) + 1}.xml"
    lines = [name for name in layout.option.series if plan.template.lines[name].unit == "money/month"]
    rows = [layout.option.series[name] + 1 for name in draw.sample(lines, 2)]

    def changed(name: str, content: bytes) -> bytes:
        text = content.decode()
        for row in rows if name == part else ():
            total = rf'(<row r="{row}" (?:(?!</row>).)*?<f>SUM\(\$G{row}:\$BN{row}\))(</f>)'
            text, count = re.subn(total, r"\1+7\2", text)
            assert count == 1
        return text.encode()

    rewrite(path, changed)
    assert (VALUE, FIRST_MONTH) == (4, 6)
    return {f"{layout.sheets[option]}!E{row}": f"=SUM($G{row}:$BN{row})+7" for row in rows}
