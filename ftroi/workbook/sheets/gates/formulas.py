"""The formulas of the gates: from what was entered to a status, by the rules of `ftroi.analysis.gates`."""

from __future__ import annotations

from ftroi.analysis.gates import SIMULATION, is_brought
from ftroi.plan import Plan
from ftroi.plan.simulated import FRESH, NOT_SIMULATED, STALE
from ftroi.termsheet import GateTable
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, SIMULATED
from ftroi.workbook.layout import gates as at
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.references.compare import of_option
from ftroi.workbook.references.simulation import across, stamp_cell
from ftroi.workbook.schema import AS_OF, RISK_SHEET, RISK_STATE
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, letters, prefix, quoted

IN_OPERATION = "in operation"
RESTAMP = "the inputs have changed since: 'ftroi regenerate FILE'"
"""What a stamp of the engine's says when it is stale: by what it is made anew."""
MONEY = quoted('#,##0;"−"#,##0')


def part(table: GateTable) -> str:
    """Say which part a gate plays in the verdict."""
    if table.live:
        return IN_OPERATION
    return ("mandatory" if table.mandatory else "optional") + (", pilot" if table.pilot else "")


def money(cell: str) -> str:
    """Give an amount of money as the verdict tells it, rounded before it is shown."""
    return f"TEXT(ROUND({cell},0),{MONEY})"


def of_candidate(layout: Layout, name: str) -> str:
    """Give what Compare holds of the candidate."""
    return of_option(layout, layout.compare.scalars[name], "FT_CandidateNumber")


def simulated_stamp(layout: Layout) -> dict[int, str]:
    """Give the formulas of the stamp that the sheet Risk brings, by column."""
    risk, sheet = layout.risk, prefix(RISK_SHEET)

    def linked(cell: str) -> str:
        return f'IF({cell}="","",{cell})'

    held = f'IF({RISK_STATE}="{FRESH}",{quoted(SIMULATION[FRESH])},{quoted(SIMULATION[STALE])})'
    return {
        at.STAMP_FIGURE: linked(across(risk, BEATS_REFERENCE, "FT_CandidateNumber", sheet)),
        at.STAMP_PRINT: linked(stamp_cell(risk, "fingerprint", sheet)),
        at.STAMP_BY: linked(stamp_cell(risk, "made", sheet)),
        at.STAMP_VERSION: linked(stamp_cell(risk, "version", sheet)),
        at.STAMP_STATE: f'IF({RISK_STATE}="{NOT_SIMULATED}",{quoted(SIMULATION[NOT_SIMULATED])},{held})',
    }


