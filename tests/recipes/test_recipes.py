"""The recipes of docs/architecture.md, followed in a copy of the project.

That of a cost line is followed by tests/test_newcomer.py, that of a sheet by
tests/workbook/sheets/test_registry.py.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ftroi.analysis.report import calc_report
from ftroi.functions.docs import BEGIN, END
from ftroi.plan import calculate, plan_from_preset
from ftroi.termsheet import load_template
from ftroi.workbook.sheets.registry import layout_of
from tests.support.house_style import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy what a recipe may touch."""
    for name in ("ftroi", "tests", "templates", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.png"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def put(path: Path, before: str, text: str) -> None:
    """Put a text before another that stands once in a file."""
    whole = path.read_text(encoding="utf-8")
    assert whole.count(before) == 1, (path, before)
    path.write_text(whole.replace(before, text + before), encoding="utf-8")


def run(folder: Path, *words: str) -> str:
    """Run Python in a copy, and give what it prints."""
    ended = subprocess.run([sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


MEASURE = """
[cost_of_a_month]
label   = "Lifetime cost of a month"
unit    = "money/month"
formula = "tco / horizon_months"
note    = "Over the whole horizon."

"""


def test_a_measure_is_an_entry(tmp_path: Path) -> None:
    folder = tmp_path / "template"
    shutil.copytree(ROOT / "templates" / "fine_tuning", folder)
    put(folder / "measures.toml", "[tco_pv]\n", MEASURE)
    template = load_template(folder)
    plan = plan_from_preset(template, "support_assistant", ["rag"])
    results = calculate(plan)
    assert results.number("cost_of_a_month", "rag") == pytest.approx(results.number("tco", "rag") / plan.horizon)
    layout = layout_of(plan)
    assert "cost_of_a_month" in layout.compare.scalars
    assert "cost_of_a_month" in layout.option.rows
    assert calc_report(plan, results)["measures"]["cost_of_a_month"] == results.number(
        "cost_of_a_month", plan.settings.option
    )


FT_FUNCTION = """\
    _figure(
        "FT_PEAK_FUNDING", "money", "The most that is spent before it is earned back.",
        example="=FT_PEAK_FUNDING(FT_Inputs)",
    ),
"""


def test_an_ft_function_is_a_row_and_an_answer(copy: Path) -> None:
    functions = copy / "ftroi" / "functions"
    put(functions / "registry.py", ")  # fmt: skip\n\nFUNCTIONS", FT_FUNCTION)
    named = copy / "ftroi" / "workbook" / "xlsx" / "add_in_calls.py"
    put(named, '"expected_npv": "FT_EXPECTED_NPV"', '"peak_funding": "FT_PEAK_FUNDING", ')
    (copy / "docs" / "functions.md").write_text(run(copy, "-m", "ftroi.functions.docs"))
    help_ = copy / "ftroi" / "workbook" / "sheets" / "function_help.json"
    help_.write_text(run(copy, "-m", "ftroi.functions.docs", "sheet"))
    readme = (copy / "README.md").read_text(encoding="utf-8")
    begin, end = readme.index(BEGIN), readme.index(END) + len(END) + 1
    table = run(copy, "-m", "ftroi.functions.docs", "table")
    (copy / "README.md").write_text(readme[:begin] + table + readme[end:])
    told = run(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/functions/test_docs.py", "-k", "fresh or page"
    )
    assert "4 passed" in told
    asked = "from tests.support.function_sheet import *; from ftroi.functions.call import call; "
    asked += "print(call('FT_PEAK_FUNDING', [inputs()]) == call('FT_MEASURE', ['peak_funding', inputs()]))"
    assert run(copy, "-c", asked) == "True\n"
    built = "from ftroi.functions.registry import FUNCTIONS; from ftroi.hosts.office.interface import configuration; "
    built += "from ftroi.hosts.xlam.wrappers import wrappers_code; rows = list(FUNCTIONS.values()); "
    built += "print(*('FT_PEAK_FUNDING' in made(rows) for made in (configuration, wrappers_code)))"
    assert run(copy, "-c", built) == "True True\n"


LANGUAGE_FUNCTION = """\
    Function(
        name="SIGN",
        meaning="1 above 0, -1 below it, 0 at it",
        minimum=1,
        maximum=1,
        takes=_NUMBERS,
        gives=_constant_unit(DIMENSIONLESS),
        whole=Whole.ALWAYS,
        excel="SIGN",
        body=np.sign,
        compiled=scalars.sign,
        example=Example("SIGN(0 - 1)", -1),
    ),
"""
SCALAR_BODY = """\
def sign(number: Figures) -> Figures:
    \"\"\"Give 1 above 0, -1 below it, 0 at it.\"\"\"
    return 1.0 * (number > 0) - 1.0 * (number < 0)


"""


def test_a_function_of_the_language_is_a_row_and_two_bodies(copy: Path) -> None:
    language = copy / "ftroi" / "language"
    put(language / "functions.py", '    Function(\n        name="MIN",', LANGUAGE_FUNCTION)
    put(language / "scalar_bodies.py", "def larger(", SCALAR_BODY)
    told = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/language/test_functions.py", "-k", "SIGN")
    assert "passed" in told
    printed = (
        "from ftroi.language import *; print(FUNCTIONS['SIGN'].excel, evaluate(parse('SIGN(a)'), lambda *_: -2.0))"
    )
    assert run(copy, "-c", printed) == "SIGN -1.0\n"
