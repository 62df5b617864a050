"""The XML of a part is read without trust, whatever prefix its namespace has."""

from __future__ import annotations

import pytest
from lxml import etree

from ftroi.workbook.xlsx.xml_tree import below, children_named, local_name, parser, text_of, unescaped, whole_text


@pytest.mark.parametrize("prefix,declared", [("", 'xmlns="urn:x"'), ("x:", 'xmlns:x="urn:x"')])
def test_elements_are_found_under_either_spelling(prefix: str, declared: str) -> None:
    inside = f"<{prefix}r><{prefix}t>one</{prefix}t></{prefix}r><{prefix}t> two</{prefix}t>"
    root = etree.fromstring(f"<{prefix}si {declared}>{inside}</{prefix}si>", parser())
    assert local_name(root) == "si"
    assert [one.text for one in children_named(root, "t")] == [" two"]
    assert [one.text for one in below(root, "t")] == ["one", " two"]
    assert text_of(root) == whole_text(root) == "one two"


@pytest.mark.parametrize("text,shown", [("a_x000D_b", "a\rb"), ("_x005F_x000D_", "_x000D_"), ("a_xb", "a_xb")])
def test_escaped_characters_are_read(text: str, shown: str) -> None:
    assert unescaped(text) == shown


def test_entities_are_not_expanded() -> None:
    root = etree.fromstring('<!DOCTYPE a [<!ENTITY e "boom">]><a>&e;</a>', parser())
    assert "boom" not in "".join(str(one) for one in root.itertext())
