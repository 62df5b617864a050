"""Rules give charges their category and option; what none fits stands as not assigned."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ftroi.actuals.rules import Rule, assigned, not_assigned, read_rules, rules_of, wrong_names
from ftroi.cli.check import _check_template
from ftroi.errors import BillError
from ftroi.plan import plan_from_preset
from tests.support.bills import FOCUS, PEOPLE, focus, table
from tests.support.plans import fine_tuning
from tests.support.reading_bills import bills_of

PLAN = plan_from_preset(fine_tuning(), "support_assistant")
RULES = rules_of(fine_tuning())


def test_rules_name_what_the_template_has() -> None:
    assert assigned(read_none(), RULES, PLAN).empty
    assert len(RULES) > 5


def read_none() -> object:
    import pandas as pd

    from ftroi.actuals.read import COLUMNS

    return pd.DataFrame({name: pd.Categorical([]) for name in COLUMNS})


def test_the_first_rule_that_fits_decides_and_the_rest_is_not_assigned(tmp_path: Path) -> None:
    rows = [focus(1, 10, 10), focus(2, 2, 2, "Tax"), focus(3, 5, 5)]
    text = table(FOCUS, rows).replace("Input tokens 3", "Parking")
    rules = {
        "taxes": Rule(kind="tax", category="outside"),
        "tokens": Rule(description="tokens", category="visible.serving", option="rag"),
    }
    charges = assigned(bills_of(tmp_path, text).charges, rules, PLAN)
    assert charges["rule"].tolist() == ["tokens", "taxes", ""]
    assert charges["category"].tolist() == ["visible.serving", "outside", ""]
    assert charges["option"].tolist() == ["rag", PLAN.settings.candidate, ""]
    (rest,) = not_assigned(charges).itertuples()
    assert (rest.amount, rest.rows, rest.line) == (5, 1, 4)


def test_wrong_rules_are_told_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('[a]\nservice = "("\ncategory = "x"\n[b]\ncategory = "y"\n')
    with pytest.raises(BillError) as caught:
        read_rules(path)
    assert len(caught.value.findings) == 2
    with pytest.raises(BillError, match=r"no category 'visible\.servin'"):
        assigned(read_none(), {"a": Rule(service="x", category="visible.servin")}, PLAN)


def test_a_stated_category_that_the_plan_does_not_have_is_told(tmp_path: Path) -> None:
    text = table(PEOPLE, [("2026-03", "Ann", "ML", 8, "", 100, "USD", "visible.labour", "")])
    with pytest.raises(BillError, match=r"bill0\.csv:2: category: the plan has no 'visible\.labour'"):
        assigned(bills_of(tmp_path, text).charges, RULES, PLAN)


@pytest.mark.parametrize(
    "file,old,new,words",
    [
        (
            "bill_rules.toml",
            '"visible.storage"',
            '"visible.store"',
            "no category 'visible.store'",
        ),
        ("prices.toml", 'source     = "gpu-price-survey"', 'source     = "survey"', "no source 'survey'"),
        ("tracking.toml", '"review_month"', '"review_moth"', "no line or assumption 'review_moth'"),
    ],
)
def test_checking_a_template_looks_at_its_files_of_tracking(
    file: str, old: str, new: str, words: str, tmp_path: Path
) -> None:
    folder = shutil.copytree(fine_tuning().folder, tmp_path / "template")
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert any(words in str(finding) for finding in _check_template(str(folder)))


def test_the_shipped_rules_are_of_the_template() -> None:
    assert wrong_names(RULES, fine_tuning(), fine_tuning().options) == []
