"""Printing formula trees as numba source: one month of one option, for one scenario of a small bundle.

The loop over the bundle has no branches, so that the processor computes several scenarios at a time (SIMD): both sides
of an IF are computed, and one is selected. Functions are called by the names of their compiled bodies
(`ftroi.language.scalar_bodies`). A tree that does not vary by month is *steady*, and computed before the months. An
operation without a result, in a branch that is selected, sets the flag ``bad``; numpy then computes the block again
and reports where it failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ftroi.engine.numpy_backend.source_printer import may_refuse, product_of_steady_and_moving
from ftroi.language import FUNCTIONS, OPERATORS, Binary, Call, Name, Negative, Node, Number
from ftroi.language.functions import MOST_ARGUMENTS
from ftroi.language.nodes import row_reference
from ftroi.language.signature import Takes


class UncompiledError(Exception):
    """The lines depend on each other in a way that the compiled loop does not support; numpy computes them then."""


class KernelPrinter:
    """Prints trees as expressions; ``statements`` collects the assignments that they need before them."""

    def __init__(
        self,
        mention: Callable[[str, str], str],
        steady: Callable[[Node], str],
        growing: Callable[[Binary], str],
        moves: Callable[[Node], bool],
        new_name: Callable[[], str],
        *,
        strict: bool = False,
    ) -> None:
        """Print with callbacks.

        ``mention(name, via)`` prints a name, ``steady`` a tree that does not vary by month, and ``growing`` a power
        that is a running product ("" for any other power). ``moves`` says whether a tree varies by month; ``new_name``
        returns an unused variable name. ``strict`` also refuses infinite values that the result would hide: divisors,
        and arguments of MAX and MIN that are not selected.
        """
        self._mention = mention
        self._steady = steady
        self._growing = growing
        self._moves = moves
        self._new_name = new_name
        self._strict = strict
        self.statements: list[str] = []

    def text(self, node: Node, path: str = "") -> str:
        """The expression for a tree; ``path`` is the variable of the condition under which its value is used."""
        if isinstance(node, Number):
            return repr(node.value)
        if not self._moves(node) and not (path and may_refuse(node)):
            return self._steady(node)
        row = row_reference(node)
        if row is not None:
            return self._mention(row.name, row.via)
        if isinstance(node, Name):
            return self._mention(node.name, "")
        if isinstance(node, Negative):
            return f"(-{self.text(node.operand, path)})"
        return self._binary(node, path) if isinstance(node, Binary) else self._call(node, path)

    def _assigned(self, text: str) -> str:
        name = self._new_name()
        self.statements.append(f"{name} = {text}")
        return name

    def _binary(self, node: Binary, path: str) -> str:
        if node.operator in ("*", "/"):
            return self._operation(product_of_steady_and_moving(node, self._moves), path)
        return self._power(node, path) if node.operator == "^" else self._operation(node, path)

    def _power(self, node: Binary, path: str) -> str:
        growing = "" if path or self._moves(node.left) else self._growing(node)
        if growing:
            return growing
        both = [self._assigned(self.text(part, path)) for part in (node.left, node.right)]
        self._refuse(f"is_invalid_base({', '.join(both)})", path)
        return f"raised({', '.join(both)})"

    def _operation(self, node: Binary, path: str) -> str:
        if isinstance(node.left, Binary) and {node.operator, node.left.operator} <= {"*", "/"}:
            steady = not self._moves(node.left) and not (path and may_refuse(node.left))
            left = self._steady(node.left) if steady else self._operation(node.left, path)
        else:
            left = self.text(node.left, path)
        if node.operator == "/" and not path and not self._moves(node.right):
            # Divide only once, before the months; numpy detects a division by zero there.
            return f"({left} * {self._steady(Binary('/', Number(1.0), node.right))})"
        right = self.text(node.right, path)
        if node.operator == "/":
            right = self._assigned(right)
            self._refuse(f"{right} == 0.0", path)
            self._refuse_too_large(right, path)
        return f"({left} {OPERATORS[node.operator].python} {right})"

    def _refuse(self, condition: str, path: str) -> None:
        wanted = f"({condition}) & ({path})" if path else condition
        self.statements.append(f"bad = choose({wanted}, 1.0, bad)")

    def _refuse_too_large(self, kept: str, path: str) -> None:
        if self._strict:
            self._refuse(f"abs({kept}) == np.inf", path)

    def _call(self, node: Call, path: str) -> str:
        if node.function == "IF":
            return self._if(node, path)
        function, body = FUNCTIONS[node.function], FUNCTIONS[node.function].compiled.__name__
        texts: list[str] = []
        for place, argument in enumerate(node.arguments):
            is_places = function.takes_at(place) is Takes.PLACES
            texts.extend(self._powers_of_ten(argument, path) if is_places else [self.text(argument, path)])
        if function.maximum == MOST_ARGUMENTS:
            return self._folded(body, [self._assigned(text) for text in texts], path)
        if function.refusal is not None:
            texts = [self._assigned(text) for text in texts]
            self._refuse(f"{function.refusal.when.__name__}({', '.join(texts)})", path)
        return f"{body}({', '.join(texts)})"

    def _folded(self, body: str, kept: list[str], path: str) -> str:
        first, *others = kept
        if body in ("larger", "smaller"):
            for one in kept:
                self._refuse_too_large(one, path)
        for other in others:
            first = self._assigned(f"{body}({first}, {other})")
        return first

    def _powers_of_ten(self, places: Node, path: str) -> Iterator[str]:
        """A number of decimal places as a multiplier and a divisor, both whole powers of ten."""
        for sign in (places, Negative(places)):
            power = Binary("^", Number(10.0), Call("MAX", (sign, Number(0.0))))
            if places == Number(0.0):
                yield "1.0"
            else:
                yield self.text(power, path) if self._moves(places) else self._steady(power)

    def _if(self, node: Call, path: str) -> str:
        condition, yes, no = node.arguments
        chosen = self._assigned(self.text(condition, path))
        if not (may_refuse(yes) or may_refuse(no)):
            return f"choose({chosen}, {self.text(yes, path)}, {self.text(no, path)})"
        taken = self.text(yes, self._both(path, chosen))
        other = self.text(no, self._both(path, self._assigned(f"opposite({chosen})")))
        return f"choose({chosen}, {taken}, {other})"

    def _both(self, path: str, condition: str) -> str:
        return self._assigned(f"{path} & {condition}") if path else condition
