"""LibreOffice with the extension as it is built, one for all tests of a module."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

import pytest

from ftroi.hosts.office import build_oxt
from tests.support.office import Office


@pytest.fixture(scope="module")
def office_with_add_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice of its own that has ftroi's extension."""
    folder = tmp_path_factory.mktemp("extensions")
    with zipfile.ZipFile(build_oxt(folder / "built")) as extension:
        extension.extractall(folder / "bundled" / "ftroi")
    office = Office(folder / "bundled")
    yield office
    office.close()
