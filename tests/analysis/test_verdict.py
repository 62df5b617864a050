"""The verdict and its gates, on the toy plan of docs/measures.md."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from ftroi.analysis import Judged, Verdict, give_verdict, judge_gates
from ftroi.analysis.gates import NOT_DECIDABLE
from ftroi.analysis.verdict import Decision
from ftroi.engine import Results
from ftroi.plan import GateEntry, Plan, calculate
from tests.support.plans import DN, FT, PE, cost, toy_plan

TODAY = date(2026, 12, 1)
EVIDENCE = {"approved_budget": 1e9, "quality_lead": 0.5, "prompting_tried": 1.0, "compliance_signed": 1.0}


def evidence(figure: float) -> GateEntry:
    return GateEntry(
        figure=figure, set_on=date(2026, 10, 1), evidence_on=date(2026, 11, 1), evidence_until=date(2027, 6, 1)
    )


def with_evidence(plan: Plan, **changes: GateEntry) -> Plan:
    entries = {name: evidence(figure) for name, figure in EVIDENCE.items()}
    return replace(plan, gates={**entries, **changes})


def judged(plan: Plan, odds: float | None = 0.9) -> tuple[Results, tuple[Judged, ...]]:
    base = calculate(plan, "base")
    return base, judge_gates(plan, base, calculate(plan, "pessimistic"), odds, TODAY)


def verdict(plan: Plan, odds: float | None = 0.9, failed: tuple[str, ...] = ()) -> Verdict:
    base, gates = judged(plan, odds)
    return give_verdict(plan, base, gates, failed)


def status(plan: Plan, gate: str) -> str:
    _, gates = judged(plan)
    return next(one.status for one in gates if one.id == gate)


def test_the_toy_given_up_after_its_build_is_a_pilot() -> None:
    found = verdict(with_evidence(toy_plan(poc_share=1)))
    assert found.code == "pilot"
    assert found.sentence == (
        "Pilot only: USD 184,652 if it works, USD −150,715 expected; abandonment must stay below 22.0%. "
        "Compared with prompt engineering over 3 years (present value)."
    )


def test_without_the_risk_of_abandonment_the_toy_is_a_commitment() -> None:
    found = verdict(with_evidence(toy_plan(abandonment_rate=0)))
    assert (found.code, found.option) == ("commit", FT)


def test_a_failed_check_comes_before_everything() -> None:
    assert verdict(with_evidence(toy_plan()), failed=("Prices are wrong", "more")).sentence == (
        "No verdict yet: Prices are wrong."
    )


def test_stop_when_doing_nothing_is_as_good() -> None:
    plan = toy_plan(value_per_request=0.1)
    assert verdict(with_evidence(plan)).code == "stop"


def test_the_reasons_to_stop_are_about_the_status_quo() -> None:
    """Not about the baseline, against which the plan may look well."""
    plan = with_evidence(toy_plan(value_per_request=0.1))
    found, results = verdict(plan), calculate(plan)
    value, dear = (results.number(f"{one}_over_nothing_pv", FT) for one in ("value", "cost"))
    assert value - dear == pytest.approx(results.number("npv_over_nothing", FT))
    assert found.by_name["driver"].endswith("against the status quo.")
    assert found.by_name["gate"] == "Better than the status quo: prompt engineering, by USD 58k."
    assert found.by_name["break_even"] == (
        f"As good as the status quo only with {dear / value:.2f}× the value, or {value / dear:.1%} of the cost, "
        "that the plan says."
    )


def test_a_plan_to_stop_names_what_would_pay() -> None:
    plan = with_evidence(toy_plan())
    dear = cost(FT, "visible.serving", 4, 36, 200_000)
    found = verdict(replace(plan, own_costs=(*plan.own_costs, dear)))
    assert found.code == "stop"
    assert found.by_name["gate"] == "Better than the status quo: prompt engineering, by USD 3.47m."


def test_what_gains_nothing_is_worth_no_more_than_the_status_quo_at_any_cost() -> None:
    found = verdict(with_evidence(toy_plan(value_per_request=0)))
    assert found.by_name["gate"] == "No other option of the plan is better than the status quo."
    assert found.by_name["break_even"] == "Worth no more than the status quo at any cost."


def test_what_costs_no_more_than_the_status_quo_is_told_no_share_of_its_cost() -> None:
    """A little value and a little saved: less than counts as a difference, and no multiple of the value says when."""
    plan = toy_plan(value_per_request=0.001)
    results = calculate(plan)
    today = cost(DN, "visible.serving", 1, 1, 1.0083 * results.number("cost_over_nothing_pv", FT))
    plan = with_evidence(replace(plan, own_costs=(*plan.own_costs, today)))
    results = calculate(plan)
    assert results.number("value_over_nothing_pv", FT) > 0 > results.number("cost_over_nothing_pv", FT)
    found = verdict(plan)
    assert found.code == "stop"
    assert found.by_name["break_even"] == ""


def test_choose_another_that_is_worth_more() -> None:
    dear = cost(FT, "visible.serving", 4, 36, 20_000)
    plan = with_evidence(toy_plan())
    found = verdict(replace(plan, own_costs=(*plan.own_costs, dear)))
    assert (found.code, found.option) == ("choose_other", PE)
    results = calculate(replace(plan, own_costs=(*plan.own_costs, dear)))
    gain = results.number("npv_over_nothing", PE) - results.number("npv_over_nothing", FT)
    value, spent = (results.number(f"{one}_over_nothing_pv", FT) for one in ("value", "cost"))
    assert found.by_name["driver"].endswith("against prompt engineering.")
    assert found.by_name["break_even"] == (
        f"As good as prompt engineering only with {1 + gain / value:.2f}× the value, or {1 - gain / spent:.1%} of the "
        "cost, that the plan says."
    )
    told = r"Use prompt engineering: USD \d+k better than the managed LoRA over 3 years \(present value\)\."
    assert re.fullmatch(told, found.sentence)


def test_a_tie_goes_to_the_cheaper_option() -> None:
    plan = with_evidence(toy_plan())
    npv = calculate(plan).number("npv", FT)
    worth = sum(calculate(plan).row("discount_factor", FT)[3:])
    found = verdict(replace(plan, own_costs=(*plan.own_costs, cost(FT, "visible.serving", 4, 36, npv / worth))))
    assert (found.code, found.option) == ("tie", PE)


def test_an_option_that_closed_is_not_chosen() -> None:
    plan = with_evidence(toy_plan().with_settings(start=date(2027, 2, 1)))
    assert verdict(plan).code == "commit"


def test_a_mandatory_gate_without_evidence_is_not_yet() -> None:
    found = verdict(toy_plan())
    assert found.code == "not_yet"
    assert "Approved budget" in found.sentence


def test_gates_whose_evidence_is_pending_are_counted_as_such() -> None:
    plan = toy_plan()
    base, gates = judged(plan)
    pending = [one for one in gates if one.status == NOT_DECIDABLE and not one.cells["live"]]
    told = str(Decision(plan, base, gates, ()).cells.value("gates_told", ""))
    assert pending
    assert told.endswith(f" and for {len(pending)} evidence is pending.")


def test_a_mandatory_gate_that_fails_forbids_commitment() -> None:
    plan = with_evidence(toy_plan(), compliance_signed=evidence(0))
    found = verdict(plan)
    assert found.code == "do_not_commit"
    assert found.sentence == "Do not commit: compliance and data rights are not signed."


def test_a_waiver_passes_and_is_named() -> None:
    waived = replace(evidence(0), waiver="board, 3 November")
    found = verdict(with_evidence(toy_plan(abandonment_rate=0), compliance_signed=waived))
    assert found.code == "commit"
    assert any("board, 3 November" in condition for condition in found.conditions)


def test_failed_optional_gates_are_conditions() -> None:
    found = verdict(with_evidence(toy_plan(abandonment_rate=0), rollback_rehearsed=evidence(3)))
    assert "Days to roll back, as rehearsed" in found.conditions


def test_other_verdicts_have_no_conditions() -> None:
    """What must still be done is a condition of a commitment, and of nothing else."""
    found = verdict(with_evidence(toy_plan(), compliance_signed=evidence(0), rollback_rehearsed=evidence(3)))
    assert (found.code, found.conditions) == ("do_not_commit", ())


def test_the_deciding_gate_is_the_one_that_the_sentence_is_about() -> None:
    """Though others failed or are open that stand above it, and weigh less."""
    signed = with_evidence(toy_plan(), compliance_signed=evidence(0))
    assert verdict(signed).by_name["gate"] == "Compliance and data rights signed: no."
    assert verdict(toy_plan(abandonment_rate=0)).by_name["gate"].startswith("Approved budget: evidence pending")
    assert (
        verdict(with_evidence(toy_plan(poc_share=1))).by_name["gate"]
        == "Expected NPV with abandonment: USD 151k short."
    )
    optional = with_evidence(toy_plan(abandonment_rate=0), rollback_rehearsed=evidence(3))
    assert verdict(optional).by_name["gate"].startswith("Discounted payback: 2.1 months over the limit")


def test_odds_below_their_gate_allow_a_pilot_only() -> None:
    assert verdict(with_evidence(toy_plan(abandonment_rate=0)), odds=0.5).code == "pilot"


class TestGates:
    """Pass, fail, waived or not decidable."""

    def test_equality_passes(self) -> None:
        assert status(with_evidence(toy_plan(), rollback_rehearsed=evidence(1)), "rollback_rehearsed") == "pass"

    def test_a_figure_of_the_model(self) -> None:
        assert status(toy_plan(), "npv_over_nothing") == "pass"
        assert status(toy_plan(poc_share=1), "expected_npv") == "fail"
        assert status(toy_plan(), "discounted_payback") == "fail"

    def test_a_payback_that_never_comes_fails_and_an_immediate_one_passes(self) -> None:
        never = toy_plan(value_per_request=0.5)
        assert status(never, "discounted_payback") == "fail"
        paid = replace(toy_plan(), own_costs=(cost(FT, "visible.licence", 1, 36, -1e6),))
        assert status(paid, "discounted_payback") == "pass"

    @pytest.mark.parametrize(
        "entry",
        [
            GateEntry(),
            GateEntry(figure=1.0),
            replace(evidence(1), set_on=date(2026, 11, 1)),
            replace(evidence(1), evidence_until=date(2026, 11, 30)),
        ],
    )
    def test_evidence_that_cannot_count(self, entry: GateEntry) -> None:
        assert status(with_evidence(toy_plan(), compliance_signed=entry), "compliance_signed") == NOT_DECIDABLE

    def test_no_simulation_is_not_decidable(self) -> None:
        _, gates = judged(toy_plan(), odds=None)
        assert {gate.id: gate.status for gate in gates}["probability_npv_positive"] == NOT_DECIDABLE

    def test_a_threshold_of_the_plan_s_own(self) -> None:
        stricter = GateEntry(threshold=1e9)
        assert status(with_evidence(toy_plan(), npv_over_nothing=stricter), "npv_over_nothing") == "fail"

    def test_materiality_is_one_hundredth_of_the_candidate_s_cost(self) -> None:
        _, gates = judged(toy_plan())
        assert gates[0].threshold == pytest.approx(8_599.518492)

    def test_the_best_untuned_option_is_the_yardstick_whatever_the_reference(self) -> None:
        _, gates = judged(toy_plan().with_settings(reference=DN))
        assert gates[0].figure.value == pytest.approx(184_651.947197)
