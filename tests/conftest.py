"""What all tests share: the real spreadsheet program, and how patiently random examples are tried."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.install_office import advice, missing_tools
from tests.support import depth
from tests.support.newcomer import copy_with_a_line
from tests.support.office import Office

ON_BUILD_SERVER = os.environ.get("CI") == "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `--thorough` ask for all the random plans; without it every test runs, on a few of them."""
    parser.addoption("--thorough", action="store_true", help="try all random plans and examples, which takes an hour")


def pytest_configure(config: pytest.Config) -> None:
    """Set how deep the run goes."""
    depth.go_deep(thorough=bool(config.getoption("--thorough")))
    # Another worker and LibreOffice share the processors, so that a slow example means nothing; a build server tries
    # the same examples each time.
    settings.register_profile(
        "ftroi", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=ON_BUILD_SERVER,
        print_blob=True, max_examples=depth.examples(),
    )  # fmt: skip
    settings.load_profile("ftroi")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that opens LibreOffice as `host`, so that `-m "not host"` runs without it."""
    for item in items:
        if {"office", "functions_office"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("host")


def require_office() -> None:
    """Skip a test where LibreOffice is not on this machine; on a build server it fails."""
    if missing := missing_tools():
        reason = f"not on this machine: {', '.join(missing)}; to install: {advice()}"
        if ON_BUILD_SERVER:
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """The LibreOffice of this session."""
    require_office()
    running = Office()
    yield running
    running.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the shipped template, give it an id, and add a line, its assumptions and its example."""
    return copy_with_a_line(tmp_path)
