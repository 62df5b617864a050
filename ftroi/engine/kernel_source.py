"""Writing the months of a program as numba source: a loop over the months, in it one over a bundle of scenarios.

Everything that outlives a statement lies in one array for each option, the workspace: slots of `LANES` numbers, the
steady rows first. Lines that read another option's line of the same month belong to a later phase than that line:
each phase is computed for every option before the next one begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from ftroi.engine.kernel_before import LANES, Before
from ftroi.engine.kernel_printer import KernelPrinter, UnprintableError
from ftroi.language import Binary, Call, Name, Negative, Node, Number, references
from ftroi.termsheet import ACROSS_OPTIONS, ONE_VALUE, Line, Role, Template

_PARTIES = {"REFERENCE": 0, "CANDIDATE": 1, "NOTHING": 2}

_HEAD = '''"""Printed from a term sheet; made anew when it is missing."""

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

SIGNATURE = "b1(i8[:, ::1], b1[::1], i8, f8[:, :, ::1], i8, i8[::1], f8[:, :, ::1], f8[:, :, :, ::1])"
OPTIONS = {"nogil": True, "error_model": "numpy", "cache": CACHED}


@intrinsic
def numbers_at(typing, address):
    def code(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.float64)(address), code


@njit(**OPTIONS)
def choose(condition, yes, no):
    return yes if condition else no


@njit(**OPTIONS)
def opposite(condition):
    return condition == False


@njit(**OPTIONS)
def signed(size, number):
    return choose(number < 0.0, -size, size)


@njit(**OPTIONS)
def nudged(scaled):
    slack = choose(scaled * 2.0**-50 < 2.0**-11, scaled * 2.0**-50, 2.0**-11)
    return np.floor(scaled + slack + 0.5)


@njit(**OPTIONS)
def meant(scaled, outcome):
    nearest = np.rint(scaled)
    return choose(abs(scaled - nearest) <= scaled * 2.0**-50, nearest, outcome)


@njit(**OPTIONS)
def rounded(number, up, down):
    scaled = abs(number) * up / down
    return choose(scaled < 2.0**52, signed(nudged(scaled) * down / up, number), number)


@njit(**OPTIONS)
def rounded_up(number, up, down):
    scaled = abs(number) * up / down
    return signed(meant(scaled, np.ceil(scaled)) * down / up, number)


@njit(**OPTIONS)
def rounded_down(number, up, down):
    scaled = abs(number) * up / down
    return signed(meant(scaled, np.floor(scaled)) * down / up, number)


@njit(**OPTIONS)
def rounded_to_units(number):
    return choose(abs(number) < 2.0**52, signed(nudged(abs(number)), number), number)


@njit(**OPTIONS)
def rounded_up_to_units(number):
    return signed(meant(abs(number), np.ceil(abs(number))), number)


@njit(**OPTIONS)
def rounded_down_to_units(number):
    return signed(meant(abs(number), np.floor(abs(number))), number)
'''


@dataclass(frozen=True)
class KernelSource:
    """Source of ``months(addresses, varies, count, own, months, parties, sums, rows)``, and what goes in and out.

    ``columns`` are trees whose numbers come in, columns × options: an assumption, or what numpy makes of some;
    ``varies`` says of each whether there is a number for every one of ``count`` scenarios, or one for all. ``own`` are
    lines of own costs; ``sums`` are (row function, line); ``rows`` are lines wanted month by month. The function says
    whether every operation has an answer, and every figure is a number.
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
        """Write ``series``, in the order of computation; ``sums`` and ``rows`` are what is wanted of them."""
        self._template = template
        self._lines = {name: template.lines[name] for name in series}
        self._sums = tuple(sums)
        self._rows = tuple(rows)
        self._own = tuple(name for name in series if template.lines[name].role is Role.OWN)
        self._phase_of = _phases(self._lines)
        self._outlive = self._outliving()
        self._slots: dict[tuple[str, str], int] = {}
        self._starts: dict[int, str] = {}
        self._across: dict[tuple[str, str], int] = {}
        self._running: dict[tuple[int, Node], str] = {}
        self._phases = [_Phase() for _ in range(1 + max(self._phase_of.values(), default=0))]
        numbers = count()
        self._fresh = lambda: f"t{next(numbers)}"
        self._before = Before(template, self._fresh)

    def write(self) -> KernelSource:
        """Write the source; raises UnprintableError where a formula has no place in it."""
        if not self._lines:
            raise UnprintableError("nothing varies by month")
        for name, line in self._lines.items():
            if line.role is not Role.OWN and not self._is_counter(line):
                self._line(self._phase_of[name], line)
        parts = [_HEAD.rstrip(), self._before_text(), *self._phase_texts(), self._months_text()]
        text = "\n\n\n".join(parts) + "\n"
        for name, slot in self._marks():
            text = text.replace(name, str(slot))
        return KernelSource(text, tuple(self._before.columns), self._own, self._sums, self._rows)

    # --- places ----------------------------------------------------------------------------------------------

    def _marks(self) -> list[tuple[str, int]]:
        """Give the marks that stand for numbers of places, which are known at the end."""
        steady = dict(self._before.marks())["STEADY"]
        return [("ALL_SLOTS", steady + len(self._slots)), *self._before.marks()]

    def _slot(self, kind: str, name: str) -> int:
        return self._slots.setdefault((kind, name), len(self._slots))

    def _slot_text(self, kind: str, name: str) -> str:
        return f"w[(STEADY + {self._slot(kind, name)}) * {LANES} + i]"

    # --- lines -----------------------------------------------------------------------------------------------

    def _is_counter(self, line: Line) -> bool:
        """Say whether a line counts the months."""
        one_more = Binary("+", Call("PREV", (Name(line.name),)), Number(1.0))
        return line.tree == one_more and line.opening == Number(0.0)

    def _line(self, phase: int, line: Line) -> None:
        if line.unless or line.remark:
            raise UnprintableError("a measure by month")
        out = self._phases[phase]
        printer = KernelPrinter(
            lambda name, via: self._mention(phase, name, via),
            self._before.text,
            lambda power: self._power(phase, power),
            self._moves,
            self._fresh,
        )
        if line.tree is None:
            text = " + ".join(printer.text(Name(term)) for term in line.terms)
        else:
            text = printer.text(line.tree)
        out.body.extend((*printer.statements, f"v_{line.name} = {text}"))
        if line.name in self._outlive:
            out.stores.append(f"{self._slot_text('line', line.name)} = v_{line.name}")
        if line.opening is not None:
            self._starts[self._slot("line", line.name)] = self._before.text(line.opening)
        self._summed(out, line.name)

    def _moves(self, tree: Node) -> bool:
        series = self._template.series
        return any(mention.name in series and mention.via not in ONE_VALUE for mention in references(tree))

    def _outliving(self) -> frozenset[str]:
        """Name the lines that are read the month after, in another phase or by another option, or wanted by month."""
        needs = (
            (line.name, one, via) for line in self._lines.values() for one, via in line.needs if one in self._lines
        )
        read = {one for name, one, via in needs if via or self._phase_of[one] != self._phase_of[name]}
        return frozenset(read.union(self._rows))

    def _summed(self, out: _Phase, name: str) -> None:
        if ("TOTAL", name) in self._sums:
            slot = self._slot_text("TOTAL", name)
            out.stores.append(f"{slot} = {slot} + v_{name}")
        if ("FIRST", name) in self._sums:
            slot = self._slot_text("FIRST", name)
            out.stores.append(f"{slot} = choose(({slot} == 0.0) & (v_{name} == 1.0), month, {slot})")
        if any(("TO_DATE", name) in ((via, one) for one, via in line.needs) for line in self._lines.values()):
            out.body.append(f"d_{name} = {self._slot_text('TO_DATE', name)} + v_{name}")
            out.stores.append(f"{self._slot_text('TO_DATE', name)} = d_{name}")

    def _mention(self, phase: int, name: str, via: str) -> str:
        line = self._template.lines[name]
        if via == "PREV":
            return "(month - 1.0)" if self._is_counter(line) else self._last_month(phase, name)
        if via == "TO_DATE":
            return f"d_{name}" if self._phase_of[name] == phase else self._slot_text("TO_DATE", name)
        if self._is_counter(line):
            return "month"
        if via in ACROSS_OPTIONS:
            return f"across[{self._across.setdefault((via, name), len(self._across))} * {LANES} + i]"
        if line.role is Role.OWN:
            return f"o_{name}"
        return f"v_{name}" if self._phase_of[name] == phase else self._slot_text("line", name)

    def _last_month(self, phase: int, name: str) -> str:
        """Give last month's value, which a line's own phase has written over by the time of a later one."""
        line = self._slot_text("line", name)
        if self._phase_of[name] >= phase:
            return line
        before, stores = self._slot_text("before", name), self._phases[self._phase_of[name]].stores
        if f"{before} = {line}" not in stores:
            stores.insert(0, f"{before} = {line}")
        return before

    def _power(self, phase: int, power: Binary) -> str:
        """Multiply month by month, where the exponent grows by as much each month."""
        if (phase, power) not in self._running:
            if not self._grows_evenly(power.right):
                raise UnprintableError("a power whose exponent does not grow evenly")
            origin, first, second = (self._at_month(power.right, month) for month in (0.0, 1.0, 2.0))
            name = f"power {phase} {len(self._running)}"
            start = "1.0" if _is_nothing(first) else self._before.text(Binary("^", power.left, first))
            evenly = first if _is_nothing(origin) else Binary("-", second, first)
            step = self._before.text(Binary("^", power.left, evenly))
            self._starts[self._slot("power", name)] = start
            slot = self._slot_text("power", name)
            self._running[phase, power] = slot
            self._phases[phase].stores.append(f"{slot} = {slot} * {step}")
        return self._running[phase, power]

    def _grows_evenly(self, tree: Node) -> bool:
        if not self._moves(tree):
            return True
        if isinstance(tree, Name):
            return self._is_counter(self._template.lines[tree.name])
        if isinstance(tree, Negative):
            return self._grows_evenly(tree.operand)
        if not isinstance(tree, Binary) or tree.operator not in ("+", "-", "*", "/"):
            return False
        left, right = self._grows_evenly(tree.left), self._grows_evenly(tree.right)
        if tree.operator in ("+", "-"):
            return left and right
        steady = not self._moves(tree.right) or (tree.operator == "*" and not self._moves(tree.left))
        return left and right and steady

    def _at_month(self, tree: Node, month: float) -> Node:
        if isinstance(tree, Name):
            is_month = tree.name in self._lines and self._is_counter(self._lines[tree.name])
            return Number(month) if is_month else tree
        if isinstance(tree, Negative):
            return Negative(self._at_month(tree.operand, month))
        if isinstance(tree, Binary):
            return Binary(tree.operator, self._at_month(tree.left, month), self._at_month(tree.right, month))
        return tree

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
        """Write what is computed once a bundle; it marks, with ``bad``, what has no answer or is no number."""
        bad = self._slot_text("BAD", "")
        starts = (f"{self._at_slot(slot)} = {text}" for slot, text in self._starts.items())
        ends = ("bad = choose(nothing == 0.0, bad, 1.0)", *starts, f"{bad} = bad")
        body = "\n".join(f"        {one}" for one in ("bad = 0.0", "nothing = 0.0", *self._before.body, *ends))
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
            4,
            enumerate(self._sums),
            lambda one: f"sums[{one[0]}, o, start + i] = {self._of_option(*one[1])}",
        )
        finite = _indented(4, enumerate(self._sums), lambda one: f"{bad} = {bad} + 0.0 * sums[{one[0]}, o, start + i]")
        return _MONTHS.format(
            lanes=LANES, across=max(1, len(self._across)), phases=phases, rows=rows, sums=sums, finite=finite, bad=bad
        )

    def _at_slot(self, slot: int) -> str:
        return f"w[{_at(f'(STEADY + {slot})')}]"

    def _of_option(self, kind: str, name: str, option: str = "o") -> str:
        return f"w[{option}, {_at(f'(STEADY + {self._slot(kind, name)})')}]"

    def _phase_call(self, number: int) -> str:
        copies = "".join(
            f"\n            for i in range({LANES}):\n                across[{place} * {LANES} + i] = "
            + self._of_option("line", name, f"parties[{_PARTIES[via]}]")
            for (via, name), place in self._across.items()
            if self._phase_of[name] == number
        )
        call = f"phase_{number}(w[o], across, own[o, m], m + 1.0)"
        return f"            for o in range(options):\n                {call}{copies}"


