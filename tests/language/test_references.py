from __future__ import annotations

from ftroi.language import FUNCTIONS, ROW_FUNCTIONS, Name, Reference, parse, references, walk


def test_references_come_in_the_order_of_the_text_with_the_function_around_them() -> None:
    tree = parse("IF(operate_flag = 1, PREV(level) + fee, -TOTAL(fee)) * REFERENCE(fee)")
    assert list(references(tree)) == [
        Reference("operate_flag"),
        Reference("level", "PREV"),
        Reference("fee"),
        Reference("fee", "TOTAL"),
        Reference("fee", "REFERENCE"),
    ]


def test_references_know_their_offset_in_the_text() -> None:
    assert [reference.at for reference in references(parse("fee + PREV(fee)"))] == [0, 11]


def test_walk_gives_each_node_before_its_own_parts() -> None:
    names = [node.name for node in walk(parse("MAX(a_1, b_1 - c_1) ^ -d_1")) if isinstance(node, Name)]
    assert names == ["a_1", "b_1", "c_1", "d_1"]


def test_every_row_function_is_a_way_of_reference() -> None:
    assert set(ROW_FUNCTIONS) < set(FUNCTIONS)
    for function in ROW_FUNCTIONS:
        assert list(references(parse(f"{function}(fee)"))) == [Reference("fee", function)]
