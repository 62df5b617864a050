from __future__ import annotations

import subprocess
import sys

from ftroi import language


def test_the_package_gives_what_it_promises() -> None:
    assert [name for name in language.__all__ if not hasattr(language, name)] == []


def test_importing_ftroi_imports_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import ftroi; print(sorted(set(sys.modules) - before))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "['ftroi']"


def test_the_language_needs_numpy_alone() -> None:
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['pydantic', 'openpyxl', 'lxml', 'typer', 'rich']));"
        "import ftroi.language"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
