"""The functions come without what a spreadsheet program's Python may lack."""

from __future__ import annotations

import subprocess
import sys

HIDDEN = ("lxml", "openpyxl", "typer", "rich", "xlwings", "scipy", "jinja2")

ASK = f"""
import sys
sys.modules.update(dict.fromkeys({HIDDEN!r}))
from ftroi.functions.call import call
print(call("FT_TCO", [((1.0, 2.0), (3.0, 4.0))]))
"""


def test_calls_are_answered_without_readers_of_files_and_the_command_line() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("#FT: inputs: FT_Inputs has no row")
