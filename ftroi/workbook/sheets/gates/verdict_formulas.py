"""The rule of the verdict as formulas: options, clauses in order, reasons, as `ftroi.analysis.verdict` has them."""

from __future__ import annotations

from ftroi.analysis.turning_points import TurningPoint
from ftroi.workbook.layout import gates as at
from ftroi.workbook.layout.compare import FIRST_OPTION
from ftroi.workbook.layout.workbook import COMPARE, Layout
from ftroi.workbook.references.compare import of_option
from ftroi.workbook.schema import CANDIDATE, CHECKS_FAILED, GATES_SHEET
from ftroi.workbook.sheets.gates.formulas import money, of_candidate
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix, quoted

_SHARE = '"0.0%"'

_DECIDING = (
    ("fail", "mandatory"),
    ("not decidable", "mandatory*"),
    ("fail", "*pilot"),
    ("fail", "optional*"),
    ("not decidable", "optional*"),
)
"""Which gates decide, in the order of the clauses: their status, and the part that they play."""

WORDS = {
    "no_verdict": "No verdict",
    "not_decidable": "Not decidable",
    "stop": "Stop",
    "choose_other": "Choose another",
    "tie": "A tie",
    "do_not_commit": "Do not commit",
    "not_yet": "Not yet",
    "pilot": "Pilot",
    "commit": "Commit",
}
"""The verdict in a word by its code."""


