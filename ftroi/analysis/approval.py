"""Whether the approval that a plan bears still holds: its inputs must be those of the day."""

from __future__ import annotations

from ftroi.analysis.risk.freshness import digest_of
from ftroi.plan.plan import Plan


def void_approval(plan: Plan) -> str:
    """What is said of an approval that holds no longer; "" where one holds, or nobody approved the plan."""
    baseline = plan.actuals.baseline if plan.actuals else None
    if baseline is None or not baseline.by or baseline.digest == digest_of(plan):
        return ""
    return (
        f"The approval by {baseline.by} of {baseline.day.isoformat()} holds no longer: inputs were changed since "
        "('ftroi approve' renews it)"
    )
