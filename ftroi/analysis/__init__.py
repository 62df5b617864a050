"""Analyses of a plan: gates and verdict, break-evens, cadence, alternatives, sensitivity, comparison, reports.

Each module answers one kind of question from a plan and the engine's results, and returns data classes or plain
dictionaries; texts and tables are made in `ftroi.cli`, `ftroi.report` and `ftroi.functions`. `risk` holds simulation.
"""

from ftroi.analysis.gates import Judged, judge_gates, judge_plan
from ftroi.analysis.verdict import Verdict, give_verdict

__all__ = ["Judged", "Verdict", "give_verdict", "judge_gates", "judge_plan"]
