"""Writing the months of a program as numba source: a loop over the months, and in it one over a bundle of scenarios.

Values that outlive a statement are stored in the workspace, one array for each option with slots of `LANES` numbers;
values that do not vary by month come first (`prologue`). A line that reads another option's line of the same month
belongs to a later *phase* than that line: each phase is computed for all options before the next one begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from ftroi.engine.numba_backend.expression_printer import KernelPrinter, UncompiledError
from ftroi.engine.numba_backend.growth import Growing
from ftroi.engine.numba_backend.prologue import LANES, Prologue
from ftroi.engine.numba_backend.runtime_source import MONTHS, head
from ftroi.language import AGGREGATE_FUNCTIONS, FUNCTIONS, PARTIES, Binary, Call, Name, Node, Number, references
from ftroi.termsheet import Line, Role, Template


@dataclass(frozen=True)
class KernelSource:
    """The source of ``months(addresses, varies, count, own, months, parties, sums, rows)``, and its inputs and outputs.

    ``columns`` are the trees whose values are inputs, columns × options: assumptions, and expressions of them that
    numpy computes. The argument ``varies`` says of each column whether it has ``count`` scenarios or one value for all.
    ``own`` are the lines of own costs, also inputs. Outputs are ``sums``, pairs of a row function and a line, and
    ``rows``, lines by month. The function returns whether every operation had a result and every output is finite.
    """

    text: str
    columns: tuple[Node, ...]
    own: tuple[str, ...]
    sums: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]


@dataclass
class _Phase:
    body: list[str] = field(default_factory=list)
    stores: list[str] = field(default_factory=list)


class KernelWriter:
    """Writes the months of the lines that vary by month."""

    def __init__(
        self, template: Template, series: Sequence[str], sums: Iterable[tuple[str, str]], rows: Sequence[str]
    ) -> None:
        """Write the lines ``series``, in the order of computation; ``sums`` and ``rows`` are the outputs."""
        self._template = template
        self._lines = {name: template.lines[name] for name in series}
        self._sums = tuple(sums)
        self._rows = tuple(rows)
        self._own = tuple(name for name in series if template.lines[name].role is Role.OWN)
        self._added_up = {name for line in self._lines.values() for name, via in line.needs if via == "TO_DATE"}
        self._begun = {name for line in self._lines.values() for name, via in line.needs if via == "PREV"}
        self._phase_of = _phases(self._lines)
        self._slots: dict[tuple[str, str], int] = {}
        self._starts: dict[int, str] = {}
        self._across: dict[tuple[str, str], int] = {}
        self._running: dict[tuple[int, Node], str] = {}
        self._phases = [_Phase() for _ in range(1 + max(self._phase_of.values(), default=0))]
        self._new_name: Callable[[], str] = map("t{}".format, count()).__next__
        self._before = Prologue(template, self._new_name)
        self._growth = Growing(self._moves, lambda name: name in self._lines and self._is_counter(self._lines[name]))

    def write(self) -> KernelSource:
        """The source; raises UncompiledError for a line that it does not support."""
        if not self._lines:
            raise UncompiledError("nothing varies by month")
        for name in self._lines:
            self._line(name)
        for name in self._rows:
            self._stored(name)
        parts = [head().rstrip(), self._before_text(), *self._phase_texts(), self._months_text()]
        text = "\n\n\n".join(parts) + "\n"
        for name, slot in self._marks():
            text = text.replace(name, str(slot))
        return KernelSource(text, tuple(self._before.columns), self._own, self._sums, self._rows)

    # --- slots -----------------------------------------------------------------------------------------------

    def _marks(self) -> list[tuple[str, int]]:
        """Placeholders in the source and the numbers of slots for them, which are known only when all is written."""
        steady = dict(self._before.marks())["STEADY"]
        return [("ALL_SLOTS", steady + len(self._slots)), *self._before.marks()]

    def _slot(self, kind: str, name: str) -> int:
        return self._slots.setdefault((kind, name), len(self._slots))

    def _slot_text(self, kind: str, name: str) -> str:
        return f"w[(STEADY + {self._slot(kind, name)}) * {LANES} + i]"

    # --- lines -----------------------------------------------------------------------------------------------

    def _is_counter(self, line: Line) -> bool:
        """Say whether a line counts the months: PREV(line) + 1, starting from 0."""
        one_more = Binary("+", Call("PREV", (Name(line.name),)), Number(1.0))
        return line.tree == one_more and line.opening == Number(0.0)

    def _line(self, name: str) -> None:
        line, phase = self._lines[name], self._phase_of[name]
        if line.unless or line.remark:
            raise UncompiledError("a measure by month")
        out = self._phases[phase]
        text = self._given(line) or self._value(phase, line)
        out.body.append(f"v_{name} = {text}")
        if line.opening is not None and name in self._begun:
            self._starts[self._slot("line", name)] = self._before.text(line.opening)
        if name in self._added_up:
            out.body.append(f"d_{name} = {self._step('TO_DATE', name)}")
            out.stores.append(f"{self._slot_text('TO_DATE', name)} = d_{name}")
        for via, one in self._sums:
            if one == name:
                out.stores.append(f"{self._slot_text(via, name)} = {self._step(via, name)}")

    def _step(self, via: str, name: str) -> str:
        """The row function's result so far, updated by this month."""
        return f"{FUNCTIONS[via].compiled.__name__}({self._slot_text(via, name)}, v_{name}, month)"

    def _given(self, line: Line) -> str:
        """The expression for a line of own costs or of the month number; "" for all lines that must be computed."""
        return f"o_{line.name}" if line.role is Role.OWN else "month" if self._is_counter(line) else ""

    def _value(self, phase: int, line: Line) -> str:
        if line.tree is None:
            # Own costs are the same in all scenarios: they come first, and together.
            terms = (self._mention(phase, term, "") for term in line.terms)
            return " + ".join(sorted(terms, key=lambda one: not one.startswith("o_"))) or "0.0"
        printer = KernelPrinter(
            lambda name, via: self._mention(phase, name, via),
            self._before.text,
            lambda power: self._power(phase, power),
            self._moves,
            self._new_name,
        )
        text = printer.text(line.tree)
        self._phases[phase].body.extend(printer.statements)
        return text

    def _moves(self, tree: Node) -> bool:
        series = self._template.series
        return any(mention.name in series and mention.via not in AGGREGATE_FUNCTIONS for mention in references(tree))

    def _mention(self, phase: int, name: str, via: str) -> str:
        given = self._given(self._lines[name]) if name in self._lines else ""
        if via == "PREV":
            return "(month - 1.0)" if given == "month" else self._last_month(phase, name)
        if via == "TO_DATE":
            return f"d_{name}" if self._phase_of[name] == phase else self._slot_text("TO_DATE", name)
        if via:
            self._stored(name)
            return f"across[{self._across.setdefault((via, name), len(self._across))} * {LANES} + i]"
        if name not in self._lines:
            return self._before.text(Name(name))
        return given or (f"v_{name}" if self._phase_of[name] == phase else self._stored(name))

    def _stored(self, name: str) -> str:
        """Store a line for another phase, option or month; returns its place in the workspace."""
        place = self._slot_text("line", name)
        store, stores = f"{place} = v_{name}", self._phases[self._phase_of[name]].stores
        if store not in stores:
            stores.append(store)
        return place

    def _last_month(self, phase: int, name: str) -> str:
        """Last month's value; a copy of it for a later phase, as the line's own phase has overwritten it by then."""
        line = self._stored(name)
        if self._phase_of[name] >= phase:
            return line
        before, stores = self._slot_text("before", name), self._phases[self._phase_of[name]].stores
        if f"{before} = {line}" not in stores:
            stores.insert(0, f"{before} = {line}")
        return before

    def _power(self, phase: int, power: Binary) -> str:
        """The running product for a power whose exponent is linear in the month; "" for any other power."""
        growth = self._growth.of(power)
        if growth is not None and (phase, power) not in self._running:
            place = self._slot("power", f"{phase} {len(self._running)}")
            slot = self._running[phase, power] = self._at_slot(place)
            self._starts[place] = self._before.text(growth.start)
            self._phases[phase].stores.append(f"{slot} = {slot} * {self._before.text(growth.pace)}")
        return self._running.get((phase, power), "")

    # --- texts -----------------------------------------------------------------------------------------------

    def _phase_texts(self) -> list[str]:
        bad = self._slot_text("BAD", "")
        texts = []
        for number, phase in enumerate(self._phases):
            own = [f"    o_{name} = own[{place}]" for place, name in enumerate(self._own)]
            body = [
                f"        {statement}" for statement in (f"bad = {bad}", *phase.body, *phase.stores, f"{bad} = bad")
            ]
            head = ["@njit(fastmath={'contract'}, **OPTIONS)", f"def phase_{number}(w, across, own, month):"]
            texts.append("\n".join([*head, *own, f"    for i in range({LANES}):", *body]))
        return texts

    def _before_text(self) -> str:
        """The function that runs once for each bundle; it sets ``bad`` for a result that is missing or not finite."""
        bad = self._slot_text("BAD", "")
        starts = (f"{self._at_slot(slot)} = {text}" for slot, text in self._starts.items())
        ends = ("bad = choose(not_finite == 0.0, bad, 1.0)", *starts, f"{bad} = bad")
        statements = ("bad = 0.0", "not_finite = 0.0", *self._before.body, *ends)
        body = "\n".join(f"        {statement}" for statement in statements)
        return f"@njit(fastmath={{'contract'}}, **OPTIONS)\ndef before(w):\n    for i in range({LANES}):\n{body}"

    def _months_text(self) -> str:
        bad = self._of_option("BAD", "")
        phases = "\n".join(self._phase_call(number) for number in range(len(self._phases)))
        rows = "".join(
            f"\n            for o in range(options):\n                for i in range({LANES}):\n"
            f"                    rows[{place}, o, m, start + i] = {self._of_option('line', name)}\n"
            f"                    {bad} = {bad} + 0.0 * {self._of_option('line', name)}"
            for place, name in enumerate(self._rows)
        )
        sums = _indented(
            4, enumerate(self._sums), lambda one: f"sums[{one[0]}, o, start + i] = {self._of_option(*one[1])}"
        )
        finite = _indented(4, enumerate(self._sums), lambda one: f"{bad} = {bad} + 0.0 * sums[{one[0]}, o, start + i]")
        return MONTHS.format(
            lanes=LANES, across=max(1, len(self._across)), phases=phases, rows=rows, sums=sums, finite=finite, bad=bad
        )

    def _at_slot(self, slot: int) -> str:
        return f"w[{_at(f'(STEADY + {slot})')}]"

    def _of_option(self, kind: str, name: str, option: str = "o") -> str:
        return f"w[{option}, {_at(f'(STEADY + {self._slot(kind, name)})')}]"

    def _phase_call(self, number: int) -> str:
        copies = "".join(
            f"\n            for i in range({LANES}):\n                across[{place} * {LANES} + i] = "
            + self._of_option("line", name, f"parties[{PARTIES.index(via)}]")
            for (via, name), place in self._across.items()
            if self._phase_of[name] == number
        )
        call = f"phase_{number}(w[o], across, own[o, m], m + 1.0)"
        return f"            for o in range(options):\n                {call}{copies}"


def _at(slot: object) -> str:
    return f"{slot} * {LANES} + i"


def _indented(levels: int, items: Iterable[tuple[int, object]], text: Callable[..., str]) -> str:
    return "\n".join("    " * levels + text(item) for item in items) or "    " * levels + "pass"


def _phases(lines: dict[str, Line]) -> dict[str, int]:
    """The phase of each line: how many reads of another option lie on the longest path of its dependencies."""
    found: dict[str, int] = {}
    for name, line in lines.items():
        needed = ((one, via) for one, via in line.needs if one in found and via != "PREV")
        found[name] = max((found[one] + (via in PARTIES) for one, via in needed), default=0)
    return found
