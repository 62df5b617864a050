"""Papers that tests share, and what is read out of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.report.content import paper_of
from ftroi.report.paper import Paper
from tests.support.plans import fine_tuning

PRESETS = tuple(fine_tuning().presets)

HOSTILE = (
    "=cmd|'/c calc'!A1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "x" * 300,
    "line\nend\x00\x1b[31m \ud800",
    "&amp; ]]> <!-- {0} %s",
)
"""Names of projects that try to be more than text."""


@cache
def preset_plan(preset: str) -> Plan:
    """A preset's plan."""
    return plan_from_preset(fine_tuning(), preset)


def paper(plan: Plan) -> Paper:
    """A plan's paper in the plan's own case."""
    return paper_of(plan, calculate(plan))


def pdf_text(path: Path) -> str:
    """All words of a PDF, each run of white space as one space."""
    return re.sub(r"\s+", " ", run("pdftotext", "-layout", path, "-"))


def run(program: str, *words: object) -> str:
    """Run a program of poppler's and give what it prints."""
    found = shutil.which(program)
    assert found is not None
    return subprocess.run([found, *map(str, words)], capture_output=True, check=True).stdout.decode()
