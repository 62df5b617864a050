"""What may stand in correlations.toml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.termsheet import CorrelationTable, load_template
from ftroi.termsheet.checks.review import review
from tests.support.plans import fine_tuning
from tests.support.small_template import small_template


def with_group(folder: Path, *lines: str) -> Path:
    """Write the small template with groups, and with a second figure that is uncertain."""
    small_template(folder)
    path = folder / "assumptions" / "all.toml"
    text = path.read_text(encoding="utf-8")
    price = text[text.index("[price]") : text.index("[divisor]")]
    path.write_text(text + price.replace("[price]", "[rent]"), encoding="utf-8")
    (folder / "correlations.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


GROUP = ('label = "Both"', "value = 0.5", 'source = "judgement"', 'note = "Together."')


def test_a_template_may_go_without() -> None:
    assert fine_tuning().correlations


def test_groups_are_read(tmp_path: Path) -> None:
    template = load_template(with_group(tmp_path, "[both]", 'members = ["price", "rent"]', *GROUP))
    assert template.correlations["both"].members == ("price", "rent")
    assert load_template(small_template(tmp_path / "other")).correlations == {}


@pytest.mark.parametrize(
    "members, words",
    [
        ('["price", "rend"]', "no assumption named 'rend'; did you mean 'rent'"),
        ('["price", "divisor"]', "'divisor' is a decision and never drawn"),
        ('["price", "price"]', "'price' is named twice"),
        ('["price"]', "'members'"),
    ],
)
def test_members_have_to_be_uncertain_and_apart(tmp_path: Path, members: str, words: str) -> None:
    with pytest.raises(TemplateError, match=words) as caught:
        load_template(with_group(tmp_path, "[both]", f"members = {members}", *GROUP))
    assert "correlations.toml" in str(caught.value)


def test_two_that_are_correlated_twice_are_refused(tmp_path: Path) -> None:
    both = ('members = ["price", "rent"]', *GROUP)
    with pytest.raises(TemplateError, match=r"price and rent are correlated in \[one\] as well"):
        load_template(with_group(tmp_path, "[one]", *both, "[two]", *both))


def test_a_value_that_is_no_correlation_is_refused(tmp_path: Path) -> None:
    group = [line.replace("0.5", "1.5") for line in GROUP]
    with pytest.raises(TemplateError, match="'value'"):
        load_template(with_group(tmp_path, "[both]", 'members = ["price", "rent"]', *group))


def test_every_shipped_group_has_a_source_or_a_reason() -> None:
    template = fine_tuning()
    assert all(one.note for one in template.correlations.values())
    first = next(iter(template.correlations.values()))
    unknown: dict[str, CorrelationTable] = {"mine": first.model_copy(update={"source": "nobody"})}
    assert any("no source 'nobody'" in str(one) for one in review(replace(template, correlations=unknown)))
