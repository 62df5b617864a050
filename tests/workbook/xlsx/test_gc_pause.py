"""The search for unused cycles of objects, put off."""

from __future__ import annotations

import gc

import pytest

from ftroi.workbook.xlsx.gc_pause import no_collection


@pytest.mark.parametrize("is_on", [True, False])
def test_the_search_is_off_meanwhile_and_as_it_was_after_an_error(is_on: bool) -> None:
    before = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        with pytest.raises(ValueError, match="meanwhile off: True"):
            told()
        assert gc.isenabled() == is_on
    finally:
        (gc.enable if before else gc.disable)()


@no_collection()
def told() -> None:
    """Tell by an error whether the search is off."""
    raise ValueError(f"meanwhile off: {not gc.isenabled()}")
