"""Figures that others published, reproduced through the lines and measures of the shipped template.

Each file of ``published/`` holds one case with its inputs, its figures, its tolerance and its
source. No arithmetic of a case is repeated here: inputs go into assumptions or own costs, and a
line or a measure is read.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ftroi.plan import Plan, calculate, require_sound
from tests.support.plans import DN, FT, blank_plan, cost, flow_plan, with_figures

PUBLISHED = Path(__file__).parent / "published"


def case(name: str) -> tuple[Any, Any]:
    """The inputs and the expected figures of a case."""
    text = json.loads((PUBLISHED / f"{name}.json").read_text())
    return text["inputs"], text["expected"]


def line(plan: Plan, name: str) -> float:
    """A scalar line, or the total of a row."""
    results = calculate(require_sound(plan))
    if name in plan.template.series:
        return float(results.row(name, FT).sum())
    return results.number(name, FT)


def training(**figures: float) -> Plan:
    """A plan that does nothing but train once on GPUs, in a build of one month."""
    figures = {"uses_gpu_training": 1, "experiment_runs": 1, "run_overhead_hours": 0, **figures}
    return with_figures(blank_plan(12), **figures)


def test_alpaca_cost_less_than_600_dollars() -> None:
    inputs, expected = case("alpaca_cost")
    for price in inputs["usd_per_gpu_hour"]:
        plan = training(run_gpus=inputs["gpus"], run_hours=inputs["hours"], gpu_price=price)
        plan = with_figures(plan, examples=inputs["data_usd"], price_per_label=1, rework_rate=0)
        assert line(plan, "gpu_training") < expected["compute_lt"]
        assert line(plan, "visible_costs") < expected["total_lt"]


def test_azure_bills_no_validation_file() -> None:
    inputs, expected = case("azure_sft_training")
    plan = with_figures(
        blank_plan(12), uses_api_training=1, experiment_runs=1, examples=1, validation_tokens=40_000,
        tokens_per_example=inputs["training_tokens"], epochs=inputs["epochs"],
        training_token_price=inputs["price_per_mtok"],
    )  # fmt: skip
    assert line(plan, "api_training") == pytest.approx(expected["cost"], abs=0.005)


def test_ori_bills_the_validation_file() -> None:
    inputs, expected = case("ori_lora_billing")
    plan = with_figures(
        blank_plan(12), uses_api_training=1, experiment_runs=1, examples=1, tokens_per_example=inputs["train_tokens"],
        epochs=inputs["epochs"], training_token_price=inputs["price_per_mtok"], validation_billed=1,
        validation_tokens=inputs["val_tokens"], validation_passes=1,
    )  # fmt: skip
    assert line(plan, "billed_tokens_per_run") == expected["billed_tokens"]
    assert line(plan, "api_training") == pytest.approx(expected["cost"], abs=0.005)


def test_a_tei_study_pays_its_first_column_on_the_day_of_the_decision() -> None:
    inputs, expected = case("tei_salesloft")
    costs = [
        cost(FT, "visible.initial" if year == 0 else "visible.licence", 12 * year, 12 * year, amount)
        for year, amount in enumerate(inputs["costs"])
    ]
    gains = [
        cost(FT, "visible.serving", 12 * year, 12 * year, -gain) for year, gain in enumerate(inputs["benefits"]) if year
    ]
    plan = with_figures(blank_plan(36), discount_rate=inputs["discount_rate"]).with_settings(reference=DN)
    spent = replace(plan, own_costs=tuple(costs))
    assert line(spent, "tco") == expected["costs"]
    assert line(spent, "tco_pv") == pytest.approx(expected["costs_pv"], abs=2)
    assert line(replace(spent, own_costs=(*costs, *gains)), "npv") == pytest.approx(expected["npv"], abs=2)


def test_together_bills_every_evaluation() -> None:
    inputs, expected = case("together_billed_tokens")
    plan = with_figures(
        blank_plan(12), examples=inputs["batch"] * inputs["steps"], tokens_per_example=inputs["context"], epochs=1,
        validation_billed=1, validation_tokens=inputs["val_tokens"], validation_passes=inputs["n_evals"],
    )  # fmt: skip
    assert line(plan, "training_tokens") == expected["train_tokens"]
    assert line(plan, "billed_tokens_per_run") == expected["total_tokens"]


def test_chipnemo_hours_at_the_alpaca_rate() -> None:
    inputs, expected = case("chipnemo_hours")
    found = {
        size: line(training(run_gpus=1, run_hours=hours, gpu_price=inputs["usd_per_gpu_hour"]), "gpu_training")
        for size, hours in inputs["gpu_hours"].items()
    }
    assert found["b7"] < expected["b7_lt"]
    assert found["b13"] == pytest.approx(expected["b13_eq"], abs=5)
    assert found["b70"] < expected["b70_lt"]


def test_jetmoe_hours_and_price() -> None:
    inputs, expected = case("jetmoe_cost")
    plan = training(
        run_gpus=inputs["gpus"], run_hours=24 * inputs["days"], gpu_price=expected["implied_usd_per_gpu_hour"]
    )
    assert line(plan, "gpu_hours_per_run") == expected["gpu_hours"]
    assert line(plan, "gpu_training") == pytest.approx(inputs["total_usd"], rel=0.02)


def test_mpt_7b_price_of_a_gpu_hour() -> None:
    inputs, expected = case("mpt7b_bloomberg")
    mpt = inputs["mpt"]
    plan = training(run_gpus=mpt["gpus"], run_hours=24 * mpt["days"], gpu_price=expected["mpt_usd_per_gpu_hour"])
    assert line(plan, "gpu_training") == pytest.approx(mpt["usd"], rel=0.03)


def test_bloomberg_gpt_needs_eight_flops_a_parameter_and_token() -> None:
    inputs, expected = case("mpt7b_bloomberg")
    bloom = inputs["bloom"]
    plan = training(
        parameters=bloom["params"], examples=bloom["tokens"] / 1e6, tokens_per_example=1e6, epochs=1,
        flops_per_parameter_token=8, gpu_peak_flops=312e12, mfu=bloom["tflops_per_gpu"] / 312,
    )  # fmt: skip
    achieved = bloom["tflops_per_gpu"] * 1e12 * 3600
    assert line(plan, "gpu_hours_per_run") * achieved == pytest.approx(expected["bloom_total_flops"], rel=0.03)


def test_load_on_an_annual_salary() -> None:
    inputs, expected = case("ecec_load_on_salary")
    for row, wanted in zip(inputs["rows"], expected["rows"], strict=True):
        wages = with_figures(blank_plan(12), hourly_compensation=row["total"], hourly_wages=row["wages"])
        on_salary = with_figures(wages, hourly_paid_leave=row["paid_leave"])
        assert line(on_salary, "salary_load") == pytest.approx(wanted["load_on_annual_salary"], rel=0.001)
        worked = with_figures(wages, hourly_paid_leave=0)
        assert line(worked, "salary_load") == pytest.approx(wanted["load_on_hours_worked"], rel=0.001)


def test_labels_by_the_price_list() -> None:
    inputs, expected = case("ground_truth_labels")
    for row, prices in zip(inputs["rows"], expected["usd"], strict=True):
        for count, wanted in zip(inputs["n"], prices, strict=True):
            plan = with_figures(blank_plan(12), examples=count, price_per_label=row["usd"], rework_rate=0)
            assert line(plan, "data_labelling") == pytest.approx(wanted, abs=0.01)


def test_token_cost_of_a_request() -> None:
    inputs, expected = case("mithril_cost_per_request")
    plan = with_figures(
        blank_plan(12), input_tokens=inputs["in_tokens"], output_tokens=inputs["out_tokens"], cached_share=0,
        input_token_price=1000 * inputs["in_per_1k"], output_token_price=1000 * inputs["out_per_1k"],
    )  # fmt: skip
    assert line(plan, "token_cost_per_request") == pytest.approx(expected["cost"], abs=1e-9)


def test_year_end_and_mid_year_conventions() -> None:
    inputs, expected = case("mid_year_convention")
    costs = tuple(
        cost(FT, "visible.licence", 12 * year + 1, 12 * year + 12, flow / 12)
        for year, flow in enumerate(inputs["flows"])
    )
    plan = replace(with_figures(blank_plan(36), discount_rate=inputs["rate"]), own_costs=costs)
    assert line(plan, "tco_pv_year_end") == pytest.approx(expected["pv_end"], rel=1e-12)
    assert line(plan, "tco_pv_mid_year") == pytest.approx(expected["pv_mid"], rel=1e-12)


def test_the_monthly_rate_is_no_twelfth_of_the_annual_one() -> None:
    inputs, expected = case("monthly_vs_annual_rate")
    plan = with_figures(blank_plan(inputs["months"]), discount_rate=inputs["annual"])
    plan = replace(plan, own_costs=(cost(FT, "visible.licence", 1, inputs["months"], inputs["monthly_flow"]),))
    assert line(plan, "tco_pv") == pytest.approx(expected["pv_effective"], rel=1e-12)
    assert line(plan, "tco_pv") != pytest.approx(expected["pv_nominal_12th"], rel=1e-3)


def test_llama_2_hours_by_six_flops_a_parameter_and_token() -> None:
    inputs, expected = case("pretrain_gpu_hours")
    for row, hours in list(zip(inputs["rows"], expected["gpu_hours"], strict=True))[:3]:
        found = [
            line(
                training(
                    parameters=row["params"], flops_per_parameter_token=6, examples=row["tokens"] / 1e6,
                    tokens_per_example=1e6, epochs=1, gpu_peak_flops=row["peak"], mfu=mfu,
                ),
                "gpu_hours_per_run",
            )
            for mfu in (0.35, 0.40, 0.45)
        ]  # fmt: skip
        assert any(one == pytest.approx(hours, rel=0.15) for one in found), row["model"]


def test_own_hardware_against_an_api() -> None:
    inputs, expected = case("review_3090ti_example")
    api = with_figures(
        blank_plan(48), uses_token_api=1, requests_per_month=1e6, input_tokens=inputs["in_mtok"],
        output_tokens=inputs["out_mtok"], cached_share=0, input_token_price=inputs["api"]["in_price"],
        output_token_price=inputs["api"]["out_price"],
    )  # fmt: skip
    own = with_figures(
        blank_plan(48), owns_gpus=1, owned_gpus=1, price_per_owned_gpu=inputs["hardware"],
        kilowatts_per_gpu=inputs["watt"] / 1000, powered_hours_per_month=inputs["hours"],
        electricity_price=inputs["kwh"],
    )  # fmt: skip
    a_month = calculate(api).row("serving_tokens", FT)[1]
    assert a_month == pytest.approx(expected["api_month"], abs=0.05)
    assert calculate(own).row("electricity", FT)[1] == pytest.approx(expected["electricity"], abs=0.005)
    saving = [-inputs["hardware"], *[a_month] * 47]
    payback = calculate(flow_plan([float(flow) for flow in saving])).number("payback_months", FT)
    assert payback - 1 == pytest.approx(expected["months"], abs=0.5)


def test_idle_gpus_cost_one_over_utilisation() -> None:
    inputs, _ = case("uptime_utilisation")

    def gpus(utilisation: float) -> float:
        plan = with_figures(
            blank_plan(12), uses_gpu_serving=1, requests_per_month=1e6, output_tokens=1000, gpu_throughput=1e6,
            target_utilisation=utilisation,
        )  # fmt: skip
        return float(calculate(plan).row("gpus_needed", FT)[1])

    (low, dear), (high, cheap) = inputs["points"]
    assert gpus(low) / gpus(high) == pytest.approx(dear / cheap)


def test_best_cadence_is_next_to_the_square_root_rule() -> None:
    inputs, expected = case("retrain_cadence_closed_form")
    decay = inputs["linear_decay"]
    base = with_figures(
        blank_plan(60), requests_per_month=1, value_per_request=decay["value_per_year"] / 12, retrains=1,
        drift_rate=decay["decay_points_per_month"], discount_rate=0,
    )  # fmt: skip

    def lost_a_month(interval: int) -> float:
        """Average over whole cycles, so that the end of the horizon does not favour any interval."""
        cycles = (60 - 1) // interval
        plan = with_figures(base, retrain_months=interval, horizon_months=1 + cycles * interval)
        drift = calculate(plan).number("stagnation_memo", FT)
        return (drift + cycles * float(decay["retrain_cost"])) / (cycles * interval)

    sums = {interval: lost_a_month(interval) for interval in range(2, 30)}
    best = min(sums, key=lambda interval: sums[interval])
    wanted = expected["linear_decay"]
    assert best in (int(wanted["T_months"]), int(wanted["T_months"]) + 1)
    assert sums[best] == pytest.approx(wanted["cost_per_month"], rel=0.06)


class TestSpreadsheetFunctions:
    """NPV, IRR and MIRR as spreadsheets and numpy-financial document them, on flows of a plan."""

    def rows(self, name: str) -> list[tuple[Any, float, float]]:
        text = json.loads((PUBLISHED / f"{name}.json").read_text())
        tolerance = text["tolerance"]["abs"]
        wanted = text["expected"]["values"]
        tolerances = tolerance if isinstance(tolerance, list) else [tolerance] * len(wanted)
        return list(zip(text["inputs"]["rows"], wanted, tolerances, strict=True))

    def npv(self, flows: list[float], rate: float) -> float:
        return calculate(flow_plan(flows, rate)).number("npv", FT)

    def test_npv(self) -> None:
        for row, wanted, tolerance in self.rows("excel_doc_examples"):
            if row["fn"] not in ("NPV", "NPV+initial"):
                continue
            found = row["args"].get("initial", 0) + self.npv(row["args"]["values"], row["args"]["rate"])
            assert found == pytest.approx(wanted, abs=tolerance)

    def test_npv_that_counts_its_first_flow_as_today_s(self) -> None:
        for row, wanted, tolerance in self.rows("numpy_financial_docs"):
            if row["fn"] == "npv":
                today, *later = row["values"]
                assert today + self.npv(later, row["rate"]) == pytest.approx(wanted, abs=tolerance)

    @pytest.mark.parametrize("name", ["excel_doc_examples", "numpy_financial_docs"])
    def test_irr(self, name: str) -> None:
        for row, wanted, tolerance in self.rows(name):
            if row["fn"].casefold() != "irr":
                continue
            found = calculate(flow_plan(row.get("values") or row["args"]["values"])).measure("irr", FT)
            rates = self.rates(found.text) if found.value is None else [found.value]
            monthly = [(1 + rate) ** (1 / 12) - 1 for rate in rates]
            # Where several rates exist, the source shows one of them and the measure tells them all.
            near = 5e-4 if found.value is None else tolerance
            assert any(rate == pytest.approx(wanted, abs=near) for rate in monthly), row

    def rates(self, text: str) -> list[float]:
        assert text.startswith("several: ")
        return [float(one.strip("%")) / 100 for one in text.removeprefix("several: ").split(", ")]

    def test_mirr(self) -> None:
        for row, wanted, tolerance in self.rows("excel_doc_examples"):
            if row["fn"] != "MIRR":
                continue
            rates = (row["args"]["finance"], row["args"]["reinvest"])
            plan = flow_plan([float(flow) for flow in row["args"]["values"]], rates[0])
            finance, reinvest = ((1 + rate) ** 12 - 1 for rate in rates)
            plan = with_figures(plan, reinvestment_premium=reinvest - finance)
            yearly = calculate(plan).number("mirr", FT)
            assert (1 + yearly) ** (1 / 12) - 1 == pytest.approx(wanted, abs=tolerance)


def test_cases_compare_with_doing_nothing() -> None:
    assert flow_plan([1.0]).settings.reference == DN