class GateFormulas:
    """The formulas of one gate's row, without a leading ``=``."""

    def __init__(self, plan: Plan, layout: Layout, name: str) -> None:
        """Print for the row of a gate."""
        self._table = plan.template.gates[name]
        self._layout = layout
        self._row = layout.gates.rows[name]
        self._is_first = self._row == layout.gates.header + 1

    def cell(self, header: str, above: int = 0) -> str:
        """Give a cell of the gate's row, or of one above it."""
        return f"${letters(self._layout.gates.columns[header])}{self._row + 1 - above}"

    def all(self) -> dict[str, str]:
        """Give every formula of the row by header."""
        default = self._table.threshold
        formulas = {
            "figure": self._figure(),
            "threshold": self._threshold(),
            "undated": self._undated(),
            "judged": self._judged(),
            "status": self._status(),
            "why": self._why(),
            "margin": self._margin(),
            "told": self._told(),
            **self._lists(),
        }
        return formulas | (
            {"default threshold": of_candidate(self._layout, default)} if isinstance(default, str) else {}
        )

    @staticmethod
    def stamp_state(row: int, now: int) -> str:
        """Say whether a stamp holds: the inputs are those that it was computed from."""
        figure, then, present = fixed(row, at.STAMP_FIGURE), fixed(row, at.STAMP_PRINT), fixed(now, at.STAMP_PRINT)
        state = f"IF(ABS({present}-{then})<zero_tolerance,{quoted('holds')},{quoted(RESTAMP)})"
        return f'IF({figure}="","no figure",IFERROR({state},"the inputs cannot be read"))'

    def _figure(self) -> str:
        figure, gates = self._table.figure, self._layout.gates
        if figure is None:
            typed = self.cell("evidence figure")
            return f'IF({typed}="","",{typed})'
        if figure in at.STAMPS:
            stamp = fixed(gates.stamps[figure], at.STAMP_FIGURE)
            return f'IF({fixed(gates.stamps[figure], at.STAMP_STATE)}="holds",{stamp},"")'
        if figure.startswith(SIMULATED):
            name, sheet = figure.removeprefix(SIMULATED), prefix(RISK_SHEET)
            return f'IF({RISK_STATE}="{FRESH}",{across(self._layout.risk, name, "FT_CandidateNumber", sheet)},"")'
        if figure == "npv_over_untuned":
            first, last = min(gates.options.values()), max(gates.options.values())
            rivals = fixed_range(first, at.RIVAL, last, at.RIVAL)
            return f'IF(COUNT({rivals})=0,"",{of_candidate(self._layout, "npv_over_nothing")}-MAX({rivals}))'
        return of_candidate(self._layout, figure)

    def _threshold(self) -> str:
        own, default = self.cell("own threshold"), self.cell("default threshold")
        return f'IF({own}<>"",{own},IF(ISNUMBER({default}),{default},""))'

    def _undated(self) -> str:
        if not is_brought(self._table):
            return quoted("")
        figure, set_on, on, until = (
            self.cell(one) for one in ("evidence figure", "set on", "evidence on", "evidence until")
        )
        expired = f'IF(AND({until}<>"",{until}<{AS_OF}),"the evidence has expired","")'
        late = f'IF({set_on}>={on},"the threshold was set after its evidence",{expired})'
        undated = f'IF(OR({set_on}="",{on}=""),"the threshold or its evidence bears no date",{late})'
        return f'IF({figure}="","no evidence yet",{undated})'

    def _judged(self) -> str:
        figure, threshold = self.cell("figure"), self.cell("threshold")
        sign = ">=" if self._table.direction == "at_least" else "<="
        compared = f'IF(ISNUMBER({threshold}),IF({figure}{sign}{threshold},"pass","fail"),"not decidable")'
        by_text = f'IF(LEFT({figure},LEN("never"))="never","fail",IF({figure}="immediate","pass","not decidable"))'
        judged = f"IF(ISNUMBER({figure}),{compared},{by_text})"
        return f'IF({self.cell("undated")}<>"","not decidable",{judged})'

    def _status(self) -> str:
        judged = self.cell("judged")
        return f'IF(AND({self.cell("waiver")}<>"",{judged}<>"pass"),"waived",{judged})'

    def _why(self) -> str:
        figure, undated = self.cell("figure"), self.cell("undated")
        by_figure = f'IF(ISNUMBER({self.cell("threshold")}),"","no threshold")'
        missing = f'IF({figure}="",{self._missing()},{figure})'
        why = f'IF({undated}<>"",{undated},IF(ISNUMBER({figure}),{by_figure},{missing}))'
        return f'IF({self.cell("status")}="waived",{self.cell("waiver")},{why})'

    def _missing(self) -> str:
        figure = self._table.figure or ""
        if figure in at.STAMPS:
            return fixed(self._layout.gates.stamps[figure], at.STAMP_STATE)
        if figure.startswith(SIMULATED):
            return fixed(self._layout.gates.stamps[at.SIMULATED], at.STAMP_STATE)
        return quoted("no figure" if self._table.evidence == "model" else f"no evidence: {self._table.evidence}")

    def _margin(self) -> str:
        figure, threshold = self.cell("figure"), self.cell("threshold")
        both = (figure, threshold) if self._table.direction == "at_least" else (threshold, figure)
        return f'IF(AND(ISNUMBER({figure}),ISNUMBER({threshold})),{"-".join(both)},"")'

    def _told(self) -> str:
        margin, status = self.cell("margin"), self.cell("status")
        by = f'IF(AND({status}="fail",{margin}<>""),", by "&{self._amount(margin)}," ("&{self.cell("why")}&")")'
        return f'{quoted(f"{self._table.brief}: ")}&{status}&{by}&"."'

    def _amount(self, margin: str) -> str:
        if self._table.unit == "money":
            return money(f"ABS({margin})")
        if self._table.unit == "month":
            return f'TEXT(ROUND(ABS({margin}),1),"0.0")&" months"'
        return f'TEXT(ROUND(ABS({margin}),2),"0.00")'

    def _lists(self) -> dict[str, str]:
        """Give the lists of names, each the one of the row above with this gate where it belongs."""
        role, status, label = self.cell("part"), self.cell("status"), quoted(self._table.brief)
        waived = f'{quoted(f"waived: {self._table.brief} (")}&{self.cell("why")}&")"'
        lists = {
            "blocking": (f'{role}="mandatory",{status}="fail"', "; ", label),
            "open": (f'LEFT({role},LEN("mandatory"))="mandatory",{status}="not decidable"', "; ", label),
            "conditions": (f'LEFT({role},LEN("optional"))="optional",{status}="fail"', "; ", label),
            "waived": (f'{role}<>"{IN_OPERATION}",{status}="waived"', "; ", waived),
        }
        return {name: self._grown(name, *parts) for name, parts in lists.items()}

    def _grown(self, name: str, when: str, comma: str, text: str) -> str:
        if self._is_first:
            return f'IF(AND({when}),{text},"")'
        above = self.cell(name, above=1)
        return f'{above}&IF(AND({when}),IF({above}="","",{quoted(comma)})&{text},"")'
