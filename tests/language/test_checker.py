from __future__ import annotations

import pytest

from ftroi.errors import Finding
from ftroi.language import check_formula, parse, unit_text
from ftroi.language.parser import MOST_TOKENS
from tests.support.toy_names import ToyNames

NAMES = ToyNames()


def unit_of(text: str) -> str:
    """The unit of a formula without findings; "any" for one that fits any unit."""
    unit, findings = check_formula(parse(text), NAMES, "a line", text)
    assert findings == []
    return "any" if unit is None else unit_text(unit)


def findings_of(text: str) -> list[Finding]:
    return check_formula(parse(text), NAMES, "a line", text)[1]


@pytest.mark.parametrize(
    "text,unit",
    [
        ("0", "any"),
        ("-1", "any"),
        ("0 * 1 + 1", "any"),
        ("IF(month > build_months, 1, 0)", "any"),
        ("MAX(0, fee)", "money/month"),
        ("MIN(fee, fee, 1)", "money/month"),
        ("IF(operate_flag = 1, 0, fee)", "money/month"),
        ("labels * price_per_label", "money/month"),
        ("fee / labels", "money/label"),
        ("1 / months_per_year", "year/month"),
        ("0 * fee", "money/month"),
        ("-fee", "money/month"),
        ("fee - fee * share", "money/month"),
        ("1 + share", "1"),
        ("1 + growth", "1/year"),
        ("(1 + growth) ^ ((month - 1) / months_per_year)", "1"),
        ("(1 - share) ^ share", "1"),
        ("(1 + share) ^ -share", "1"),
        ("share ^ 0", "1"),
        ("MOD(month, build_months)", "month"),
        ("ROUND(fee, 0)", "money/month"),
        ("ROUNDUP(ROUND(fee, 1), 0)", "money/month"),
        ("ROUNDDOWN(month, places)", "month"),
        ("INT(month / months_per_year)", "year"),
        ("ABS(fee)", "money/month"),
        ("EXP(share) + LN(1)", "1"),
        ("SQRT(area)", "metre"),
        ("SQRT(budget)", "money^(1/2)"),
        ("SQRT(1)", "any"),
        ("YEAR(start_date)", "year"),
        ("MONTH(start_date)", "month"),
        ("PREV(fee)", "money/month"),
        ("TO_DATE(fee)", "money"),
        ("TOTAL(labels)", "label"),
        ("FIRST(operate_flag)", "month"),
        ("IRR(fee)", "1/month"),
        ("REFERENCE(fee) - CANDIDATE(fee) - NOTHING(fee)", "money/month"),
    ],
)
def test_a_formula_has_the_unit_of_its_parts(text: str, unit: str) -> None:
    assert unit_of(text) == unit


@pytest.mark.parametrize(
    "text,what",
    [
        ("fee + budget", "'+' of money/month and money"),
        ("fee - share", "'-' of money/month and 1"),
        ("IF(fee > budget, 1, 0)", "'>' of money/month and money"),
        ("IF(month = share * 0, 1, 0)", "'=' of month and 1"),
        ("MAX(0, fee, budget)", "MAX of money/month and money"),
        ("IF(operate_flag = 1, fee, budget)", "IF of money/month and money"),
        ("MOD(month, months_per_year)", "MOD of month and month/year"),
        ("(1 + growth) ^ month", "'^' of 1/year and month"),
        ("share ^ month", "'^' of 1 and month"),
        ("fee ^ share", "'^' of money/month and 1"),
        ("EXP(month)", "EXP takes a number without a unit, not month"),
        ("LN(fee)", "LN takes a number without a unit, not money/month"),
        ("YEAR(month)", "YEAR takes a date, not month"),
        ("MONTH(share)", "MONTH takes a date, not 1"),
        ("ROUND(fee, month)", "ROUND takes a number of decimal places, not month"),
    ],
)
def test_units_that_do_not_fit_are_found(text: str, what: str) -> None:
    assert what in [finding.what for finding in findings_of(text)]


@pytest.mark.parametrize(
    "text,what",
    [
        ("month > 1", "a condition where a number must stand"),
        ("AND(month > 1, month < build_months)", "a condition where a number must stand"),
        ("fee * (month > 1)", "a condition where a number must stand"),
        ("-(month > 1)", "a condition where a number must stand"),
        ("MAX(month > 1, 0)", "a condition where a number must stand"),
        ("IF(1 < month < build_months, 1, 0)", "a condition where a number must stand"),
        ("IF(month > 1, month > 1, 0)", "a condition where a number must stand"),
        ("EXP(month > 1)", "a condition where a number must stand"),
        ("IF(operate_flag, fee, 0)", "a number where a condition must stand"),
        ("IF(NOT(operate_flag), fee, 0)", "a number where a condition must stand"),
        ("IF(AND(month > 1, 1), fee, 0)", "a number where a condition must stand"),
        ("IF(OR(month > 1, PREV(fee)), fee, 0)", "a number where a condition must stand"),
    ],
)
def test_conditions_stand_only_where_they_are_asked_for(text: str, what: str) -> None:
    assert [finding.what for finding in findings_of(text)] == [what]


