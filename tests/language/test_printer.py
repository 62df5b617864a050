from __future__ import annotations

import pytest
from hypothesis import given

from ftroi.language import Binary, Name, Negative, Node, Number, formula_text, parse, to_excel
from tests.support.trees import TREES


@given(TREES)
def test_a_printed_formula_is_read_back_as_the_same_tree(tree: Node) -> None:
    assert parse(formula_text(tree)) == tree


@given(TREES)
def test_no_parenthesis_can_be_left_out(tree: Node) -> None:
    text = formula_text(tree)
    for opening, closing in pairs_of_plain_parentheses(text):
        bare = text[:opening] + " " + text[opening + 1 : closing] + " " + text[closing + 1 :]
        assert not reads_as(bare, tree), bare


def pairs_of_plain_parentheses(text: str) -> list[tuple[int, int]]:
    """The places of the parentheses that group, and leave out those of calls."""
    pairs, waiting = [], []
    for at, sign in enumerate(text):
        if sign == "(":
            waiting.append(at)
        elif sign == ")":
            opening = waiting.pop()
            if not text[:opening][-1:].isalnum():
                pairs.append((opening, at))
    return pairs


def reads_as(text: str, tree: Node) -> bool:
    try:
        return parse(text) == tree
    except Exception:  # noqa: BLE001 - whatever it is, the text is not that tree
        return False


@pytest.mark.parametrize(
    "text,printed",
    [
        ("( price * (1 + share) )", "price*(1+share)"),
        ("(a_b - b_c) - c_d", "a_b-b_c-c_d"),
        ("a_b - (b_c - c_d)", "a_b-(b_c-c_d)"),
        ("a_b / (b_c * c_d)", "a_b/(b_c*c_d)"),
        ("(1 + growth) ^ ((month - 1) / months_per_year)", "(1+growth)^((month-1)/months_per_year)"),
        ("(-price) ^ share", "(-price)^share"),
        ("-(price ^ share)", "-(price^share)"),
        ("price ^ (-share)", "price^-share"),
        ("-(price + share)", "-(price+share)"),
        ("if ( price<=0 , 5% , 1e-7 )", "IF(price<=0,5%,1e-07)"),
        ("prev(price)", "PREV(price)"),
        ("7% + 0.1% + 250%", "7%+0.1%+250%"),
        ("1e300%", "1E+300%"),
    ],
)
def test_a_formula_is_printed_without_blanks_and_needless_parentheses(text: str, printed: str) -> None:
    assert formula_text(parse(text)) == printed


def test_the_callbacks_place_names_and_row_functions() -> None:
    tree = parse("TO_DATE(fee) * share - PREV(fee)")
    rows = {"TO_DATE": "SUM($G12:G12)", "PREV": "F12"}
    text = to_excel(tree, lambda name: f"${name}$", lambda function, name: f"{rows[function]}+{name}")
    assert text == "SUM($G12:G12)+fee*$share$-F12+fee"


def test_a_tree_made_by_hand_is_printed_like_one_that_was_read() -> None:
    tree = Binary("*", Negative(Name("fee")), Binary("-", Number(1.0), Number(0.25)))
    assert formula_text(tree) == "-fee*(1-0.25)"
