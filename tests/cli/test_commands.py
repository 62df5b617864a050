"""What the commands do and say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ftroi import __version__
from ftroi.plan import plan_from_preset
from ftroi.resources import templates_folder
from tests.support.edited import Inputs, fine_tuning_by_id, light_workbook, read_plan
from tests.support.plans import fine_tuning
from tests.support.running import Ftroi

SAMPLE = ("--preset", "support_assistant")
COMMANDS = (
    "new",
    "calc",
    "compare",
    "report",
    "explain",
    "check",
    "breakeven",
    "sensitivity",
    "cadence",
    "template",
    "template add",
    "template list",
)


# --- help --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "template"])
def test_every_command_has_help_with_an_example_that_starts_with_its_name(command: str, ftroi: Ftroi) -> None:
    text = ftroi.done(*command.split(), "--help").out
    assert f"\n    ftroi {command} " in text or f"\n    ftroi {command}\n" in text
    assert "\b" not in text


def test_the_help_lists_every_command(ftroi: Ftroi) -> None:
    text = ftroi.done("--help").out
    for command in COMMANDS:
        assert f"  {command.split()[0]} " in text
    assert "..." not in text.partition("Commands:")[2]


def test_the_version_is_told(ftroi: Ftroi) -> None:
    assert ftroi.done("--version").out == f"ftroi {__version__}\n"


# --- new ---------------------------------------------------------------------------------------------------


def test_new_writes_a_workbook_that_is_read_again(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    answer = ftroi.done(
        "new", path, "--options", "RAG, distillation", "--set", "discount_rate=7%", "--project", "=HYPERLINK(1)"
    )
    assert f"Written: {path}" in answer.out
    plan = read_plan(path, fine_tuning_by_id)
    assert plan.entries["discount_rate"].base == 0.07
    assert plan.settings.project == "=HYPERLINK(1)"
    assert set(plan.settings.options) == {
        "do_nothing", "prompt_engineering", "rag", "lora_hosted", "distillation",
    }  # fmt: skip


def test_new_twice_gives_the_same_bytes(ftroi: Ftroi, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        ftroi.done("new", tmp_path / name, "--options", "rag")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_new_replaces_only_with_force_and_keeps_a_copy(ftroi: Ftroi, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    before = path.read_bytes()
    assert "already exists; choose another name, or add --force" in ftroi.refused("new", path, "--options", "rag")
    assert path.read_bytes() == before
    answer = ftroi.done("new", path, "--options", "rag", "--force")
    (backup,) = tmp_path.glob("plan (backup *).xlsx")
    assert str(backup) in answer.out.replace("\n", "")
    assert backup.read_bytes() == before


def test_new_in_another_currency_converts_once_and_records_the_rate(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    rate = ("--currency", "EUR", "--exchange-rate", "0.9", "--rate-date", "2026-11-20")
    ftroi.done("new", path, "--options", "rag", *rate)
    plan = read_plan(path, fine_tuning_by_id)
    assert (plan.settings.currency, plan.settings.exchange_rate) == ("EUR", 0.9)
    assert str(plan.settings.exchange_rate_date) == "2026-11-20"
    euros = ftroi.done("calc", path, "--json").json["measures"]
    dollars = ftroi.done("calc", *SAMPLE, "--json").json["measures"]
    assert euros["tco"] == pytest.approx(0.9 * dollars["tco"])
    assert euros["hidden_share"] == pytest.approx(dollars["hidden_share"])


@pytest.mark.parametrize(
    "words,message",
    [
        (("--currency", "EUR"), "there is no dated rate to convert them by; add --exchange-rate"),
        (("--currency", "EUR", "--exchange-rate", "0.9"), "there is no dated rate"),
        (("--currency", "EUR", "--exchange-rate", "0", "--rate-date", "2026-11-20"), "0 is no rate"),
        (("--currency", "EUR", "--exchange-rate", "nan", "--rate-date", "2026-11-20"), "nan is no rate"),
        (("--currency", "euro", "--exchange-rate", "1", "--rate-date", "2026-11-20"), "'euro' is no currency"),
        (("--exchange-rate", "0.9"), "nothing is converted"),
        (("--preset", "suport_assistant"), "did you mean 'support_assistant'?"),
        (("--options", "rag,ragg"), "no option 'ragg'; did you mean 'rag'?"),
        (("--template", "acme"), "is not registered on this machine"),
        (("--set", "horizon_months=99"), "99 is outside 1 to 60"),
    ],
)
def test_new_refuses_what_does_not_fit_and_writes_nothing(
    words: tuple[str, ...], message: str, ftroi: Ftroi, tmp_path: Path
) -> None:
    assert message in ftroi.refused("new", tmp_path / "plan.xlsx", *words)
    assert list(tmp_path.iterdir()) == []


# --- what people read --------------------------------------------------------------------------------------


def test_calc_prints_measures_categories_and_years(ftroi: Ftroi) -> None:
    text = ftroi.done("calc", *SAMPLE, "--option", "lora_self_hosted").out
    for words in (
        "Total cost of ownership",
        "Hidden cost: Expertise",
        "By year",
        "never within 36 months",
        "money in USD",
    ):
        assert words in text


def test_compare_leads_with_the_verdict_and_the_best_option(ftroi: Ftroi) -> None:
    report = ftroi.done("calc", *SAMPLE, "--json").json
    lines = ftroi.done("compare", *SAMPLE).out.splitlines()
    assert lines[0].startswith(report["verdict"]["sentence"][:60])
    found = ftroi.done("compare", *SAMPLE, "--json").json["options"]
    ranked = sorted(found, key=lambda option: -found[option]["npv"])
    shorts = [fine_tuning().options[option].short for option in ranked]
    start = next(place for place, line in enumerate(lines) if " TCO " in line)
    shown = [line.split("  ")[0].strip(" *") for line in lines[start + 2 : start + 2 + len(ranked)]]
    assert shown == shorts


def test_compare_marks_the_candidate_and_warns_of_better_untuned_options(ftroi: Ftroi) -> None:
    answer = ftroi.done("compare", *SAMPLE)
    assert "Managed LoRA *" in answer.out
    assert "is not tuned and beats the baseline" in answer.err


@pytest.mark.parametrize("columns", [30, 45, 60, 80, 120, 300])
def test_a_narrow_terminal_cuts_no_figure(columns: int, ftroi: Ftroi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    figure = f"{ftroi.done('calc', *SAMPLE, '--json').json['measures']['tco']:,.0f}"
    for command in ("calc", "compare"):
        text = ftroi.done(command, *SAMPLE).out
        assert figure in text
        assert "…" not in text
    assert all(one.short in " ".join(text.split()) for one in fine_tuning().views.shown_in("compare"))


def test_figures_are_aligned_right(ftroi: Ftroi) -> None:
    lines = ftroi.done("compare", *SAMPLE).out.splitlines()
    header = next(line for line in lines if " TCO " in line)
    end = header.index(" TCO") + len(" TCO")
    start = lines.index(header)
    for line in lines[start : start + 2 + len(plan_from_preset(fine_tuning(), SAMPLE[1]).settings.options)]:
        if line.strip().startswith(("Prompt engineering", "RAG", "Self-hosted LoRA")):
            assert line[:end].rstrip() == line[:end]


def test_explain_shows_formula_numbers_result_and_sources(ftroi: Ftroi) -> None:
    text = ftroi.done("explain", "month", *SAMPLE, "--month", 4).out
    for words in ("formula   PREV(month) + 1", "numbers   3 + 1", "result    4 months", "month 4 of 36"):
        assert words in text
    assert "judgement" in ftroi.done("explain", "ramp_months", *SAMPLE).out


def test_explain_reads_a_workbook_too(ftroi: Ftroi, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    assert "Total cost of ownership (TCO)" in ftroi.done("explain", path, "tco").out


def test_text_from_outside_cannot_steer_the_terminal(ftroi: Ftroi, tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.cell("project", "value").value = "[red]a_x001B_[31mb[/red]"
    text = ftroi.done("calc", inputs.save()).out
    assert "\x1b" not in text
    assert "[red]a[31mb[/red]" in text


# --- check -------------------------------------------------------------------------------------------------


def test_check_of_a_sound_workbook_and_template_finds_nothing(ftroi: Ftroi, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    assert ftroi.done("check", path).out.strip().endswith("no problems found")
    assert ftroi.done("check", templates_folder() / "fine_tuning").out.strip().endswith("no problems found")


def test_check_of_a_workbook_with_findings_ends_with_1(ftroi: Ftroi, tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.cell("requests_per_month").value = None
    inputs.cell("rework_rate", "live").value = 0.5
    answer = ftroi("check", inputs.save())
    assert answer.code == 1
    assert "requests_per_month" in answer.out


def test_check_tells_of_a_live_cell_that_was_typed_over(ftroi: Ftroi, tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.cell("rework_rate", "live").value = 0.5
    path = inputs.save()
    answer = ftroi("check", path)
    assert (answer.code, "typed over with 0.5" in answer.out) == (1, True)
    assert "typed over with 0.5" in ftroi.done("calc", path).err


def test_check_of_a_template_runs_its_worked_examples(ftroi: Ftroi, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    shutil.copytree(templates_folder() / "fine_tuning", folder)
    odd = '[[example]]\nname = "odd"\nline = "month"\ngiven = {"PREV(month)" = 3}\nby_hand = "3 + 2"\nexpect = 5\n'
    (folder / "examples" / "odd.toml").write_text(odd)
    answer = ftroi("check", folder, "--json")
    assert answer.code == 1
    (finding,) = answer.json["findings"]
    assert "odd" in finding["where"]
    assert "the formula gives 4.0, but the example expects 5.0" in finding["what"]


def test_check_takes_a_registered_templates_id(ftroi: Ftroi) -> None:
    assert ftroi.done("check", "fine_tuning").out.strip() == "fine_tuning: no problems found"


def test_check_of_a_workbook_whose_template_is_not_registered_is_bad_input(ftroi: Ftroi, tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.cell("template", "value").value = "acme_tuning"
    assert "ftroi template add" in ftroi.refused("check", inputs.save())


def test_check_of_what_cannot_be_opened_is_bad_input(ftroi: Ftroi, tmp_path: Path) -> None:
    assert "there is no such file" in ftroi.refused("check", tmp_path / "none.xlsx")


# --- template ----------------------------------------------------------------------------------------------


def test_a_template_of_ones_own_is_registered_listed_and_used(ftroi: Ftroi, tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "acme"
    shutil.copytree(templates_folder() / "fine_tuning", folder)
    head = folder / "template.toml"
    head.write_text(head.read_text().replace('"fine_tuning"', '"acme_tuning"'))
    said = ftroi.refused("new", tmp_path / "plan.xlsx", "--template", folder)
    assert "register it first: ftroi template add FOLDER" in said
    assert "ftroi new plan.xlsx --template acme_tuning" in ftroi.done("template", "add", folder).out
    assert ftroi.done("template", "list", "--json").json["templates"]["acme_tuning"] == str(folder)
    assert "comes with ftroi" in ftroi.done("template", "list").out
    ftroi.done("new", tmp_path / "plan.xlsx", "--template", "acme_tuning", "--options", "rag")
    assert ftroi.done("calc", tmp_path / "plan.xlsx", "--json").json["template"] == "acme_tuning"
    (home / "templates.json").write_text(json.dumps({"templates": {}}))
    assert "ftroi template add" in ftroi.refused("calc", tmp_path / "plan.xlsx")


def test_the_ready_made_plans_are_listed_with_a_sentence_each(ftroi: Ftroi) -> None:
    shown = ftroi.done("new", "--list").out
    for name, one in fine_tuning().presets.items():
        assert f"{name}: {one.preset.description.split('. ')[0][:20]}" in " ".join(shown.split())


def test_a_plan_may_show_every_option_of_the_template(ftroi: Ftroi, tmp_path: Path) -> None:
    ftroi.done("new", str(tmp_path / "all.xlsx"), *SAMPLE, "--options", "all")
    plan = read_plan(tmp_path / "all.xlsx", lambda _: fine_tuning())
    assert plan.settings.options == tuple(fine_tuning().options)
