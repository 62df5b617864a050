"""The shipped term sheet once more, by hand: present cost and NPV of an option, one draw after another, by numba.

What a programmer would write who knows the model and wants speed: plain numbers, one loop over the months, what
does not move with the months ahead of it, indices as running products, and nothing computed in months where it is 0.
It is the yardstick of the benchmarks, and tested equal to the engine.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numba as nb
import numpy as np
from numpy.typing import NDArray

from ftroi.engine import Inputs
from ftroi.language import FUNCTIONS, FloatArray

Records: TypeAlias = NDArray[Any]

STREAMS = 8
"""By month: costs, benefits, standalone visible and hidden costs, economic ones among them, cash and other value,
and what review and wrong answers take off it."""
COSTS, BENEFITS, VISIBLE, HIDDEN, ECONOMIC, CASH, CAPACITY, REVIEW = range(STREAMS)

WORK = ("own_visible_training_data", "own_visible_compute", "own_visible_development_api", "own_visible_build_labour")
OTHER_VISIBLE = ("own_visible_licence", "own_visible_storage", "own_visible_serving")
OTHER_HIDDEN = (
    "own_hidden_technical_debt", "own_hidden_expertise", "own_hidden_compliance", "own_hidden_retraining",
    "own_hidden_integration", "own_hidden_change", "own_hidden_contingency",
)  # fmt: skip
BESIDE = ("own_visible_incumbent", "own_hidden_incumbent", "own_hidden_exit")
AT_DECISION = ("own_visible_initial",)
DATES = ("start_date", "withdrawal_date", "obligation_date")
OWN = ("work", "visible", "hidden", "economic", "beside", "at_decision")


def twin_records(inputs: Inputs, option: str) -> Records:
    """A record of every assumption for each draw of one option."""
    names = [name for name in inputs.values if name not in DATES]
    kind = np.dtype(
        [(name, np.float64) for name in (*names, "withdrawal_month", "obligation_month", "is_incumbent", "followed")]
    )
    records = np.empty(inputs.scenarios, kind)
    for name in names:
        records[name] = _of(inputs.values[name], inputs, option)[0]
    start, end, duties = (_calendar_month(_of(inputs.values[name], inputs, option)[0]) for name in DATES)
    dated, event = end - start + 1, records["withdrawal_event_month"]
    records["obligation_month"] = duties - start + 1
    records["withdrawal_month"] = np.where(event > 0, np.minimum(dated, event), dated)
    records["is_incumbent"] = float(option == inputs.parties["INCUMBENT"])
    records["followed"] = _of(inputs.values["in_use"], inputs, inputs.parties["INCUMBENT"])[0]
    return records


def twin_own_costs(inputs: Inputs, option: str) -> Records:
    """A record of an option's own costs for each month, as they enter the sums."""
    groups = (WORK, OTHER_VISIBLE, OTHER_HIDDEN, ("own_economic_costs",), BESIDE, AT_DECISION)
    records = np.zeros(inputs.months, np.dtype([(name, np.float64) for name in OWN]))
    for field, names in zip(OWN, groups, strict=True):
        for name in names:
            records[field] += _of(inputs.own[name], inputs, option)[:, 0]
    return records


def _of(array: FloatArray, inputs: Inputs, option: str) -> FloatArray:
    return array[:, min(inputs.options.index(option), array.shape[1] - 1)]


def _calendar_month(date: FloatArray) -> Any:
    year, month = (FUNCTIONS[name].body for name in ("YEAR", "MONTH"))
    return year(date) * 12 + month(date)


@nb.njit(nogil=True, cache=True, error_model="numpy")
def round_half_up(scaled: float) -> float:
    """Round a positive number to the nearest whole one, as the language's ROUND does."""
    return math.floor(scaled + min(scaled * 2.0**-50, 2.0**-11) + 0.5)


