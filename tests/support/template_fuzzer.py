"""Templates that somebody has tampered with: one file of a small template, changed by a seed."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.support.small_template import FILES, small_template

_WORDS = (
    "inf", "-inf", "nan", "1" * 400, "[" * 200 + "]" * 200, '"\\u001b"', '"{x} {"', '"=1+1"', "true", "1979-05-27",
    '"' + "a" * 3_000 + '"', "{ a.b.c.d = 1 }", '""', "-1", "1e308", '"\\u2028"', '"price"', '"PREV(price)"',
    '"1/0"', '"-2^2"', '"month = 1"', '"IRR(work)"', '"live_flag * * price"', '"("', '"' + "(" * 300 + '"',
)  # fmt: skip
_KEYED = re.compile(r"^([a-z_]+\s*=\s*)(.*)$", re.MULTILINE)


def tampered_template(folder: Path, seed: int) -> tuple[Path, str]:
    """Write the template of a seed; gives its folder and what was done."""
    draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
    small_template(folder)
    name = draw.choice(sorted(name for name, text in FILES.items() if text.strip()))
    text = FILES[name]
    kind = draw.choice(["value", "value", "value", "line gone", "line twice", "cut", "bytes"])
    lines = text.splitlines(keepends=True)
    number = draw.randrange(len(lines))
    if kind == "value":
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
