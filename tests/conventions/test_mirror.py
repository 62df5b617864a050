"""Tests stand where their modules do; the list of those that do not gets no longer."""

from __future__ import annotations

from tests.support import mirror
from tests.support.mirror import LIST
from tests.support.project_files import sources


def test_a_module_without_a_test_of_its_path_is_found() -> None:
    names = ["ftroi/a/b.py", "ftroi/a/c.py", "ftroi/a/__init__.py", "tests/a/test_b.py", "tests/test_c.py"]
    assert mirror.without_a_test(names) == ["ftroi/a/c.py"]


def test_every_module_has_a_test_of_its_path_or_had_none_before() -> None:
    names = [name for name, _ in sources()]
    new = sorted(set(mirror.without_a_test(names)) - set(mirror.listed()))
    assert new == [], (
        f"without a test of their path: write it (for ftroi/a/b.py: tests/a/test_b.py); not in {LIST.name}"
    )


def test_the_list_names_only_what_it_has_to() -> None:
    names = [name for name, _ in sources()]
    needless = sorted(set(mirror.listed()) - set(mirror.without_a_test(names)))
    assert needless == [], f"take these out of {LIST.name}: they have a test of their path by now, or are gone"
