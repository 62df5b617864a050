"""The project keeps to its conventions; each check is first seen to catch a made-up fault."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support import house_style
from tests.support.project_files import machine_hosts, module_name, project_files, sources, texts

LONG_BODY = "\n".join(f"    x{i} = {i}" for i in range(40))


def listing(faults: list[str]) -> str:
    """The faults one a line, as a failing test shows them."""
    return "\n" + "\n".join(faults)


# --- layers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "module,source",
    [
        ("ftroi.language.parser", "from ftroi.termsheet import load"),
        ("ftroi.language.parser", "from ftroi import engine"),
        ("ftroi.language.parser", "import ftroi.cli.main"),
        ("ftroi.language.parser", "def f():\n    from ..plan import Plan"),
        ("ftroi.errors", "from .language import nodes"),
        ("ftroi.workbook", "from ftroi.hosts.excel import open"),
        ("ftroi.workbook", "from ftroi.unheard_of import x"),
        ("ftroi.unheard_of", "import math"),
        ("ftroi.language.parser", "import openpyxl"),
        ("ftroi.termsheet.schema", "import typer"),
        ("ftroi", "import numpy"),
        ("ftroi", "from ftroi.errors import FtroiError"),
    ],
)
def test_a_wrong_import_is_caught(module: str, source: str) -> None:
    assert house_style.layering_faults(module, source)


@pytest.mark.parametrize(
    "module,source",
    [
        ("ftroi.termsheet.load", "from ftroi.language import parse\nfrom ftroi.termsheet.schema import Line"),
        ("ftroi.termsheet.load", "from . import schema\nfrom .schema import Line\nfrom ..errors import Finding"),
        ("ftroi.cli.main", "from ftroi import __version__, plan\nimport typer\nimport json"),
        ("ftroi.language.functions", "import numpy as np\nfrom collections.abc import Mapping"),
    ],
)
def test_a_right_import_passes(module: str, source: str) -> None:
    assert house_style.layering_faults(module, source) == []


def test_a_relative_import_in_a_package_counts_from_the_package() -> None:
    assert house_style.layering_faults("ftroi.language", "from .parser import parse", is_package=True) == []
    assert house_style.layering_faults("ftroi.language", "from ..cli import main", is_package=True)


def test_parts_import_only_what_comes_before_them() -> None:
    faults = []
    for name, text in sources("ftroi/"):
        module, is_package = module_name(name)
        faults += house_style.layering_faults(module, text, is_package=is_package)
    assert not faults, listing(faults)


# --- sizes -------------------------------------------------------------------------------------------------


def test_a_long_module_is_caught() -> None:
    assert house_style.module_faults("a.py", "x = 1\n" * 401)
    assert not house_style.module_faults("a.py", "x = 1\n" * 400)


def test_a_functions_size_leaves_out_docstring_comments_and_empty_lines() -> None:
    source = 'def f(\n    x,\n):\n    """Say.\n\n    More.\n    """\n    # why\n\n    y = x\n    return y\n'
    assert house_style.function_sizes("a.py", source) == {"a.py:1 f": 5}


def test_long_functions_are_caught() -> None:
    assert house_style.function_faults(house_style.function_sizes("a.py", f"def f():\n{LONG_BODY}\n"))
    assert not house_style.function_faults({"short": 40})


def test_modules_are_short() -> None:
    faults = [fault for name, text in sources() for fault in house_style.module_faults(name, text)]
    assert not faults, listing(faults)


def test_functions_are_short() -> None:
    named = [*sources("ftroi/"), *sources("setup_addin.py")]
    faults = [fault for one in named for fault in house_style.function_faults(house_style.function_sizes(*one))]
    assert not faults, listing(faults)


# --- texts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "x = 1",
        '"""Module."""\ndef f(): ...',
        '"""Module."""\nclass C: ...',
        '"""Module."""\nclass C:\n    """Class."""\n    def method(self): ...',
    ],
)
def test_a_missing_docstring_is_caught(source: str) -> None:
    assert len(house_style.undocumented("a.py", source)) == 1


def test_what_is_private_may_go_without_a_docstring() -> None:
    assert house_style.undocumented("a.py", '"""Module."""\ndef _f(): ...\nclass _C:\n    def m(self): ...') == []


def test_public_names_have_docstrings() -> None:
    faults = [
        fault
        for name, text in [*sources("ftroi/"), *sources("setup_addin.py")]
        for fault in house_style.undocumented(name, text)
    ]
    assert not faults, listing(faults)


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "XX" + "X"])
def test_a_note_for_later_is_caught(word: str) -> None:
    assert house_style.unfinished("a.py", f"x = 1  # {word}: rest")
    assert not house_style.unfinished("a.py", f"x = {word}x  # a longer word")


def test_nothing_is_left_for_later() -> None:
    faults = [fault for name, text in texts() for fault in house_style.unfinished(name, text)]
    assert not faults, listing(faults)


@pytest.mark.parametrize(
    "comment",
    ["# type: ignore", "# type: ignore[misc]", "# noqa", "# noqa: E501", "# noqa - why not", "# pragma: no cover"],
)
def test_an_unexplained_exemption_is_caught(comment: str) -> None:
    assert house_style.unexplained_exemptions("a.py", f"x = 1  {comment}\n")


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # type: ignore[misc]  # the stubs are wrong here",
        "x = 1  # noqa: S603 - our own command",
        "x = '# noqa'",
    ],
)
def test_an_explained_exemption_passes(line: str) -> None:
    assert house_style.unexplained_exemptions("a.py", line + "\n") == []


def test_checks_are_switched_off_with_a_reason_only() -> None:
    faults = [fault for name, text in sources() for fault in house_style.unexplained_exemptions(name, text)]
    assert not faults, listing(faults)


@pytest.mark.parametrize(
    "text",
    [
        "see " + "/wo" + "rk/main/ftroi",
        "PATH = '/ro" + "ot/.config'",
        "/ho" + "me/ann/ftroi",
        "/Us" + "ers/ann/ftroi",
        "/tm" + "p/venv/bin/python",
        "index-url = https://mirror.example.com/simple",
    ],
)
def test_a_word_of_somebodys_machine_is_caught(text: str) -> None:
    assert house_style.machine_words("a.md", text, {"mirror.example.com"})


def test_ordinary_words_pass() -> None:
    text = "cost/work, /home/someone/plan.xlsx, ~/work, https://packages.example.org/simple, /usr/bin, root/leaf"
    assert house_style.machine_words("a.md", text, {"mirror.example.com"}) == []


def test_no_words_of_the_machine_that_it_was_written_on() -> None:
    hosts = machine_hosts()
    faults = [fault for name, text in texts() for fault in house_style.machine_words(name, text, hosts)]
    assert not faults, listing(faults)


# --- exports and imports -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "from a import b",
        "from a import b, c\n__all__ = ['b']",
        "from a import b\n__all__ = ['b', 'c']",
        "from a import b\n__all__ = ['b', 'b']",
        "def f(): ...\n__all__ = []",
        "X = 1",
    ],
)
def test_a_wrong_all_is_caught(source: str) -> None:
    assert house_style.export_faults("a", source)


def test_a_right_all_passes() -> None:
    source = "from __future__ import annotations\nfrom a import b\nX = 1\n_y = 2\n__all__ = ['X', 'b']"
    assert house_style.export_faults("a", source) == []
    assert house_style.export_faults("a", '__version__ = "1"') == []


def test_packages_list_what_they_export() -> None:
    packages = [(name, text) for name, text in sources("ftroi/") if name.endswith("__init__.py")]
    faults = [fault for name, text in packages for fault in house_style.export_faults(name, text)]
    assert not faults, listing(faults)


def imported_by(*arguments: str) -> set[str]:
    """Run Python with these arguments and give the packages that it has imported by its end."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    lines = [line for line in ended.stderr.splitlines() if line.startswith("import time:")]
    return {line.split("|")[-1].strip().split(".")[0] for line in lines}


def test_a_heavy_import_would_be_seen() -> None:
    assert "openpyxl" in imported_by("-c", "import openpyxl.cell")


def test_import_ftroi_imports_nothing_else() -> None:
    before = imported_by("-c", "")
    assert imported_by("-c", "import ftroi") - before == {"ftroi"}


def test_help_comes_without_heavy_packages() -> None:
    imported = imported_by("-c", "import ftroi.cli; ftroi.cli.main()", "--help")
    assert "ftroi" in imported
    assert not imported & {"openpyxl", "pandas", "scipy", "lxml", "xlwings", "matplotlib"}


def test_the_files_of_the_project_are_found() -> None:
    names = {path.name for path in project_files()}
    assert {"pyproject.toml", "house_style.py", "errors.py", "run"} <= names