class VerdictFormulas:
    """The formulas below the gates, without a leading ``=``."""

    def __init__(self, layout: Layout) -> None:
        """Print for the cells of a layout."""
        self._layout = layout
        self._gates = layout.gates

    def figures(self) -> dict[str, str]:
        """Give what the clauses look at, by name."""
        return {"failed_checks": CHECKS_FAILED} | {name: of_candidate(self._layout, name) for name in at.FIGURES[1:]}

    # --- options -------------------------------------------------------------------------------------------

    def option(self, option: str) -> dict[int, str]:
        """Give the formulas of an option's row by column."""
        row = self._gates.options[option]
        own, npv, cost = (fixed(row, column) for column in (at.OPTION_ID, at.NPV, at.COST))
        until, available, gain = (fixed(row, column) for column in (at.UNTIL, at.AVAILABLE, at.GAIN))
        is_candidate = f"{own}={CANDIDATE}"
        least = self._figure("materiality")
        close = f'IF(AND({available}=1,ABS({gain})-{least}<=zero_tolerance),{cost},"")'
        better = f"{own}<>{CANDIDATE},{available}=1,{gain}-{least}>zero_tolerance"
        return {
            at.NPV: self._of_option("npv_over_nothing", option),
            at.COST: self._of_option("tco_pv", option),
            at.AVAILABLE: f'IF({until}="",1,IF(start_date<={until},1,0))',
            at.GAIN: f"{npv}-{self._figure('npv_over_nothing')}",
            at.BETTER: f'IF(AND({better}),{gain},"")',
            at.CONTENDER: f"IF({is_candidate},{cost},{close})",
            at.RIVAL: f'IF(AND({fixed(row, at.TUNED)}=0,{own}<>{CANDIDATE},{own}<>"do_nothing"),{npv},"")',
        }

    def _of_option(self, name: str, option: str) -> str:
        compare = self._layout.compare
        return f"{prefix(COMPARE)}{fixed(compare.scalars[name], compare.column(option))}"

    # --- clauses -------------------------------------------------------------------------------------------

    def clause(self, code: str) -> dict[int, str]:
        """Give the formulas of a clause's row by column: whether it holds, what it says, in favour of which option.

        The last clause always holds: there the formula is the number 1.
        """
        holds, sentence, chosen = self._clauses()[code]
        cell = fixed(self._gates.clauses[code], at.HOLDS)
        formulas = {at.HOLDS: f"IF({holds},1,0)" if holds else "1", at.SENTENCE: f'IF({cell}=1,{sentence},"")'}
        return formulas | {at.CHOSEN: f'IF({cell}=1,{chosen},"")' if chosen else quoted("")}

    def _clauses(self) -> dict[str, tuple[str, str, str]]:
        npv, least, failed = (self._figure(one) for one in ("npv_over_nothing", "materiality", "failed_checks"))
        best, gain = self._first_most(at.BETTER), f"MAX({self._column(at.BETTER)})"
        first = self._cheapest()
        plural = f'IF({failed}=1," check"," checks")'
        blocking, open_ = (self._last(one) for one in ("blocking", "open"))
        tie = f'"A tie within "&{money(least)}&": "&{self._label(first)}&" costs least."'
        worth = f'" is worth "&{money(self._figure("npv"))}&" more than the reference."'
        return {
            "no_verdict": (f"{failed}>0", f'"No verdict: "&{failed}&{plural}&" failed."', ""),
            "not_decidable": (f"NOT(ISNUMBER({npv}))", f'"Not decidable: "&{npv}&"."', ""),
            "stop": (f"{least}-{npv}>zero_tolerance", f'"Stop: "&{money(npv)}&" against doing nothing."', ""),
            "choose_other": (
                f"COUNT({self._column(at.BETTER)})>0",
                f'"Choose "&{self._label(best)}&": worth "&{money(gain)}&" more."',
                self._id(best),
            ),
            "tie": (f"COUNT({self._column(at.CONTENDER)})>1", tie, self._id(first)),
            "do_not_commit": (f'{blocking}<>""', f'"Do not commit; failed: "&{blocking}&"."', ""),
            "not_yet": (f'{open_}<>""', f'"Not yet; undecided: "&{open_}&"."', ""),
            "pilot": (self._pilot_holds(), self._pilot(), CANDIDATE),
            "commit": ("", f'"Commit: "&{self._label("FT_CandidateNumber")}&{worth}', CANDIDATE),
        }

    def _pilot_holds(self) -> str:
        return f'COUNTIFS({self._gate_column("part")},"*pilot",{self._gate_column("status")},"fail")>0'

    def _pilot(self) -> str:
        expected, bearable = self._figure("expected_npv"), self._figure("abandonment_break_even")
        shown = f"IF(ISNUMBER({expected}),{money(expected)},{expected})"
        bears = f'"; abandonment must stay below "&TEXT(ROUND({bearable},3),{_SHARE})'
        rest = f'IF(ISNUMBER({bearable}),{bears},"")'
        return f'"Pilot only: "&{money(self._figure("npv"))}&" if it works, "&{shown}&" expected"&{rest}&"."'

    def _cheapest(self) -> str:
        """Give the position of the cheapest contender; among equals the reference, then the candidate."""
        costs = self._column(at.CONTENDER)
        least = f"MIN({costs})"
        first = f"MATCH({least},{costs},0)"
        candidate = f"IF(INDEX({costs},FT_CandidateNumber)={least},FT_CandidateNumber,{first})"
        return f"IF(INDEX({costs},FT_ReferenceNumber)={least},FT_ReferenceNumber,{candidate})"

    def _first_most(self, column: int) -> str:
        return f"MATCH(MAX({self._column(column)}),{self._column(column)},0)"

    def verdict(self, column: int) -> str:
        """Give a column of the first clause that holds, for another sheet."""
        rows = self._gates.clauses.values()
        place = prefix(GATES_SHEET)
        holds, wanted = (f"{place}{fixed_range(min(rows), one, max(rows), one)}" for one in (at.HOLDS, column))
        return f"INDEX({wanted},MATCH(1,{holds},0))"

    # --- reasons -------------------------------------------------------------------------------------------

    def reasons(self) -> dict[str, str]:
        """Give the three reasons by name; "" where there is none."""
        return {"driver": self._driver(), "gate": self._deciding_gate(), "break_even": self._break_even()}

    def _driver(self) -> str:
        rows = self._gates.moves.values()
        labels, moves, sizes = (fixed_range(min(rows), column, max(rows), column) for column in (1, 2, 3))
        most = f"MATCH(MAX({sizes}),{sizes},0)"
        money_moved = money(f"INDEX({moves},{most})")
        says = f'"Largest driver of the net present value: "&INDEX({labels},{most})&", "&{money_moved}&"."'
        return f'IF(MAX({sizes})=0,"",{says})'

    def _deciding_gate(self) -> str:
        """Tell the first gate of the first clause that gates decide."""
        status, told = self._gate_column("status"), self._gate_column("told")
        text = quoted("")
        for word, part in reversed(_DECIDING):
            count = f'COUNTIFS({status},"{word}",{self._gate_column("part")},"{part}")'
            place = f'SUMPRODUCT(MIN((1-{self._is_part(part)}*({status}="{word}"))*ROWS({status})+ROW({status})))'
            text = f"IF({count}>0,INDEX({told},{place}-ROW({self._gate_head()})),{text})"
        return text

    def _is_part(self, part: str) -> str:
        """Say of each gate whether it plays a part, which may begin or end with a star."""
        role, word = self._gate_column("part"), part.strip("*")
        if part == word:
            return f"({role}={quoted(word)})"
        side = "RIGHT" if part.startswith("*") else "LEFT"
        return f"({side}({role},LEN({quoted(word)}))={quoted(word)})"

    def _break_even(self) -> str:
        """Name the break-even that is nearest; ties go to the first."""
        rows = self._gates.break_evens.values()
        if not rows:
            return quoted("")
        columns = (at.NAMED, at.TODAY, at.AT, at.DISTANCE)
        named, today, at_, far = (fixed_range(min(rows), column, max(rows), column) for column in columns)
        nearest = f"MATCH(MIN({far}),{far},0)"
        then, now = (f"TEXT(ROUND(INDEX({cells},{nearest}),3),{_SHARE})" for cells in (at_, today))
        says = f'"Nearest break-even: "&INDEX({named},{nearest})&" at "&{then}&", today "&{now}&"."'
        return f'IF(COUNT({far})=0,"",{says})'

    def conditions(self) -> str:
        """Give the conditions that remain, and what was waived."""
        failed, waived = self._last("conditions"), self._last("waived")
        conditions = f'IF({self.verdict(at.CODE)}="commit",{failed},"")'
        return f'{conditions}&IF(AND({conditions}<>"",{waived}<>""),"; ","")&{waived}'

    def move(self, category: str) -> dict[int, str]:
        """Give what a category adds to the candidate's NPV against the reference, and its size."""
        compare, row = self._layout.compare, self._gates.moves[category]
        present = compare.present[category]
        cells = f"{prefix(COMPARE)}{fixed_range(present, FIRST_OPTION, present, compare.last_option)}"
        both = [f"INDEX({cells},{one})" for one in ("FT_CandidateNumber", "FT_ReferenceNumber")]
        move = "-".join(both if category.startswith("value.") else both[::-1])
        return {2: move, 3: f"ABS({fixed(row, 2)})"}

    def break_even(self, one: TurningPoint) -> dict[int, str]:
        """Give today's figure, the one at break-even, and how far it is: "" where no sentence names it."""
        row = self._gates.break_evens[one.at]
        today, at_ = fixed(row, at.TODAY), fixed(row, at.AT)
        is_moved = f"IF({today}={at_},{quoted('')},ABS({at_}-{today}))"
        distance = f"IF(AND(ISNUMBER({today}),ISNUMBER({at_})),{is_moved},{quoted('')})"
        return {
            at.TODAY: self._figure_of(one.today, one),
            at.AT: self._figure_of(one.at, one),
            at.DISTANCE: distance if one.subject else quoted(""),
        }

    def _figure_of(self, name: str, one: TurningPoint) -> str:
        scalars = self._layout.compare.scalars
        position = "FT_ReferenceNumber" if one.of_reference else "FT_CandidateNumber"
        return of_option(self._layout, scalars[name], position) if name in scalars else name

    # --- cells ---------------------------------------------------------------------------------------------

    def _figure(self, name: str) -> str:
        return fixed(self._gates.figures[name], 2)

    def _column(self, column: int) -> str:
        rows = self._gates.options.values()
        return fixed_range(min(rows), column, max(rows), column)

    def _label(self, position: str) -> str:
        return f"INDEX({self._column(at.OPTION_LABEL)},{position})"

    def _id(self, position: str) -> str:
        return f"INDEX({self._column(at.OPTION_ID)},{position})"

    def _gate_column(self, header: str) -> str:
        column = self._gates.columns[header]
        return fixed_range(self._gates.header + 1, column, self._gates.last_gate, column)

    def _gate_head(self) -> str:
        return fixed(self._gates.header, 0)

    def _last(self, header: str) -> str:
        return fixed(self._gates.last_gate, self._gates.columns[header])
