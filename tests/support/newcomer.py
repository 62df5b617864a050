"""A company's copy of the template with a cost line of its own: five lines of TOML and an example, and no Python."""

from __future__ import annotations

import shutil
from pathlib import Path

from ftroi.resources import templates_folder

COST_LINE = """
[cake]
label    = "Cake for the annotators"
category = "visible.training_data"
unit     = "money/month"
nature   = "cash"
formula  = "build_flag * price_of_a_cake * cakes_a_month"
note     = "Morale is a cost, too."
"""

ASSUMPTIONS = """
[price_of_a_cake]
label  = "Price of one cake"
unit   = "money/cake"
scope  = "plan"
kind   = "decision"
base   = 30
source = "judgement"
note   = "The bakery around the corner."

[cakes_a_month]
label  = "Cakes a month"
unit   = "cake/month"
scope  = "option"
kind   = "decision"
base   = 4
range  = [0, 100]
source = "judgement"
note   = "One a week."
"""

EXAMPLE = """
[[example]]
line    = "cake"
name    = "three cakes at 25 in a month of the build"
given   = { build_flag = 1, price_of_a_cake = 25, cakes_a_month = 3 }
by_hand = "3 * 25"
expect  = 75
"""


def copy_with_a_line(parent: Path) -> Path:
    """Copy the shipped template, give it an id, and add the line, its assumptions and its example."""
    folder = parent / "acme"
    shutil.copytree(templates_folder() / "fine_tuning", folder)
    head = folder / "template.toml"
    head.write_text(head.read_text().replace('"fine_tuning"', '"acme_tuning"'))
    for part, text in (("lines", COST_LINE), ("assumptions", ASSUMPTIONS), ("examples", EXAMPLE)):
        (folder / part / "cake.toml").write_text(text)
    return folder
