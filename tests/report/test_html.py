"""The paper as HTML: alone in one file, the same for the same plan, and every text a text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from ftroi.analysis import give_verdict, judge_plan
from ftroi.plan import calculate
from ftroi.report.html import html_of
from ftroi.report.paper import Picture
from ftroi.termsheet import Look, ThemeTable
from tests.support.papers import HOSTILE, PRESETS, paper, preset_plan

FETCHING = {"src", "href", "srcset", "data", "action", "poster", "background", "xlink:href", "formaction"}


def page(preset: str) -> etree._Element:
    """A preset's paper, parsed."""
    return etree.fromstring(html_of(paper(preset_plan(preset))), etree.HTMLParser(encoding="utf-8"))


def found(root: etree._Element, path: str) -> list[Any]:
    """What an XPath that asks for a list finds."""
    parts = root.xpath(path)
    assert isinstance(parts, list)
    return parts


def text(root: etree._Element) -> str:
    return re.sub(r"\s+", " ", " ".join(str(part) for part in found(root, "//body//text()")))


@pytest.mark.parametrize("preset", PRESETS)
def test_it_tells_the_verdict_with_its_reasons_and_every_option(preset: str) -> None:
    plan, shown = preset_plan(preset), text(page(preset))
    results = calculate(plan)
    verdict = give_verdict(plan, results, judge_plan(plan, results))
    for told in (verdict.sentence, *verdict.reasons, *verdict.conditions):
        assert told in shown
    for option in plan.settings.options:
        assert plan.template.options[option].label in shown
    for gate in plan.template.gates.values():
        assert (gate.label in shown) != gate.live
    assert "15 of 15 still stand" not in shown  # those that every option overrides do nothing
    assert re.search(r"\b(\d+) of \1 still stand at the preset's default", shown)
    assert f"{results.number('tco', plan.settings.candidate) / 1000:,.0f}" in shown


@pytest.mark.parametrize("preset", PRESETS)
def test_it_fetches_nothing_and_runs_nothing(preset: str) -> None:
    root = page(preset)
    assert not found(root, "//script | //link | //iframe | //object | //embed | //img | //foreignObject | //a")
    attributes = [(str(name), str(value)) for one in root.iter() for name, value in one.attrib.items()]
    assert not [one for one in attributes if one[0] in FETCHING and not one[1].startswith("#")]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert not [value for _, value in attributes if re.search(r"url\((?!#)|javascript:", value)]
    style = "".join(str(part) for part in found(root, "//style/text()"))
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("preset", PRESETS)
def test_every_chart_has_a_title_and_says_in_words_what_it_shows(preset: str) -> None:
    drawings = found(page(preset), "//svg")
    assert len(drawings) == sum(isinstance(block, Picture) for block in paper(preset_plan(preset)).blocks) >= 5
    for drawing in drawings:
        assert drawing.get("role") == "img"
        (title,), (about,) = found(drawing, "./title/text()"), found(drawing, "./desc/text()")
        assert title in found(drawing, ".//text/text()")
        assert re.search(r"\d", str(about))


def test_the_same_plan_gives_the_same_bytes() -> None:
    first, again = (html_of(paper(preset_plan("support_assistant"))) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("name", HOSTILE)
def test_a_projects_name_is_a_text(name: str) -> None:
    plan = preset_plan("support_assistant").with_settings(project=name)
    root = etree.fromstring(html_of(paper(plan)), etree.HTMLParser(encoding="utf-8"))
    assert not found(root, "//script | //img | //body//comment()")
    (title,) = found(root, "//h1")
    wanted = "".join(one if one.isprintable() else " " for one in " ".join(name.split()))
    assert title.text == wanted
    assert len(title) == 0


def test_a_theme_is_worn_by_the_paper() -> None:
    theme = ThemeTable.model_validate({
        "font": "Source Sans 3",
        "colours": {"ink": "#102030", "accent": "#123456"}, "verdict": {"choose_other": "#0A0A0A"},
    })  # fmt: skip
    plan = preset_plan("support_assistant")
    told = html_of(paper(replace(plan, template=replace(plan.template, look=Look(theme))))).decode()
    for mark in ("Source Sans 3", "#102030", "#123456", "background: #0A0A0A; color: #FFFFFF"):
        assert mark in told
    assert "Calibri" not in told
