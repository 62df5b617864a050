"""Every kind of cell is made of named styles, and every kind is in use."""

from __future__ import annotations

import re

from ftroi.workbook.xlsx.roles import ROLES
from ftroi.workbook.xlsx.styles import HOUSE, PREFIX, named_styles
from tests.support.project_files import sources


def test_every_kind_is_made_of_styles_that_there_are() -> None:
    known = {style.name.removeprefix(PREFIX) for style in named_styles(HOUSE)}
    for name, role in ROLES.items():
        assert {role.style, role.type or role.style, role.size or role.style} <= known, name


def test_every_kind_is_in_use() -> None:
    texts = {text for _, source in sources("ftroi/workbook/sheets") for text in re.findall(r'"([a-z ]+)"', source)}
    assert set(ROLES) - texts == set()