@nb.njit(nogil=True, cache=True, error_model="numpy")
def option_streams(p: Any, own: Records, streams: FloatArray) -> int:  # noqa: C901, PLR0912, PLR0915 - one model, one loop
    """Fill in an option's streams by month up to its horizon, and give the horizon."""
    months = min(own.size, int(p.horizon_months))
    salary_load = p.hourly_compensation / (p.hourly_wages + p.hourly_paid_leave)
    salary = p.engineer_salary * salary_load / p.months_per_year
    hour = p.engineer_salary * salary_load / p.productive_hours
    expert_hour = p.expert_salary * salary_load / p.productive_hours
    build_labour = p.build_fte_months * salary
    labels = p.examples * (1 - p.synthetic_share) * p.price_per_label * (1 + p.rework_rate)
    taught = p.teacher_tokens_per_example * p.teacher_token_price / p.tokens_per_mtoken
    teacher = p.examples * (taught + p.synthetic_share * p.price_per_synthetic)
    validation = p.examples * p.review_hours_per_example * expert_hour
    curation = p.examples * p.curation_hours_per_example * hour
    tokens, sampling, grading = p.examples * p.tokens_per_example * p.epochs, 0.0, 0.0
    if p.tuning_kind == 1:
        labels += p.preference_pairs * p.price_per_pair * (1 + p.rework_rate)
        tokens += p.preference_pairs * p.examples_per_pair * p.tokens_per_example * p.epochs
    if p.tuning_kind == 2:
        tokens = p.rollouts_per_run * p.tokens_per_rollout
        sampling = tokens / p.gpu_throughput
        grading = p.rollouts_per_run * p.grader_tokens_per_rollout * p.judge_token_price / p.tokens_per_mtoken
    gpu_hours = p.run_gpus * p.run_hours
    if p.run_hours <= 0:
        flops = p.parameters * p.flops_per_parameter_token * tokens
        gpu_hours = p.run_overhead_hours + sampling + flops / (p.gpu_peak_flops * p.mfu * p.seconds_per_hour)
    gpu_run = p.uses_gpu_training * (1 - p.owns_gpus) * gpu_hours * p.gpu_price
    billed = tokens + p.validation_billed * p.validation_tokens * p.validation_passes
    api_run = billed * p.training_token_price / p.tokens_per_mtoken
    if p.tuning_kind == 2:
        api_run = p.reinforcement_hours * p.reinforcement_hour_price
    api_run = p.uses_api_training * api_run + grading
    cached = p.cached_share * (1 - p.cached_price_share) - p.cache_write_share * (p.cache_write_price_share - 1)
    input_price = p.input_tokens * (1 - cached) * p.input_token_price
    written = p.output_tokens + p.reasoning_tokens
    batched = 1 - p.batch_share * (1 - p.batch_price_share)
    token_price = p.uses_token_api * (input_price + written * p.output_token_price) / p.tokens_per_mtoken * batched
    token_price += p.escalated_share * p.escalation_price
    judged = p.judged_share * p.judge_tokens_per_answer * p.judge_token_price / p.tokens_per_mtoken
    capacity = p.hours_per_month * p.gpu_throughput * p.target_utilisation
    gpus_a_request = p.uses_gpu_serving * (p.input_tokens + written) * p.peak_factor / capacity
    places = 10**p.rounding_places
    integration = p.integration_ratio * build_labour
    if p.integrated_systems > 0:
        days = p.integrated_systems * p.interfaces_per_system * p.days_per_interface
        integration = days * p.hours_per_day * hour
    funded = p.run_fte * p.productive_hours / p.months_per_year
    upkeep_hours = p.upkeep_rate * integration / p.months_per_year / hour
    debt_hours = p.debt_rate * build_labour / p.months_per_year / hour
    steady_hours = p.on_call_hours_per_month + p.monitoring_hours_per_month + p.edge_case_hours_per_month + debt_hours
    switched_on = 1 - p.scaled_to_zero_share
    hosting = p.hosted_deployments * p.hosting_price * p.hours_per_month * switched_on / p.adapters_sharing
    gpu_month = (1 - p.owns_gpus) * p.hours_per_month * p.gpu_price / p.adapters_sharing
    power = p.owns_gpus * p.owned_gpus * p.kilowatts_per_gpu * p.powered_hours_per_month * p.electricity_price
    evaluation = p.evaluation_cost
    use_by_price = p.licence_per_year / p.months_per_year + (
        p.stored_gb * p.storage_price + p.egress_gb * p.egress_price
    )
    hidden_by_price = p.monitoring_per_month + p.drift_evaluations * evaluation + p.registry_seats * p.seat_price
    hidden_by_price += p.insurance_per_year / p.months_per_year
    turnover = p.run_fte * p.turnover_rate / p.months_per_year
    ramp_up = turnover * p.ramp_up_months * p.ramp_up_loss * salary
    hidden_by_wage = p.audit_per_year / p.months_per_year
    hidden_by_wage += p.run_fte * salary + turnover * p.recruiting_years * p.engineer_salary + ramp_up
    audit = p.audit_gb_per_mrequest / p.requests_per_mrequest * p.retention_months * p.storage_price
    review = p.reviewed_share * p.review_hours_per_request * expert_hour
    opportunity = salary * (p.opportunity_multiple - 1)
    wait = (1 - p.is_incumbent) * p.deferral_months
    own_go_live = wait + (1 - p.is_incumbent) * p.build_months
    ramp_start = own_go_live - p.followed * p.ramp_months
    withdrawn_at = max(p.withdrawal_month, own_go_live + 1)
    gap_end = withdrawn_at + max(0.0, p.migration_months - p.notice_months)
    lift = max(0.0, p.quality_ceiling - p.quality_level)
    if p.rides_upgrades != 1:
        lift *= p.rebase_lift_share
    year = 1 / p.months_per_year
    wage_growth, price_growth = (1 + p.wage_growth) ** year, (1 + p.inflation) ** year
    gpu_growth, token_growth = (1 + p.gpu_price_trend) ** year, (1 + p.token_price_trend) ** year
    one_month_more = (1 + p.discount_rate) ** year
    volume_growth, value_growth = (1 + p.volume_growth) ** year, (1 + p.value_growth) ** year
    erosion, remaining = (1 - p.today_erosion) ** year, p.half ** (1 / p.upgrade_half_life)
    wage = price = gpu_index = token_index = 1.0
    volume, value, today, gap = p.requests_per_month, p.value_per_request, p.today_share, 1.0
    if p.people * volume > 0:
        people_hour = p.people_salary * p.hourly_compensation / (p.hourly_wages + p.hourly_paid_leave)
        value = p.people * p.hours_saved * people_hour / p.productive_hours / volume
    age, since, level = p.base_age_at_start, 0.0, p.quality_level
    people_time = p.change_people * p.change_hours_per_person * p.people_salary * salary_load / p.productive_hours
    red_team_day = p.hours_per_day * expert_hour
    leap = p.leap_month if p.leap_month > 0 else months + 1.0
    for place in range(months):
        month = place + 1
        building = p.in_use == 1 and wait < month <= own_go_live
        operating = p.in_use == 1 and month > own_go_live
        gap *= remaining
        withdrawn = operating and month < p.horizon_months and month == withdrawn_at
        running = operating and month < p.horizon_months
        served_for = month - own_go_live - 1
        planned = running and served_for > 0 and served_for % p.rebase_months == 0
        rebase = running and (planned or age + 1 >= p.base_lifetime or withdrawn)
        if month > wait:
            age = 0.0 if rebase else age + 1
        refresh = (
            operating and p.retrains == 1 and not planned and month < p.horizon_months and since + 1 >= p.retrain_months
        )
        since = 0.0 if month - own_go_live <= 1 or planned or refresh else since + 1
        if planned or month <= wait:
            level = p.quality_level + lift * (1 - (gap * (1 - p.leap_share) if month >= leap else gap))
        visible = own[place].work + own[place].visible
        hidden = own[place].hidden
        economic = own[place].economic
        outlay = own[place].at_decision
        if month == wait + 1 and p.in_use == 1 and p.is_incumbent != 1:
            outlay += p.initial_outlay * price
        # What is paid at time 0 is discounted by a month with the others of month 1.
        extra = own[place].beside + outlay * (one_month_more if month == 1 else 1.0)
        cash = capacity_value = deducted = 0.0
        share = today
        gpu_run_price, api_run_price = gpu_run * gpu_index, api_run * token_index
        if building:
            work = labels * price + teacher * token_index + (curation + validation + build_labour) * wage
            work += p.experiment_runs * (gpu_run_price + api_run_price) + p.build_evaluations * evaluation * price
            work = work / p.build_months + p.development_mtokens * p.development_token_price * token_index
            first = integration * wage / p.build_months
            visible += work + p.owns_gpus * p.owned_gpus * p.price_per_owned_gpu / p.build_months
            hidden += p.compliance_setup * wage / p.build_months + first
            trained = people_time * wage / p.build_months
            hidden += trained + p.change_budget * price / p.build_months
            hidden += red_team_day * p.red_team_days * wage / p.build_months
            economic += trained
            hidden += p.contingency_rate * (work + own[place].work + first)
            if p.is_incumbent != 1 and month <= p.deferral_months + p.backfill_months:
                diverted = p.diverted_share * p.build_fte_months / p.build_months * opportunity * wage
                hidden += diverted
                economic += diverted
        if building or operating:
            visible += use_by_price * price
        if operating:
            adoption = 0.0
            if not withdrawn_at <= month < gap_end:
                adoption = min(1.0, (month - ramp_start) / max(1.0, p.ramp_months))
            served = volume * adoption
            valid = level - min(level, p.drift_rate * since)
            share = today + adoption * (valid - today)
            gpus = 0.0
            if p.uses_gpu_serving != 0:
                wanted = max(p.minimum_gpus, gpus_a_request * served * p.adapters_sharing) / p.gpus_per_replica
                gpus = math.ceil(round_half_up(wanted * places) / places) * p.gpus_per_replica
                on_demand = max(0.0, gpus - p.reserved_gpus) * switched_on
                gpus = p.uses_gpu_serving * (p.reserved_gpus * p.reserved_price_share + on_demand)
            serving = hosting * price + gpu_month * gpus * gpu_index
            visible += p.uses_service * served * valid * p.service_price * price
            visible += token_price * served * token_index + serving + (power + p.retrieval_per_month) * price
            visible += served * p.guarded_share * p.guardrail_price * price
            hidden += served * judged * token_index
            if month >= p.obligation_month:
                hidden += p.obligation_per_year / p.months_per_year * wage
            hidden += hidden_by_price * price + hidden_by_wage * wage + p.standby_share * serving
            economic += ramp_up * wage
            if p.is_incumbent != 1 and month <= p.deferral_months + p.backfill_months:
                diverted = p.diverted_share * p.run_fte * opportunity * wage
                hidden += diverted
                economic += diverted
            needed = steady_hours + upkeep_hours + (p.hours_per_refresh if refresh else 0.0)
            if needed > funded:
                hidden += needed * (1 - funded / needed) * hour * wage
            hidden += served * audit * price
            deducted = served * (review * wage + (1 - valid) * p.cost_per_wrong_answer * price)
            if refresh or rebase:
                dataset = labels * price + teacher * token_index + validation * wage
                runs = gpu_run_price + api_run_price
                releases = (1.0 if refresh else 0.0) + (1.0 if rebase else 0.0)
                hidden += releases * (p.evaluations_per_release * evaluation * price + p.overlap_months * serving)
                if refresh:
                    hidden += p.relabel_share * dataset + p.runs_per_refresh * runs
                if rebase:
                    again = build_labour * wage + dataset + p.experiment_runs * runs
                    hidden += p.rebase_share * again + p.legal_review_per_rebase * wage
                    hidden += (p.reintegration_share * integration + red_team_day * p.red_team_days_per_rebase) * wage
            if withdrawn:
                hidden += p.withdrawal_cost * price
        worth = volume * value * share
        cash, capacity_value = worth * p.cash_share, worth * (1 - p.cash_share) * p.realisation
        residual = 0.0
        if (building or operating) and month == p.horizon_months:
            extra += p.exit_share * build_labour * wage + (p.archive_cost + p.contract_end_cost) * price
            residual = p.residual_value
        streams[place, COSTS] = visible + hidden + extra
        streams[place, BENEFITS] = cash + capacity_value + residual - deducted
        streams[place, VISIBLE], streams[place, HIDDEN], streams[place, ECONOMIC] = visible, hidden, economic
        streams[place, CASH], streams[place, CAPACITY], streams[place, REVIEW] = cash, capacity_value, deducted
        wage *= wage_growth
        price *= price_growth
        gpu_index *= gpu_growth
        token_index *= token_growth
        volume *= volume_growth
        value *= value_growth
        today *= erosion
    return months


