"""Whatever a file says: the figures of the intended plan, or a refusal; never a trace, never another figure."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pytest

from ftroi.errors import FtroiError
from ftroi.plan import Plan
from ftroi.workbook.reading.file import read_workbook
from tests.support.depth import seeds
from tests.support.edited import fine_tuning_by_id, small_workbook
from tests.support.file_fuzzer import FIGURE, KINDS, Tampered, plan_read_as, tampered
from tests.support.memory import IS_TOLD, peak_memory
from tests.support.office import Office
from tests.support.running import Ftroi

SECONDS = 30
"""Ten times what the slowest takes where other processes share the machine."""

MOST_MEMORY = 1_500_000_000
"""Bytes of a process that reads twenty of the files."""


def reading_of(path: Path) -> Plan | FtroiError:
    """The plan of a file, or the refusal."""
    try:
        return read_workbook(path, fine_tuning_by_id).plan
    except FtroiError as error:
        return error


def read_all(seeds_: range, path: Path) -> int:
    """Read the tampered file of each seed, and give this process's peak of memory, in bytes (0: unknown)."""
    for seed in seeds_:
        made = tampered(seed)
        path.write_bytes(made.content)
        began = time.monotonic()
        read = reading_of(path)
        if isinstance(read, Plan):
            assert made.base is not None, (seed, made.what)
            assert read.entries == plan_read_as(made.base).entries, (seed, made.what)
        else:
            assert made.base is None or FIGURE in str(read), (seed, made.what, str(read))
            assert all(one.where and one.what and one.cure for one in read.findings), (seed, made.what)
        assert time.monotonic() - began < SECONDS, (seed, made.what)
        assert path.read_bytes() == made.content
    return peak_memory() if IS_TOLD else 0


@pytest.mark.parametrize("start", seeds(10, 250))
def test_a_tampered_file_is_read_as_intended_or_refused(start: int, tmp_path: Path) -> None:
    """In a process of its own: what other tests have used is no memory of the files'."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        most = process.submit(read_all, range(start * 20, start * 20 + 20), tmp_path / "plan.xlsx").result()
    assert most < MOST_MEMORY


def test_titles_that_print_stand_twice_in_what_libreoffice_saves(office: Office, tmp_path: Path) -> None:
    """Its rows and columns that print on every page are two names of one spelling, and no sign of tampering."""
    with office.opened(small_workbook(tmp_path)) as document:
        office.save(document, tmp_path / "saved.xlsx")
    assert isinstance(reading_of(tmp_path / "saved.xlsx"), Plan)


@cache
def refused_kinds() -> dict[str, Tampered]:
    """The first file of each kind that has to be refused."""
    found: dict[str, Tampered] = {}
    for made in map(tampered, range(300)):
        if made.base is None:
            found.setdefault(made.what, made)
    return found


@pytest.mark.parametrize("command", ["calc", "check", "regenerate"])
def test_the_commands_refuse_them_too(command: str, ftroi: Ftroi, tmp_path: Path) -> None:
    """One of each kind that has to be refused."""
    path = tmp_path / "plan.xlsx"
    found = refused_kinds()
    assert len(found) == len(KINDS) - 1
    for made in found.values():
        path.write_bytes(made.content)
        answer = ftroi(command, path)
        assert answer.code in (1, 2), (made.what, answer)
        assert "Traceback" not in answer.err + answer.out
        assert "did not expect" not in answer.err + answer.out
        assert path.read_bytes() == made.content
