from __future__ import annotations

import pytest

from ftroi.errors import FormulaError
from ftroi.language import Binary, Call, Name, Negative, Number, parse
from ftroi.language.parser import DEEPEST, MOST_TOKENS

A, B, C = Name("alpha"), Name("beta"), Name("gamma")


def refusal(text: str) -> str:
    """What the parser says of a text that it must refuse."""
    with pytest.raises(FormulaError) as caught:
        parse(text, "lines/data.toml:12")
    return str(caught.value)


@pytest.mark.parametrize(
    "text,number",
    [
        ("12", Number(12.0)),
        ("0.5", Number(0.5)),
        (".5", Number(0.5)),
        ("2.", Number(2.0)),
        ("1e6", Number(1e6)),
        ("1.5E-3", Number(0.0015)),
        ("5%", Number(0.05, percent=True)),
        ("0.1%", Number(0.001, percent=True)),
        ("100%", Number(1.0, percent=True)),
        ("0%", Number(0.0, percent=True)),
        ("0e-99999999999999999999%", Number(0.0, percent=True)),
    ],
)
def test_numbers_are_written_as_in_a_spreadsheet(text: str, number: Number) -> None:
    assert parse(text) == number


@pytest.mark.parametrize(
    "text,tree",
    [
        ("alpha + beta * gamma", Binary("+", A, Binary("*", B, C))),
        ("(alpha + beta) * gamma", Binary("*", Binary("+", A, B), C)),
        ("alpha - beta - gamma", Binary("-", Binary("-", A, B), C)),
        ("alpha / beta / gamma", Binary("/", Binary("/", A, B), C)),
        ("alpha * beta ^ gamma", Binary("*", A, Binary("^", B, C))),
        ("alpha + beta >= gamma", Binary(">=", Binary("+", A, B), C)),
        ("alpha <> beta", Binary("<>", A, B)),
        ("-alpha * beta", Binary("*", Negative(A), B)),
        ("-alpha * beta ^ gamma", Binary("*", Negative(A), Binary("^", B, C))),
        ("alpha ^ -beta", Binary("^", A, Negative(B))),
        ("(-alpha) ^ beta", Binary("^", Negative(A), B)),
        ("-(alpha ^ beta)", Negative(Binary("^", A, B))),
        ("(alpha ^ beta) ^ gamma", Binary("^", Binary("^", A, B), C)),
        ("alpha ^ (beta ^ gamma)", Binary("^", A, Binary("^", B, C))),
        ("alpha - -beta", Binary("-", A, Negative(B))),
        ("if(alpha > 0, Max(beta, gamma), 0)",
         Call("IF", (Binary(">", A, Number(0)), Call("MAX", (B, C)), Number(0)))),
        ("prev(alpha) + 1", Binary("+", Call("PREV", (A,)), Number(1))),
        ("  alpha\n  + beta", Binary("+", A, B)),
    ],
)  # fmt: skip
def test_operators_bind_as_in_a_spreadsheet(text: str, tree: object) -> None:
    assert parse(text) == tree


def test_nodes_know_their_offset_in_the_text() -> None:
    tree = parse("alpha + MAX(beta, -1)")
    assert isinstance(tree, Binary)
    assert isinstance(tree.right, Call)
    assert (tree.at, tree.left.at, tree.right.at) == (6, 0, 8)
    assert [argument.at for argument in tree.right.arguments] == [12, 18]


def test_a_refusal_says_where_what_and_what_to_do() -> None:
    assert refusal("alpha + MAXX(beta) * 2") == (
        "lines/data.toml:12: no function 'MAXX'; did you mean 'MAX'?\n    alpha + MAXX(beta) * 2\n            ^"
    )


def test_the_caret_stands_under_the_spot_in_a_text_of_several_lines() -> None:
    assert refusal("alpha +\n\tbeta $ gamma").endswith("\n     beta $ gamma\n          ^")


def test_all_faults_are_found_at_once_from_left_to_right() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("2^3^2 + IFF(alpha) + MOD(1) + TOTAL(alpha * beta) + Tco2026")
    assert [finding.what.split(":")[0] for finding in caught.value.findings] == [
        "'^' after '^'",
        "no function 'IFF'",
        "MOD takes 2 arguments, not 1",
        "TOTAL takes the name of a line, not an expression",
        "'Tco2026' cannot be a name",
    ]


