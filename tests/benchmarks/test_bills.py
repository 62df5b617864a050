"""A million rows of a bill, read, joined and assigned, and written into the plan."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.bills import AWS, aws, table

ROWS = 1_000_000
MOST_SECONDS, MOST_BYTES = 10, 1_000_000_000


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    head, row = table(AWS, [aws(1, 0.25)]).splitlines()
    path = tmp_path / "bill.csv"
    with path.open("w") as out:
        out.write(f"{head}\n")
        out.writelines(row.replace("0.25", f"0.{number}1") + "\n" for number in range(ROWS))
    return path


@pytest.mark.benchmark
def test_a_million_rows_are_written_into_the_plan_within_ten_seconds_of_computing(bill: Path) -> None:
    plan = bill.with_name("plan.xlsx")
    new = ("new", plan, "--preset", "support_assistant", "--options", "rag", "--set", "start=2026-03-01")
    for words in (new, ("actuals", plan, bill, "--write")):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "ftroi", *map(str, words)], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= MOST_SECONDS
    assert after.ru_maxrss * 1_000 <= MOST_BYTES


@pytest.mark.benchmark
def test_a_million_rows_take_at_most_ten_seconds_and_a_gigabyte(bill: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from ftroi.actuals.ledger import joined\nfrom ftroi.actuals.read import read_bill\n"
        "from ftroi.actuals.rules import assigned, rules_of\nfrom tests.support.plans import fine_tuning\n"
        "from ftroi.plan import plan_from_preset\nfrom tests.support.memory import peak_memory\n"
        "plan = plan_from_preset(fine_tuning(), 'support_assistant')\n"
        "charges = joined([read_bill(Path(sys.argv[1]))], 'USD', {}).charges\n"
        "print(len(assigned(charges, rules_of(plan.template), plan)))\n"
        "print(peak_memory())\n"
    )
    start = time.perf_counter()
    ended = subprocess.run([sys.executable, "-c", program, str(bill)], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    rows, memory = map(int, ended.stdout.split())
    assert rows == ROWS
    assert seconds <= MOST_SECONDS
    assert memory <= MOST_BYTES