@nb.njit(nogil=True, cache=True, error_model="numpy")
def present_costs(records: Records, own: Records, out: FloatArray) -> None:
    """Fill in an option's costs in present value for each draw; the option is its own reference and incumbent."""
    streams = np.empty((own.size, STREAMS))
    for draw in range(records.size):
        p = records[draw]
        out[draw] = present(p, streams, COSTS, option_streams(p, own, streams))


@nb.njit(nogil=True, cache=True, error_model="numpy")
def present_costs_and_npv(  # noqa: PLR0913, PLR0917 - three options, each with its own costs
    records: Records,
    own: Records,
    others: Records,
    own_others: Records,
    served: Records,
    own_served: Records,
    out: FloatArray,
) -> None:
    """Fill in an option's costs in present value, and its NPV over the reference, ``others``, for each draw.

    ``served`` is the incumbent, which serves until either goes live.
    """
    streams, reference, incumbent = (
        np.empty((own.size, STREAMS)), np.empty((own.size, STREAMS)), np.empty((own.size, STREAMS)),
    )  # fmt: skip
    for draw in range(records.size):
        p, q, s = records[draw], others[draw], served[draw]
        option_streams(s, own_served, incumbent)
        option_streams(q, own_others, reference)
        months = option_streams(p, own, streams)
        serve(q, s, reference, incumbent, months)
        serve(p, s, streams, incumbent, months)
        out[0, draw] = present(p, streams, COSTS, months)
        gain = present(p, streams, BENEFITS, months) - present(p, reference, BENEFITS, months)
        out[1, draw] = gain - out[0, draw] + present(p, reference, COSTS, months)


