"""The XML of a workbook's parts: a parser that trusts nothing, and what is asked of its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml names the class of its elements so

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALVES = re.compile("[\ud800-\udfff]")


def parser() -> etree.XMLParser:
    """A parser that expands no entities and fetches nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)


def local_name(element: Element) -> str:
    """An element's name without its namespace, which has two spellings."""
    return str(element.tag).rpartition("}")[2]


def whole_text(element: Element) -> str:
    """All text within an element, without spaces around it."""
    return "".join(str(text) for text in element.itertext()).strip()


def children_named(element: Element, name: str) -> Iterator[Element]:
    """The children of this local name."""
    return (child for child in element if local_name(child) == name)


def below(root: Element, name: str) -> Iterator[Element]:
    """The element itself and all below it that bear this local name."""
    return root.iter(f"{{*}}{name}")


def text_of(item: Element) -> str:
    """A string's text with its runs put together; how it is pronounced is left out."""
    parts = []
    for child in item:
        if local_name(child) == "t":
            parts.append(child.text or "")
        elif local_name(child) == "r":
            parts.append(text_of(child))
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold, which stand in it as _x000D_."""
    if "_x" not in text:
        return text
    spelt = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return spelt.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _HALVES.search(spelt) else spelt
