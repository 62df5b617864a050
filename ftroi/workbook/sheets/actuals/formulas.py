"""The formulas of the sheet Actuals, without a leading ``=``."""

from __future__ import annotations

from ftroi.actuals.rules import OUTSIDE
from ftroi.actuals.tracking import CHOICES
from ftroi.plan import Plan
from ftroi.termsheet import flat
from ftroi.workbook.layout import actuals as at
from ftroi.workbook.layout import gates as at_gates
from ftroi.workbook.layout.actuals import ActualsLayout
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_MONTH
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.schema import ACTUALS_SHEET, GATES_SHEET, NOT_ASSIGNED
from ftroi.workbook.xlsx.addresses import address, fixed, fixed_range, prefix, quoted

APPROVED, CHANGED = "Approved: the inputs are those of the approval", "Void: inputs were changed since the approval"
NOT_APPROVED = "Approved by nobody; frozen as the plan stood"
AGAIN = "Inputs were changed since: read the bills again"


class ActualsFormulas:
    """Prints for a plan's sheet."""

    def __init__(self, plan: Plan, layout: Layout, option: str) -> None:
        """Print for the option that is compared."""
        self._plan, self._layout, self._sheet = plan, layout.of(ActualsLayout), layout.sheets[option]
        self._at = self._layout
        self._away = _FromElsewhere(self._at)
        self._rows = layout.option.series
        self._now = f"{prefix(GATES_SHEET)}{fixed(max(layout.gates.stamps.values()) + 1, at_gates.STAMP_PRINT)}"

    def _sum(self, *criteria: str) -> str:
        return f"SUMIFS({self._at.listed('amount')},{','.join(criteria)})"

    def _where(self, header: str, wanted: str) -> str:
        return f"{self._at.listed(header)},{wanted}"

    @staticmethod
    def _criteria(cells: str, other_than: str) -> str:
        return f'{cells},"<>{other_than}"'

    @property
    def _mine(self) -> str:
        return self._where("option", self._at.value("option"))

    @property
    def _to_date(self) -> tuple[str, str]:
        listed = self._at.listed("month")
        return f'{listed},">="&{self._at.value("first_day")}', f'{listed},"<="&{self._at.value("last_day")}'

    def _key(self, row: int) -> str:
        return fixed(row, at.KEY)

    def category(self, name: str) -> dict[int, str]:
        """The formulas of a category's row, by column."""
        row, frozen, to_date = self._at.rows[name], self._at.frozen(name), self._at.value("to_date")
        criteria = (self._where("category", self._key(row)), self._mine, *self._to_date)
        count, billed = fixed(row, at.COUNT), address(row, at.BILLED)
        numbers = fixed_range(self._at.months[0], at.BASELINE_COLUMN, self._at.months[-1], at.BASELINE_COLUMN)
        line = self._rows[flat(name)]
        months = f"{prefix(self._sheet)}{fixed_range(line, FIRST_MONTH, line, LAST_MONTH)}"
        to_come = f"SUMPRODUCT((COLUMN({months})>{FIRST_MONTH}+{to_date})*{months})"
        return {
            at.TO_DATE: f"IF({count}>0,SUMPRODUCT(({numbers}<={to_date})*{frozen}),0)",
            at.BILLED: self._sum(*criteria),
            at.VARIANCE: f"{billed}-{address(row, at.TO_DATE)}",
            at.WHOLE: f"SUM({frozen})",
            at.FORECAST: f"IF({count}>0,{billed}+{to_come},{address(row, at.WHOLE)})",
            at.FINAL: f"{address(row, at.FORECAST)}-{address(row, at.WHOLE)}",
            at.COUNT: f"COUNTIFS({','.join(criteria)})",
        }

    def together(self, column: int) -> str:
        """The sum of the categories."""
        rows = self._at.rows.values()
        return f"SUM({fixed_range(min(rows), column, max(rows), column)})"

    def apart(self) -> dict[str, str]:
        """What is not compared, by why."""
        first, last = (self._at.value(one) for one in ("first_day", "last_day"))
        assigned = fixed(self._at.together, at.BILLED)
        outside, rest = (self._at.value(key) for key in ("outside", "not assigned"))
        return {
            "not assigned": self._sum(self._where("category", quoted(NOT_ASSIGNED)), *self._to_date),
            "outside": self._sum(self._where("category", quoted(OUTSIDE)), *self._to_date),
            "other": f"{self._sum(*self._to_date)}-{assigned}-{rest}-{outside}",
            "before": self._sum(f'{self._at.listed("month")},"<"&{first}'),
            "after": self._sum(f'{self._at.listed("month")},">"&{last}'),
            "all": f"SUM({self._at.listed('amount')})",
        }

    def month(self, row: int) -> dict[int, str]:
        """The formulas of a month's row, by column."""
        before = row - self._at.months[0]
        day, start = fixed(row, at.DAY), self._at.value("first_day")
        columns = self._at.baseline.values()
        frozen = fixed_range(row, min(columns), row, max(columns))
        flags = fixed_range(self._at.month_header - 1, min(columns), self._at.month_header - 1, max(columns))
        mine = (self._mine, self._where("month", day))
        is_over = f"{fixed(row, at.KEY)}<={self._at.value('to_date')}"
        billed = f"{self._sum(*mine)}-{self._sum(*mine, self._where('category', quoted(OUTSIDE)))}"
        gap = address(row, at.GAP)
        return {
            at.DAY: f"DATE(YEAR({start}),MONTH({start})+{before},1)",
            at.FROZEN: f"SUMPRODUCT({flags}*{frozen})",
            at.PAID: f"IF({is_over},{billed},0)",
            at.GAP: f"IF({is_over},{address(row, at.PAID)}-{address(row, at.FROZEN)},0)",
            at.RUNNING: f"{address(row - 1, at.RUNNING)}+{gap}" if before else gap,
        }

    def flag(self, category: str) -> str:
        """1 where a category has amounts that are compared."""
        return f"IF({fixed(self._at.rows[category], at.COUNT)}>0,1,0)"

    def unexplained(self) -> str:
        """What differs between the sheet's tables, as seen from another sheet.

        Every amount is compared or stands apart; the variance to date is one by month and by category, but for what is
        not assigned; at completion is what is billed to date, and the plan from there on.
        """
        value, listed, cell = self._away.value, self._away.listed, self._away.cell
        together = self._at.together
        mine, others = (f'{listed("option")},"{sign}"&{value("option")}' for sign in ("=", "<>"))
        months = listed("month")
        within = f'{months},">="&{value("first_day")},{months},"<="&{value("last_day")}'
        total = f"SUMIFS({listed('amount')},"
        known = ",".join(self._criteria(listed("category"), one) for one in (NOT_ASSIGNED, OUTSIDE))
        other = f"{total}{others},{known},{within})"
        apart = "-".join(value(key) for key in ("not assigned", "outside", "before", "after"))
        unassigned = f"{total}{mine},{listed('category')},{quoted(NOT_ASSIGNED)},{within})"
        running = self._away.area(self._at.months[0], at.RUNNING, self._at.months[-1], at.RUNNING)
        to_date = f"IF({value('to_date')}=0,0,INDEX({running},{value('to_date')}))"
        parts = (
            f"{value('all')}-{cell(together, at.BILLED)}-{other}-{apart}",
            f"{to_date}-{cell(together, at.VARIANCE)}-{unassigned}",
            f"{value('at_completion')}-{value('approved')}-{cell(together, at.FINAL)}",
        )
        return "+".join(f"ABS({part})" for part in parts)

    def completion(self) -> dict[str, str]:
        """The single figures and sentences."""
        value, tolerance = self._at.value, self._plan.template.role("tolerance")
        month = f"MONTH(start_date)+{value('to_date')}"
        same = f"ABS({self._now}-{value('fingerprint')})<{tolerance}"
        best = f"MAX({','.join(value(one) for one in CHOICES)})"
        go_on, stop, switch = (quoted(one) for one in CHOICES.values())
        choice = f"IF({value('go_on')}>={best},{go_on},IF({value('stop')}>={best},{stop},{switch}))"
        return {
            "state": f'IF({value("approved_by")}="",{quoted(NOT_APPROVED)},'
            f"IFERROR(IF({same},{quoted(APPROVED)},{quoted(CHANGED)}),{quoted(CHANGED)}))",
            "first_day": "DATE(YEAR(start_date),MONTH(start_date),1)",
            "last_day": f"DATE(YEAR(start_date),{month},0)",
            "approved": fixed(self._at.together, at.WHOLE),
            "billed": fixed(self._at.together, at.BILLED),
            "to_come": f"{fixed(self._at.together, at.FORECAST)}-{fixed(self._at.together, at.BILLED)}",
            "at_completion": f"{value('billed')}+{value('to_come')}",
            "variance": f"{value('at_completion')}-{value('approved')}",
            "decision": f"IF(ABS({self._now}-{value('stamped')})<{tolerance},{choice},{quoted(AGAIN)})",
        }


class _FromElsewhere:
    """The cells of the sheet as another sheet names them."""

    def __init__(self, layout: ActualsLayout) -> None:
        self._at = layout
        self._sheet = prefix(ACTUALS_SHEET)

    def value(self, key: str) -> str:
        """A single figure."""
        return f"{self._sheet}{self._at.value(key)}"

    def listed(self, header: str) -> str:
        """One column of the amounts."""
        return f"{self._sheet}{self._at.listed(header)}"

    def cell(self, row: int, column: int) -> str:
        """Any cell."""
        return f"{self._sheet}{fixed(row, column)}"

    def area(self, *corners: int) -> str:
        """A rectangle by its first row and column, and its last ones."""
        return f"{self._sheet}{fixed_range(*corners)}"
