"""Setting a paper as PDF with typst, by one template file that a company can change.

The template is ``paper.typ`` in the folder of the plan's own template, else the shipped one. It is compiled in a
folder of its own that holds nothing but the template, the paper's data and its charts: it can read nothing else.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ftroi.errors import Finding, HostError
from ftroi.report.paper import Block, Paper, Picture, fonts, printable

LOOK = "paper.typ"
"""The file of a template's folder that says how its paper looks."""

_DATED = datetime(2000, 1, 1, tzinfo=UTC)
"""What the file says of its making, so that the same paper gives the same bytes."""


_LONG_WORD = re.compile(r"\S{40}(?=\S)")
_BREAK = "\u200b"
"""Stands within words that are longer than a line may be, which may be broken there; it has no width."""


def write_pdf(paper: Paper, path: Path, look: Path) -> None:
    """Write a paper as PDF over ``path``, by the typst template ``look``.

    Raises HostError where typst is missing or the template has an error, with the line that it stands in.
    """
    try:
        import typst
    except ImportError:
        cure = "install it with: pip install typst; or ask for --format html"
        raise HostError(Finding("typst", "is not installed, and the PDF needs it", cure)) from None
    with tempfile.TemporaryDirectory(prefix="ftroi-paper-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shutil.copyfile(look, folder / LOOK)
        (folder / "paper.json").write_text(json.dumps(_data(paper, folder)), encoding="utf-8")
        try:
            typst.compile(folder / LOOK, output=path, root=folder, format="pdf", timestamp=int(_DATED.timestamp()))
        except typst.TypstError as error:
            what = f"did not set the paper ({printable(str(error))})"
            raise HostError(Finding(str(look), what, "correct the template, or ask for --format html")) from None


def _data(paper: Paper, folder: Path) -> dict[str, Any]:
    """What the template reads; charts are written into ``folder`` as SVG."""
    language, _, region = paper.language.partition("-")
    colours = paper.theme.colours
    return {
        "title": _plain(paper.title),
        "foot": _plain(paper.foot),
        "language": language,
        "region": region,
        "fonts": list(fonts(paper.theme)),
        "colours": {
            "ink": colours.ink, "grey": colours.grey, "hairline": colours.hairline, "fill": colours.closed_fill,
        },
        "blocks": [_block(one, number, folder) for number, one in enumerate(paper.blocks)],
    }  # fmt: skip


def _block(block: Block, number: int, folder: Path) -> dict[str, Any]:
    kind = type(block).__name__.lower()
    if isinstance(block, Picture):
        file = folder / f"chart{number}.svg"
        file.write_bytes(block.file("svg"))
        return {"kind": kind, "file": file.name, "about": printable(block.about)}
    return {"kind": kind} | {name: _plain(value) for name, value in asdict(block).items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - texts, numbers and collections of them
    """A value as JSON holds it, its texts without what cannot be set."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda found: f"{found[0]}{_BREAK}", printable(value))
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return value