@nb.njit(nogil=True, cache=True, error_model="numpy")
def present(p: Any, streams: FloatArray, column: int, months: int) -> float:
    """A stream's present value."""
    factor = (1 + p.discount_rate) ** (-1 / p.months_per_year)
    result, discount = 0.0, 1.0
    for place in range(months):
        discount *= factor
        result += streams[place, column] * discount
    return result


@nb.njit(nogil=True, cache=True, error_model="numpy")
def serve(p: Any, s: Any, streams: FloatArray, incumbent: FloatArray, months: int) -> None:
    """Add what option ``p`` bears, and gains, while the incumbent ``s`` serves until it goes live."""
    if p.in_use != 1 or p.is_incumbent == 1 or s.in_use != 1:
        return
    go_live = int(p.deferral_months + p.build_months)
    for place in range(min(go_live, months)):
        streams[place, COSTS] += incumbent[place, VISIBLE] + incumbent[place, HIDDEN]
        streams[place, BENEFITS] += incumbent[place, CASH] - streams[place, CASH]
        streams[place, BENEFITS] += incumbent[place, CAPACITY] - streams[place, CAPACITY] - incumbent[place, REVIEW]
    last = min(go_live, months - 1)
    salary = s.engineer_salary * s.hourly_compensation / (s.hourly_wages + s.hourly_paid_leave) / s.months_per_year
    labour = s.exit_share * s.build_fte_months * salary * (1 + s.wage_growth) ** (last / s.months_per_year)
    ending = (s.archive_cost + s.contract_end_cost) * (1 + s.inflation) ** (last / s.months_per_year)
    streams[last, COSTS] += s.in_use * (labour + ending)
