"""What is asked of a plan: gates and verdict, break-evens, cadence, alternatives, sensitivity, reports."""

from ftroi.analysis.gates import Judged, judge_gates, judge_plan
from ftroi.analysis.verdict import Verdict, give_verdict

__all__ = ["Judged", "Verdict", "give_verdict", "judge_gates", "judge_plan"]