@pytest.mark.parametrize("text", ["-2^2", "-alpha ^ beta", "1 * -alpha ^ beta", "2 ^ -alpha ^ beta", "2^3^2"])
def test_powers_that_hosts_read_differently_are_refused(text: str) -> None:
    assert "'^' after" in refusal(text)


@pytest.mark.parametrize(
    "text,message",
    [
        ("", "the formula is empty"),
        ("  ", "the formula is empty"),
        ("=alpha", "a leading '='; leave it out"),
        ("alpha +", "expected a number, a name or '(', found the end of the formula"),
        ("+alpha", "expected a number, a name or '(', found '+'"),
        ("alpha beta", "expected an operator, found 'beta'"),
        ("(alpha", "expected an operator or ')', found the end of the formula"),
        ("alpha)", "expected an operator, found ')'"),
        ("MAX(alpha beta)", "expected an operator, ',' or ')', found 'beta'"),
        ("MAX(alpha,)", "expected a number, a name or '(', found ')'"),
        ("MAX()", "MAX takes 1 to 255 arguments, not 0; for example MAX(0, 3, 2)"),
        ("ABS(alpha, beta)", "ABS takes 1 argument, not 2"),
        ("alpha ** 2", "expected a number, a name or '(', found '*'"),
        ("alpha & beta", "unexpected '&'; there are no texts in a formula"),
        ("alpha; beta", "unexpected ';'; separate arguments with ','"),
        ("alpha%", "unexpected '%'; write a percentage directly behind its number, like 5%"),
        ("$A$1", "unexpected '$'; use the name of an assumption or a line in place of a cell"),
        ("alpha != beta", "'not equal' is '<>'"),
        ("alpha × beta", "unexpected '×'; write '*'"),
        ("données", "unexpected 'é'"),
        ('IF(alpha = "yes", 1, 0)', "a text in quotes; a formula has numbers and names only"),
        ('"', "a text in quotes"),
        ("TRUE", "write a condition that holds, such as flag = 1"),
        ("true", "'true' cannot be a name: a spreadsheet keeps this name for itself"),
        ("Price", "'Price' cannot be a name: a name is lower-case letters, digits and single underscores"),
        ("a1 + 1", "'a1' cannot be a name: a spreadsheet reads it as the address of a cell"),
        ("maxx(alpha)", "no function 'MAXX'; did you mean 'MAX'?"),
        ("SUM(alpha)", "no function 'SUM'; add the lines with '+', or the months of one line with TOTAL"),
        ("alpha(1 + beta)", "no function 'ALPHA'; write '*' to multiply; the functions are MAX, MIN, IF"),
        ("PREV(1)", "PREV takes the name of a line, not an expression; give that expression a line"),
        ("TO_DATE(PREV(alpha))", "TO_DATE takes the name of a line, not an expression"),
        ("1e999", "a number too large for a spreadsheet"),
        ("1e999%", "a number too large for a spreadsheet"),
    ],
)
def test_what_is_no_formula_is_refused_with_a_reason(text: str, message: str) -> None:
    assert message in refusal(text)


@pytest.mark.parametrize("text", ["alpha & beta", 'alpha + "x" beta', "alpha × beta", '"only this"', "$"])
def test_a_foreign_sign_is_one_finding_and_not_a_trail_of_them(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert len(caught.value.findings) == 1


@pytest.mark.parametrize("opening", ["(", "-", "ABS("])
def test_deep_nesting_is_refused(opening: str) -> None:
    closing = ")" if opening.endswith("(") else ""
    parse(opening * DEEPEST + "alpha" + closing * DEEPEST)
    assert f"more than {DEEPEST} deep" in refusal(opening * (DEEPEST + 1) + "alpha")


def test_long_formulas_are_refused() -> None:
    longest = "+".join(["alpha"] * (MOST_TOKENS // 2))
    parse(longest)
    assert f"more than {MOST_TOKENS} numbers, names and signs; split it" in refusal(f"{longest}+alpha")
    assert "split it into several lines" in refusal("(" * 100_000)