_MONTHS = """@njit(**OPTIONS)
def fill(w, addresses, varies):
    for k in range(COLUMNS):
        if not varies[k]:
            for o in range(addresses.shape[1]):
                number = numbers_at(addresses[k, o])[0]
                for i in range({lanes}):
                    w[o, k * {lanes} + i] = number


@njit(**OPTIONS)
def load(w, addresses, varies, start, count):
    for k in range(COLUMNS):
        if varies[k]:
            for o in range(addresses.shape[1]):
                numbers = numbers_at(addresses[k, o])
                if start + {lanes} <= count:
                    for i in range({lanes}):
                        w[o, k * {lanes} + i] = numbers[start + i]
                else:
                    for i in range({lanes}):
                        w[o, k * {lanes} + i] = numbers[min(start + i, count - 1)]


@njit(SIGNATURE, **OPTIONS)
def months(addresses, varies, count, own, months, parties, sums, rows):
    options = addresses.shape[1]
    w = np.zeros((options, ALL_SLOTS * {lanes}))
    across = np.empty({across} * {lanes})
    fill(w, addresses, varies)
    answered = True
    for start in range(0, count, {lanes}):
        w[:, STEADY * {lanes} :] = 0.0
        load(w, addresses, varies, start, count)
        for o in range(options):
            before(w[o])
        for m in range(months):
{phases}{rows}
        for o in range(options):
            for i in range({lanes}):
{sums}
{finite}
                answered = answered and {bad} == 0.0
    return answered"""


def _at(slot: object) -> str:
    return f"{slot} * {LANES} + i"


def _indented(levels: int, items: Iterable[tuple[int, object]], text: Callable[..., str]) -> str:
    return "\n".join("    " * levels + text(item) for item in items) or "    " * levels + "pass"


def _phases(lines: dict[str, Line]) -> dict[str, int]:
    """Give each line the number of times that it looks at another option, all that it needs counted."""
    found: dict[str, int] = {}
    for name, line in lines.items():
        needed = ((one, via) for one, via in line.needs if one in found and via != "PREV")
        found[name] = max((found[one] + (via in ACROSS_OPTIONS) for one, via in needed), default=0)
    return found


def _is_nothing(tree: Node) -> bool:
    """Say whether a tree is 0 whatever its names stand for; a divisor is refused where it is 0 by who else has it."""
    if isinstance(tree, Negative):
        return _is_nothing(tree.operand)
    if not isinstance(tree, Binary):
        return tree == Number(0.0)
    if tree.operator in ("*", "/"):
        return _is_nothing(tree.left)
    return tree.operator == "-" and isinstance(tree.left, Number) and tree.left == tree.right
