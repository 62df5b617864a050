"""Writing the months of a program as numba source: a loop over the months, in it one over a bundle of scenarios.

Everything that outlives a statement lies in one array for each option, the workspace: slots of `LANES` numbers, what
does not move with the months first (`prologue`). Lines that are sums of products are not computed
as such unless somebody asks for them: see `sum_of_products`. Lines that read another option's line of the
same month belong to a later phase than that line: each phase is computed for every option before the next one begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from ftroi.engine.numba_backend.expression_printer import KernelPrinter, UnprintableError
from ftroi.engine.numba_backend.growth import Growing
from ftroi.engine.numba_backend.prologue import LANES, Before
from ftroi.engine.numba_backend.runtime_source import HEAD, MONTHS
from ftroi.engine.numba_backend.sum_of_products import (
    ONE,
    Expansion,
    Factors,
    Terms,
    added,
    coefficient,
    is_simple,
    multiplied,
    total,
    without,
)
from ftroi.engine.numpy_backend.source_printer import may_refuse
from ftroi.language import ONE_VALUE, PARTIES, Binary, Call, Name, Node, Number, references
from ftroi.termsheet import Line, Role, Template


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
        self._slots: dict[tuple[str, str], int] = {}
        self._starts: dict[int, str] = {}
        self._across: dict[tuple[str, str], int] = {}
        self._running: dict[tuple[int, Node], str] = {}
        self._wanted = frozenset((*(name for _, name in self._sums), *self._rows))
        needs = [need for line in self._lines.values() for need in line.needs]
        self._asked_across = [name for name in series if any((name, via) in needs for via in PARTIES)]
        self._multiplied = {
            name for line in self._lines.values() if line.tree for name in multiplied(line.tree, self._moves)
        }
        self._waiting: list[str] = []
        self._done: set[str] = set()
        self._terms: dict[str, Terms | None] = {}
        self._parts: dict[object, str] = {}
        self._factors: dict[tuple[int, Node], str] = {}
        self._expansion = Expansion(self._moves, self._taken_apart)
        self._phases = [_Phase() for _ in range(1 + max(self._phase_of.values(), default=0))]
        self._fresh: Callable[[], str] = map("t{}".format, count()).__next__
        self._before = Before(template, self._fresh)
        self._growth = Growing(self._moves, lambda name: name in self._lines and self._is_counter(self._lines[name]))

    def write(self) -> KernelSource:
        """Write the source; raises UnprintableError where a formula has no place in it."""
        if not self._lines:
            raise UnprintableError("nothing varies by month")
        for name, line in self._lines.items():
            if name in self._wanted or (line.tree is not None and may_refuse(line.tree)):
                self._whole(name)
        for name in self._rows:
            self._stored(name)
        while self._waiting:
            self._whole(self._waiting.pop())
        parts = [HEAD.rstrip(), self._before_text(), *self._phase_texts(), self._months_text()]
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

    def _whole(self, name: str) -> None:
        """Compute a line as such, once; the lines that it is the sum of may not be."""
        if name in self._done:
            return
        self._done.add(name)
        line, phase = self._lines[name], self._phase_of[name]
        out, text = self._phases[phase], self._given(line) or self._value(phase, line)
        out.body.append(f"v_{name} = {text}")
        if line.opening is not None:
            self._starts[self._slot("line", name)] = self._before.text(line.opening)
        self._summed(out, name)

    def _given(self, line: Line) -> str:
        """Give the text of what is known without computing; nothing for all other lines."""
        return f"o_{line.name}" if line.role is Role.OWN else "month" if self._is_counter(line) else ""

    def _value(self, phase: int, line: Line) -> str:
        terms = self._terms_of(line.name)
        return self._formula(phase, line.formula_tree) if terms is None else self._sum(phase, terms)

    def _terms_of(self, name: str) -> Terms | None:
        """Give the terms of a line; None where its formula is neither sum nor product."""
        if name not in self._terms:
            line = self._lines[name]
            if line.unless or line.remark:
                raise UnprintableError("a measure by month")
            tree = line.tree or total(line.terms)
            terms = self._expansion.terms(tree)
            self._terms[name] = None if terms == {(tree,): (ONE,)} else self._settled(self._phase_of[name], terms)
        return self._terms[name]

    def _taken_apart(self, name: str) -> Terms | None:
        """Give the terms of a line that others read; None where it is read as it stands."""
        if name not in self._lines or self._given(self._lines[name]):
            return None
        terms = self._terms_of(name)
        if terms is None or (len(terms) > 1 and name in self._wanted):
            return None
        return None if name in self._multiplied and not is_simple(terms) else terms

    def _settled(self, phase: int, terms: Terms) -> Terms:
        """Put together what is known before a phase: it is added up there, once for all lines with the same terms."""
        found = self._with_sums_asked_for(phase, terms)
        for earlier in range(phase):
            part = {factors: ones for factors, ones in found.items() if self._known_in(factors) == earlier}
            if len(part) > 1:
                found = {factors: ones for factors, ones in found.items() if factors not in part}
                found = added(found, {(Name(self._part(earlier, part)),): (ONE,)})
        return found

    def _with_sums_asked_for(self, phase: int, terms: Terms) -> Terms:
        """Put lines that are computed as such anyway in the place of their terms."""
        for name in self._asked_across:
            sum_ = self._terms_of(name) if self._phase_of[name] < phase else None
            rest = without(terms, sum_) if sum_ is not None and len(sum_) > 1 else None
            terms = terms if rest is None else added(rest, {(Name(name),): (ONE,)})
        return terms

    def _known_in(self, factors: Factors) -> int | None:
        """Give the phase in which factors are known; None where one is looked up in another month or option."""
        mentions = [mention for factor in factors for mention in references(factor)]
        if any(mention.via for mention in mentions):
            return None
        return max((self._phase_of[one.name] for one in mentions if one.name in self._phase_of), default=None)

    def _part(self, phase: int, terms: Terms) -> str:
        key = (phase, frozenset(terms.items()))
        if key not in self._parts:
            name = self._parts[key] = f"part_{len(self._parts)}"
            self._phase_of[name] = phase
            self._phases[phase].body.append(f"v_{name} = {self._sum(phase, terms)}")
            self._done.add(name)
        return self._parts[key]

    def _sum(self, phase: int, terms: Terms) -> str:
        """Print a sum of products; own costs, which are the same in all scenarios, come first and together."""
        products = []
        for factors, ones in terms.items():
            texts = [self._factor(phase, one) for one in factors]
            weight = coefficient(ones)
            products.append(" * ".join(([] if weight == ONE and texts else [self._before.text(weight)]) + texts))
        return " + ".join(sorted(products, key=lambda one: not one.startswith("o_"))) or "0.0"

    def _factor(self, phase: int, node: Node) -> str:
        """Print what moves in a product, once a phase."""
        if isinstance(node, Name):
            return self._mention(phase, node.name, "")
        if (phase, node) not in self._factors:
            terms = self._expansion.terms(node)
            text = self._formula(phase, node) if terms == {(node,): (ONE,)} else self._sum(phase, terms)
            self._factors[phase, node] = self._fresh()
            self._phases[phase].body.append(f"{self._factors[phase, node]} = {text}")
        return self._factors[phase, node]

    def _formula(self, phase: int, tree: Node) -> str:
        """Print a formula as it stands."""
        printer = KernelPrinter(
            lambda name, via: self._mention(phase, name, via),
            self._before.text,
            lambda power: self._power(phase, power),
            self._moves,
            self._fresh,
        )
        text = printer.text(tree)
        self._phases[phase].body.extend(printer.statements)
        return text

    def _moves(self, tree: Node) -> bool:
        series = self._template.series
        return any(mention.name in series and mention.via not in ONE_VALUE for mention in references(tree))

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
        given = self._given(self._lines[name]) if name in self._lines else ""
        if via == "PREV":
            return "(month - 1.0)" if given == "month" else self._last_month(phase, name)
        if via == "TO_DATE":
            self._whole(name)
            return f"d_{name}" if self._phase_of[name] == phase else self._slot_text("TO_DATE", name)
        if via:
            self._stored(name)
            return f"across[{self._across.setdefault((via, name), len(self._across))} * {LANES} + i]"
        if given:
            return given
        if name not in self._done:
            self._whole(name)
        return f"v_{name}" if self._phase_of[name] == phase else self._stored(name)

    def _stored(self, name: str) -> str:
        """Keep a line for another phase, option or month, and give its place; it is computed sooner or later."""
        self._waiting.append(name)
        place = self._slot_text("line", name)
        store, stores = f"{place} = v_{name}", self._phases[self._phase_of[name]].stores
        if store not in stores:
            stores.append(store)
        return place

    def _last_month(self, phase: int, name: str) -> str:
        """Give last month's value, which a line's own phase has written over by the time of a later one."""
        line = self._stored(name)
        if self._phase_of[name] >= phase:
            return line
        before, stores = self._slot_text("before", name), self._phases[self._phase_of[name]].stores
        if f"{before} = {line}" not in stores:
            stores.insert(0, f"{before} = {line}")
        return before

    def _power(self, phase: int, power: Binary) -> str:
        """Multiply month by month, where the exponent grows by as much each month."""
        if (phase, power) not in self._running:
            growth = self._growth.of(power)
            place = self._slot("power", f"{phase} {len(self._running)}")
            slot = self._running[phase, power] = self._at_slot(place)
            self._starts[place] = self._before.text(growth.start)
            self._phases[phase].stores.append(f"{slot} = {slot} * {self._before.text(growth.pace)}")
        return self._running[phase, power]

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
    """Give each line the number of times that it looks at another option, all that it needs counted."""
    found: dict[str, int] = {}
    for name, line in lines.items():
        needed = ((one, via) for one, via in line.needs if one in found and via != "PREV")
        found[name] = max((found[one] + (via in PARTIES) for one, via in needed), default=0)
    return found
