"""``--output`` writes what is computed to a file that other programs read, with every digit."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from ftroi.cli.output import write_output
from tests.support.running import Ftroi

PRESET = ("--preset", "support_assistant")


def read(path: Path) -> pd.DataFrame:
    if path.suffix == ".csv":
        return pd.read_csv(path)
    return pd.read_excel(path, engine="openpyxl") if path.suffix == ".xlsx" else pd.read_parquet(path)


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_options_come_back_from_every_kind_of_file(ftroi: Ftroi, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"options{ending}"
    told = ftroi("compare", *PRESET, "--json", "--output", str(path)).json["options"]
    frame = read(path).set_index("option")
    assert list(frame.index) == list(told)
    assert frame.loc["rag", "tco"] == pytest.approx(told["rag"]["tco"], rel=1e-15)
    assert frame["unit_cost"].isna()["do_nothing"]


@pytest.mark.parametrize(
    "words,rows",
    [
        (("calc",), 20),
        (("sensitivity", "--top", "5"), 5),
        (("sensitivity", "--grid", "discount_rate=5%,9%", "examples"), 2),
    ],
)
def test_the_other_commands_write_too(ftroi: Ftroi, tmp_path: Path, words: tuple[str, ...], rows: int) -> None:
    path = tmp_path / "figures.csv"
    ended = ftroi(words[0], *PRESET, *words[1:], "--output", str(path))
    assert ended.code == 0, ended.err
    assert str(path) in ended.err
    assert len(read(path)) >= rows


def test_every_draw_is_written(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "draws.parquet"
    report = ftroi("simulate", *PRESET, "--draws", "300", "--json", "--output", str(path)).json
    frame = read(path)
    assert len(frame) == report["draws"]
    mean = report["options"]["lora_hosted"]["measures"]["npv"]["mean"]
    assert frame["lora_hosted npv"].mean() == pytest.approx(mean, rel=1e-9)


def test_a_file_is_replaced_only_when_asked_and_kept_as_a_copy(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "options.csv"
    path.write_text("mine")
    refused = ftroi("compare", *PRESET, "--output", str(path))
    assert refused.code == 2
    assert path.read_text() == "mine"
    assert ftroi("compare", *PRESET, "--output", str(path), "--force").code == 0
    assert [one.read_text() for one in tmp_path.iterdir() if one != path] == ["mine"]


def test_another_kind_of_file_is_refused(ftroi: Ftroi, tmp_path: Path) -> None:
    ended = ftroi("compare", *PRESET, "--output", str(tmp_path / "options.ods"))
    assert ended.code == 2
    assert "end its name with .csv, .xlsx, .parquet" in ended.err


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)"])
def test_a_text_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    frame = pd.DataFrame({text: [text]})
    write_output(frame, tmp_path / "a.xlsx", "A", replace=False)
    sheet = load_workbook(tmp_path / "a.xlsx")["A"]
    assert [(cell.value, cell.data_type) for row in sheet.iter_rows(min_col=2) for cell in row] == [(text, "s")] * 2
    write_output(frame, tmp_path / "a.csv", "A", replace=False)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").count(f"'{text}") == 2
