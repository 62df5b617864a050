"""Wrong views are refused with file, line and suggestion; so are groups that are not declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.termsheet import load_template
from ftroi.termsheet.checks.views import named
from tests.support.plans import fine_tuning
from tests.support.small_template import small_template

HEADLINE = '[[headlines]]\nmeasure = "tco"'


def refused(folder: Path, **changes: tuple[str, str]) -> str:
    with pytest.raises(TemplateError) as error:
        load_template(small_template(folder, **changes))
    return str(error.value)


CHANGES = {
    "an unknown role's name": ('"horizon_months"', '"horizon_month"', "views.toml:3", "did you mean 'horizon_months'"),
    "an unknown measure": ('measure = "tco"', 'measure = "tcoo"', "views.toml:9", "did you mean 'tco'"),
    "an unknown key": ('short = "Cost"', 'shrt = "Cost"', "views.toml", "unknown key 'headlines.0.shrt'"),
    "an unknown place": ('in = ["table"]', 'in = ["tables"]', "views.toml:11", "'options'"),
    "a role that is left out": ('horizon = "horizon_months"\n', "", "views.toml", "'roles.horizon' is missing"),
    "no headline in the table": ('in = ["table"]', "", "views.toml", "no headline is in 'table'"),
    "a measure twice": (HEADLINE, f'{HEADLINE}\nshort = "A"\n\n{HEADLINE}', "views.toml:12", "'tco' is given twice"),
    "an unknown figure in a text": (
        'short = "Cost"',
        'short = "Cost"\ntold = "{prise:decimal}"',
        "views.toml:8",
        "did you mean 'price'",
    ),
    "an unknown style in a text": (
        'short = "Cost"',
        'short = "Cost"\ntold = "{price:roman}"',
        "views.toml:8",
        "no style 'roman'",
    ),
    "a misspelt style in a text": (
        'short = "Cost"',
        'short = "Cost"\ntold = "{price:decimals}"',
        "views.toml:8",
        "did you mean 'decimal'",
    ),
    "an unknown function in a text": (
        'short = "Cost"',
        'short = "Cost"\ntold = "{MAXX(price, 1):decimal}"',
        "views.toml:8",
        "no function 'MAXX'; did you mean 'MAX'",
    ),
    "a slot that is not closed": (
        'short = "Cost"',
        'short = "Cost"\ntold = "{price:decimal"',
        "views.toml:8",
        "a brace without its partner",
    ),
    "a line that does not vary": (
        HEADLINE,
        f'[charts]\ncumulated = "tco"\n{HEADLINE}',
        "views.toml:9",
        "no line by month 'tco'",
    ),
    "a card that the table does not have": (
        'short = "Cost"\nin = ["table"]',
        f'short = "Cost"\ncard = "Cost"\n\n{HEADLINE.replace("tco", "other")}\nshort = "Other"\nin = ["table"]',
        "views.toml:8",
        "the card shows 'tco', which is not in 'table'",
    ),
    "an unknown group": (
        HEADLINE,
        f'[[annual.blocks]]\nlabel = "All"\ngroup = "hiden"\n\n{HEADLINE}',
        "views.toml:10",
        "did you mean 'hidden'",
    ),
    "a horizon that is no whole number": ('"horizon_months"', '"case_strength"', "views.toml:3", "whole = true"),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_wrong_view_is_refused(kind: str, tmp_path: Path) -> None:
    old, new, place, told = CHANGES[kind]
    said = refused(tmp_path, views=(old, new))
    assert place in said
    assert told in said


def test_every_wrong_name_is_told_at_once(tmp_path: Path) -> None:
    said = refused(tmp_path, views=('"horizon_months"\ncase_strength = "case_strength"', '"x1"\ncase_strength = "x2"'))
    assert "'x1'" in said
    assert "'x2'" in said


def test_more_cards_than_there_is_room_for_are_refused(tmp_path: Path) -> None:
    measures = "".join(
        f'\n[m{n}]\nlabel = "M"\nunit = "money"\nformula = "TOTAL(costs)"\nnote = "A sum."\n' for n in range(7)
    )
    cards = "".join(f'\n[[headlines]]\nmeasure = "m{n}"\nshort = "M"\ncard = "M"\nin = ["table"]\n' for n in range(7))
    end = 'note = "The sum."\n'
    said = refused(tmp_path, measures=(end, end + measures), views=(HEADLINE, cards + HEADLINE))
    assert "7 cards" in said
    assert "the Dashboard has room for 6" in said


GROUPS = {
    "a category of no group": ('"visible.work"', '"work"', "'work' names no group"),
    "a group that is not declared": ('"visible.work"', '"visibel.work"', "did you mean 'visible'"),
    "no group of cost": (
        'palette = "visible"\n[groups.hidden]\nlabel = "Hidden"',
        'is_value = true\n[groups.hidden]\nlabel = "Hidden"\nis_value = true',
        "0 groups of cost",
    ),
}


@pytest.mark.parametrize("kind", GROUPS)
def test_wrong_groups_are_refused(kind: str, tmp_path: Path) -> None:
    old, new, told = GROUPS[kind]
    assert told in refused(tmp_path, template=(old, new))


def test_every_kind_of_name_is_walked_over() -> None:
    """What the walk does not see is not checked: the template's views hold a name of every kind."""
    found = list(named(fine_tuning().views))
    assert {kind for kind, _, _ in found} == {
        "assumption", "measure", "scalar", "row", "category", "group", "gate",
    }  # fmt: skip
    names = {name for _, name, _ in found}
    assert {
        "present_increment_net",
        "hidden.contingency",
        "approved_budget",
        "horizon_months",
    } <= names
