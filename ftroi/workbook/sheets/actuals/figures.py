"""The sheet's figures as the engine has them, which its formulas compute again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ftroi.actuals.rules import OUTSIDE
from ftroi.actuals.tracking import Later, later_of
from ftroi.dates import MONTHS_OF_A_YEAR, month_after
from ftroi.engine import FloatArray, Results
from ftroi.plan import Plan
from ftroi.plan.billed import Actuals
from ftroi.termsheet import flat
from ftroi.workbook.layout.option import MONTHS


@dataclass(frozen=True)
class Figures:
    """What was billed against the frozen plan and the plan as it stands; rows of 60 months, in money."""

    plan: Plan
    actuals: Actuals
    results: Results

    @property
    def option(self) -> str:
        """The option that is compared."""
        return self.actuals.baseline.option

    @cached_property
    def first_day(self) -> date:
        """The first day of the plan's first month."""
        return self.plan.settings.start.replace(day=1)

    def month(self, number: int) -> date:
        """The first day of a month of the plan, from 1."""
        return month_after(self.first_day, number - 1)

    @cached_property
    def _months(self) -> FloatArray:
        """The month of the plan of each amount."""
        start = self.first_day
        return np.array(
            [
                (one.month.year - start.year) * MONTHS_OF_A_YEAR + one.month.month - start.month + 1
                for one in self.actuals.billed
            ],
            dtype=float,
        )

    @cached_property
    def _amounts(self) -> FloatArray:
        return np.array([one.amount for one in self.actuals.billed], dtype=float)

    def _has(self, **wanted: str) -> NDArray[np.bool_]:
        return np.array(
            [all(getattr(one, key) == value for key, value in wanted.items()) for one in self.actuals.billed], bool
        )

    @cached_property
    def _inside(self) -> NDArray[np.bool_]:
        return (self._months >= 1) & (self._months <= self.actuals.to_date)

    def count(self, category: str) -> int:
        """How many amounts of a category are compared."""
        return int((self._has(category=category, option=self.option) & self._inside).sum())

    def billed(self, category: str) -> float:
        """What was billed in a category to date."""
        return float(self._amounts[self._has(category=category, option=self.option) & self._inside].sum())

    def frozen(self, category: str) -> FloatArray:
        """The frozen plan of a category by month."""
        row = self.actuals.baseline.months.get(category, ())
        return np.pad(np.array(row, dtype=float), (0, MONTHS - len(row)))

    def frozen_to_date(self, category: str) -> float:
        """What was planned of a category that has amounts, to date."""
        return float(self.frozen(category)[: self.actuals.to_date].sum()) if self.count(category) else 0.0

    def now(self, category: str) -> FloatArray:
        """A category as the plan stands, by month."""
        return self.results.row(flat(category), self.option)

    def forecast(self, category: str) -> float:
        """Billed to date and planned from there on; as frozen where nothing was billed."""
        if not self.count(category):
            return float(self.frozen(category).sum())
        return self.billed(category) + float(self.now(category)[self.actuals.to_date :].sum())

    def billed_in(self, month: int) -> float:
        """What was billed in a month in any category."""
        mine = self._has(option=self.option) & ~self._has(category=OUTSIDE) & (self._months == month)
        return float(self._amounts[mine].sum())

    def apart(self, together: float) -> dict[str, float]:
        """What was billed and is not compared, by why, and all that was billed."""
        amounts, inside = self._amounts, self._inside
        found = {
            "not assigned": float(amounts[inside & self._has(rule="")].sum()),
            "outside": float(amounts[inside & self._has(category=OUTSIDE)].sum()),
        }
        return {
            **found,
            "other": float(amounts[inside].sum()) - together - sum(found.values()),
            "before": float(amounts[self._months < 1].sum()),
            "after": float(amounts[self._months > self.actuals.to_date].sum()),
            "all": float(amounts.sum()),
        }

    @cached_property
    def later(self) -> Later | None:
        """The verdict asked again; None where nothing was billed or nothing is left to decide."""
        return later_of(self.plan, self.option, self.actuals.to_date) if self.actuals.to_date else None
