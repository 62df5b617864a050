"""Workbook files that somebody has tampered with, each made from a seed, and what they may be read as."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ftroi.plan import Plan
from tests.support.edited import Inputs, light_bytes, small_plan

FIGURE = "requests_per_month"
"""The input whose cell is tampered with; its base stands between its low and high end."""

Parts = dict[str, bytes]


@dataclass(frozen=True)
class Tampered:
    """A file, what was done to it, and the base that ``FIGURE`` may be read as; None where it has to be refused."""

    content: bytes
    what: str
    base: float | None


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def plan_read_as(base: float) -> Plan:
    """The intended plan: another base, with which low and high travel."""
    return small_plan().with_base(FIGURE, base)


# --- what is done ------------------------------------------------------------------------------------------

SPELLINGS = ("{:.0f}", "{:.1f}", "{:.3e}", "+{:.0f}", " {:.0f} ", "0{:.0f}", "{:.0f}.")
NO_NUMBERS = ("inf", "-inf", "nan", "1e400", "1_000", "0x10", "1" * 60, "１２", "1,5", "", "--1", "1e", "TRUE")


def tampered(seed: int) -> Tampered:
    """Make the file of a seed."""
    draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
    parts = parts_of(light_bytes())
    kind = draw.choice(sorted(KINDS))
    base = KINDS[kind](draw, parts)
    return Tampered(packed(parts), kind, base)


def _set_value(parts: Parts, text: str) -> None:
    pattern = rf'(<c r="{_address()}"[^>]*><v>)[^<]*'.encode()
    parts[_part()] = re.sub(pattern, lambda match: match[1] + text.encode(), parts[_part()], count=1)


def _spelt(draw: random.Random, parts: Parts) -> float:
    value = float(draw.randrange(400_000, 700_000, 1_000))
    _set_value(parts, draw.choice(SPELLINGS).format(value))
    return value


def _no_number(draw: random.Random, parts: Parts) -> None:
    _set_value(parts, draw.choice(NO_NUMBERS))


def _again(pattern: bytes, parts: Parts) -> None:
    parts[_part()] = re.sub(pattern, lambda match: match[0] * 2, parts[_part()], count=1, flags=re.DOTALL)


def _cell_twice(_draw: random.Random, parts: Parts) -> None:
    _again(rf'<c r="{_address()}".*?</c>'.encode(), parts)


def _row_twice(_draw: random.Random, parts: Parts) -> None:
    _again(rf'<row r="{_address()[1:]}".*?</row>'.encode(), parts)


def _name_twice(_draw: random.Random, parts: Parts) -> None:
    book = "xl/workbook.xml"
    parts[book] = re.sub(rb'<definedName[^>]*name="FT_Inputs".*?</definedName>', lambda one: one[0] * 2, parts[book])


def _odd_address(draw: random.Random, parts: Parts) -> None:
    odd = draw.choice(["A1B", f"XFE{_address()[1:]}", "D0", "D99999999", _address().lower(), f"{_address()}0"]).encode()
    parts[_part()] = parts[_part()].replace(f'r="{_address()}"'.encode(), b'r="' + odd + b'"', 1)


def _entities(draw: random.Random, parts: Parts) -> None:
    part = draw.choice(["xl/workbook.xml", _part()])
    kind = draw.choice([b'<!ENTITY a "b">', b'<!ENTITY % a "b">', b'<!ENTITY a SYSTEM "file:///etc/passwd">', b""])
    parts[part] = re.sub(rb"<(worksheet|workbook)", rb"<!DOCTYPE x [" + kind + rb"]><\1", parts[part], count=1)


def _wrong_sheet_number(draw: random.Random, parts: Parts) -> None:
    book, number = "xl/workbook.xml", draw.choice(["99", "-1", "x", "", "1e9", "9" * 30])
    name = f'<definedName name="option_id" localSheetId="{number}">A!$A$1</definedName></definedNames>'
    parts[book] = parts[book].replace(b"</definedNames>", name.encode())


def _area(draw: random.Random, parts: Parts) -> None:
    areas = ("Assumptions!$A$0:$B$9", "Assumptions!$A:$B", "#REF!", "Assumptions!$A$1:$XFD$1048576", "'", "A!!$A$1")
    area = draw.choice([*areas, "Assumptions!$A$1:$A$" + "9" * 99]).encode()
    book = "xl/workbook.xml"
    parts[book] = re.sub(rb'(name="FT_Inputs"[^>]*>)[^<]*', lambda match: match[1] + area, parts[book])


def _cut(draw: random.Random, parts: Parts) -> None:
    part = draw.choice(["xl/workbook.xml", "xl/_rels/workbook.xml.rels", _part()])
    parts[part] = parts[part][: draw.randrange(len(parts[part]) - 20)]


def _gone(draw: random.Random, parts: Parts) -> None:
    del parts[draw.choice(["xl/_rels/workbook.xml.rels", _part()])]


KINDS: dict[str, Callable[[random.Random, Parts], float | None]] = {
    "a number in another spelling": _spelt,
    "no number": _no_number,
    "a cell twice": _cell_twice,
    "a row twice": _row_twice,
    "a name twice": _name_twice,
    "an odd address": _odd_address,
    "entities": _entities,
    "a name of no sheet": _wrong_sheet_number,
    "no area": _area,
    "a part cut off": _cut,
    "a part gone": _gone,
}


def _part() -> str:
    return _place()[0]


def _address() -> str:
    return _place()[1]


@cache
def _place() -> tuple[str, str]:
    """The part and the address of the figure's cell."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(light_bytes())
        address = Inputs(path).cell(FIGURE).coordinate
    value = small_plan().entries[FIGURE].base
    wanted = re.compile(rf'<c r="{address}"[^>]*><v>{value:.0f}'.encode())
    return next(name for name, content in parts_of(light_bytes()).items() if wanted.search(content)), address
