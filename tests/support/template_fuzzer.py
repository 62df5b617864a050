"""Templates that somebody has tampered with: one file of a small template, changed by a seed."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

from tests.support.small_template import FILES, small_template

_WORDS = (
    "inf", "-inf", "nan", "1" * 400, "[" * 200 + "]" * 200, '"\\u001b"', '"{x} {"', '"=1+1"', "true", "1979-05-27",
    '"' + "a" * 3_000 + '"', "{ a.b.c.d = 1 }", '""', "-1", "1e308", '"\\u2028"', '"price"', '"PREV(price)"',
    '"1/0"', '"-2^2"', '"month = 1"', '"IRR(work)"', '"live_flag * * price"', '"("', '"' + "(" * 300 + '"',
)  # fmt: skip
_SPELLINGS = ("{:d}", "{:.1f}", "{:.6e}", "+{:d}", "{:#x}", "{:_d}", "{:#o}", "  {:d}  # as agreed")
"""Numbers as TOML knows them, some of which look like texts to others."""

_FIGURES = {"price": (50, 400), "divisor": (61, 100), "horizon_months": (1, 60)}
"""Assumptions of the small template, and what they may be."""

_KEYED = re.compile(r"^([a-z_]+\s*=\s*)(.*)$", re.MULTILINE)


def tampered_template(folder: Path, seed: int) -> tuple[Path, str]:
    """Write the template of a seed; gives its folder and what was done."""
    draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
    small_template(folder)
    name = draw.choice(sorted(name for name, text in FILES.items() if text.strip()))
    text = FILES[name]
    kind = draw.choice(["value", "value", "value", "line gone", "line twice", "cut", "bytes"])
    if seed % 4 == 0:
        kind = "figure"
    lines = text.splitlines(keepends=True)
    number = draw.randrange(len(lines))
    if kind == "figure":
        name, figure = "assumptions/all.toml", draw.choice(sorted(_FIGURES))
        spelt = draw.choice(_SPELLINGS)
        number = draw.randint(*_FIGURES[figure])
        shown = spelt.format(float(number) if spelt in ("{:.1f}", "{:.6e}") else number)
        text = re.sub(rf"(\[{figure}\][^\[]*?\nbase = )\d+", rf"\g<1>{shown}", FILES[name])
        kind = f"{figure} {shown}"
    elif kind == "value":
        places = list(_KEYED.finditer(text))
        place, word = draw.choice(places), draw.choice(_WORDS)
        text = f"{text[: place.start(2)]}{word}{text[place.end(2) :]}"
        kind = f"{place[1]}{word[:20]}"
    elif kind == "line gone":
        text = "".join(lines[:number] + lines[number + 1 :])
    elif kind == "line twice":
        text = "".join(lines[: number + 1] + lines[number:])
    elif kind == "cut":
        text = text[: draw.randrange(len(text))]
    content = bytearray(text.encode())
    if kind == "bytes" and content:
        content[draw.randrange(len(content))] = draw.randrange(256)
    (folder / name).write_bytes(bytes(content))
    return folder, f"{name}: {kind}"


def intended_cost(folder: Path) -> float | None:
    """The cost of acting by the closed form, from the figures as TOML itself reads them.

    None where something else than figures was changed: then no closed form is known.
    """
    others = [name for name in FILES if name != "assumptions/all.toml"]
    if any((folder / name).read_text(encoding="utf-8", errors="replace") != FILES[name] for name in others):
        return None
    table = tomllib.loads((folder / "assumptions" / "all.toml").read_text(encoding="utf-8"))
    price, divisor, horizon = (float(table[name]["base"]) for name in ("price", "divisor", "horizon_months"))
    return sum(price + price * month / (divisor - month) for month in range(1, int(horizon) + 1))