def test_conditions_may_be_joined_and_turned() -> None:
    assert unit_of("IF(AND(NOT(month > 1), OR(fee < 1, share >= 0)), fee, 0)") == "money/month"


@pytest.mark.parametrize("text,literal", [("fee * 12", "12"), ("5% * fee", "5%"), ("ROUND(fee, 2)", "2")])
def test_numbers_other_than_0_and_1_need_a_name(text: str, literal: str) -> None:
    (finding,) = findings_of(text)
    assert finding.what == f"the number {literal} has no name"
    assert "of kind constant" in finding.cure


@pytest.mark.parametrize(
    "text",
    [
        "IF(share = 1, 1, 0)",
        "IF(0 <> fee, 1, 0)",
        "IF(ROUND(share, places) = share, 1, 0)",
        "INT(share)",
        "ROUNDUP(month * share, 0)",
        "ROUNDDOWN(-share, 0)",
        "MOD(share, 1)",
        "MOD(month, ROUND(month * share, 1))",
        "MOD(month / months_per_year, 1)",
        "FIRST(share)",
        "ROUND(fee, share)",
    ],
)
def test_what_spreadsheets_round_differently_is_refused(text: str) -> None:
    (finding,) = findings_of(text)
    assert finding.what.endswith("that may not be whole")
    assert finding.cure


@pytest.mark.parametrize(
    "text",
    [
        "IF(ROUND(share, places) = ROUND(growth * 0 / growth, 1), 1, 0)",
        "IF(INT(ROUND(share, 1)) = 1, 1, 0)",
        "IF(month / build_months = 1, 1, 0)",
        "INT((month - 1) / months_per_year)",
        "ROUNDUP(month / build_months, 0)",
        "MOD(-month + 1, ROUND(month * share, 0))",
        "MOD(MAX(month, PREV(month)), TOTAL(operate_flag) + 0 * month)",
        "FIRST(operate_flag)",
        "IF(share <= growth / growth, 1, 0)",
    ],
)
def test_whole_and_rounded_numbers_may_be_compared_and_rounded(text: str) -> None:
    assert findings_of(text) == []


@pytest.mark.parametrize(
    "text,cure",
    [
        ("IF(share = 1, 1, 0)", "write ROUND(x, places), or compare with < and >="),
        ("INT(share)", "write ROUND(x, places)"),
        ("MOD(share, 1)", "write ROUND(x, 0)"),
        ("FIRST(share)", "give that line whole numbers, such as IF(condition, 1, 0)"),
        ("ROUND(fee, share)", "write 0 or 1, or the name of a whole number"),
    ],
)
def test_a_finding_about_rounding_says_what_to_write(text: str, cure: str) -> None:
    assert [finding.cure for finding in findings_of(text)] == [cure]


def test_an_unknown_name_is_found_with_what_it_was_meant_to_be() -> None:
    (finding,) = findings_of("labels * price_per_lable")
    assert str(finding) == (
        "a line: no assumption or line named 'price_per_lable'; did you mean 'price_per_label'?\n"
        "    labels * price_per_lable\n"
        "             ^"
    )


@pytest.mark.parametrize("text", ["nothing_known", "PREV(nothing_known)", "IRR(nothing_known)"])
def test_an_unknown_name_leaves_the_unit_open(text: str) -> None:
    unit, findings = check_formula(parse(text), NAMES)
    assert unit is None
    assert len(findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "fee + 7 * budget",
        "fee + unknown_name",
        "MAX(fee + budget, share)",
        "IF(unknown_name = 1, fee, 0)",
        "(fee + budget) * share + budget",
        "MOD(unknown_name, month)",
        "SQRT(unknown_name) + fee",
    ],
)
def test_one_fault_is_one_finding(text: str) -> None:
    assert len(findings_of(text)) == 1


def test_all_findings_come_at_once_from_left_to_right() -> None:
    text = "12 * lables + IF(share = 1, fee, budget) + (month > 1)"
    assert [(finding.what, finding.excerpt.rindex("^") - len(text) - 9) for finding in findings_of(text)] == [
        ("the number 12 has no name", 0),
        ("no assumption or line named 'lables'", 5),
        ("'=' of a number that may not be whole", 17),
        ("IF of money/month and money", 33),
        ("a condition where a number must stand", 50),
    ]


def test_without_its_text_a_formula_is_shown_as_it_is_printed() -> None:
    _, (finding,) = check_formula(parse("( fee )   +   budget"), NAMES, "a line")
    assert finding.excerpt == "    fee+budget\n       ^"


def test_the_longest_formula_can_be_checked() -> None:
    assert unit_of("+".join(["fee"] * (MOST_TOKENS // 2))) == "money/month"
