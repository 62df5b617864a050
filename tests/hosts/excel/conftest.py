"""xlwings as on Windows, with a folder of its own for logs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.excel_calling import Excel
from tests.support.windows import windows


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The person's folder; what is written to its log ends with the test."""
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "home"))
    logger = logging.getLogger("ftroi")
    before = list(logger.handlers)
    yield tmp_path / "home"
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()


@pytest.fixture
def excel(home: Path) -> Iterator[Excel]:  # noqa: ARG001 - only so that the log stands there
    """Excel's side of a call, which starts its log anew."""
    with windows() as modules:
        modules.excel.start_log.cache_clear()
        yield Excel(modules)
        modules.excel.start_log.cache_clear()
