"""Printing formula trees for numba: one month of one option, for one scenario of a small bundle.

The loop over the bundle is left without branches, so that the processor computes several scenarios at a time: both
sides of a choice are computed, and one is taken. Functions are called by the names of their compiled bodies
(`ftroi.language.scalar_bodies`). Whatever does not move with the months is `steady`, and computed beforehand. An
operation that has no answer where its branch is chosen sets ``bad``; numpy then computes the block again, and says
where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ftroi.engine.numpy_backend.source_printer import may_refuse, product_of_steady_and_moving
from ftroi.language import FUNCTIONS, OPERATORS, Binary, Call, Name, Negative, Node, Number
from ftroi.language.functions import MOST_ARGUMENTS
from ftroi.language.nodes import row_reference
from ftroi.language.signature import Takes


class UncompiledError(Exception):
    """A template whose lines hang together in a way that has no compiled months; numpy computes it then."""


class KernelPrinter:
    """Prints trees; ``statements`` come before the text that they belong to."""

    def __init__(
        self,
        mention: Callable[[str, str], str],
        steady: Callable[[Node], str],
        growing: Callable[[Binary], str],
        moves: Callable[[Node], bool],
        fresh: Callable[[], str],
        *,
        strict: bool = False,
    ) -> None:
        """Print mentions, steady trees and powers that grow evenly as these functions say.

        ``growing`` gives an empty text for any other power. ``strict`` refuses what is too large also where it would
        not be seen: as a divisor, and where it is not taken.
        """
        self._mention = mention
        self._steady = steady
        self._growing = growing
        self._moves = moves
        self._fresh = fresh
        self._strict = strict
        self.statements: list[str] = []

    def text(self, node: Node, path: str = "") -> str:
        """The text of a tree; ``path`` names the condition under which it is wanted."""
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

    def _kept(self, text: str) -> str:
        name = self._fresh()
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
        both = [self._kept(self.text(part, path)) for part in (node.left, node.right)]
        self._refuse(f"is_invalid_base({', '.join(both)})", path)
        return f"raised({', '.join(both)})"

    def _operation(self, node: Binary, path: str) -> str:
        if isinstance(node.left, Binary) and {node.operator, node.left.operator} <= {"*", "/"}:
            steady = not self._moves(node.left) and not (path and may_refuse(node.left))
            left = self._steady(node.left) if steady else self._operation(node.left, path)
        else:
            left = self.text(node.left, path)
        if node.operator == "/" and not path and not self._moves(node.right):
            # Divided once, by numpy, which says where there is no answer.
            return f"({left} * {self._steady(Binary('/', Number(1.0), node.right))})"
        right = self.text(node.right, path)
        if node.operator == "/":
            right = self._kept(right)
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
            return self._folded(body, [self._kept(text) for text in texts], path)
        if function.refusal is not None:
            texts = [self._kept(text) for text in texts]
            self._refuse(f"{function.refusal.when.__name__}({', '.join(texts)})", path)
        return f"{body}({', '.join(texts)})"

    def _folded(self, body: str, kept: list[str], path: str) -> str:
        first, *others = kept
        if body in ("larger", "smaller"):
            for one in kept:
                self._refuse_too_large(one, path)
        for other in others:
            first = self._kept(f"{body}({first}, {other})")
        return first

    def _powers_of_ten(self, places: Node, path: str) -> Iterator[str]:
        """A number of places as a multiplier and a divisor."""
        for sign in (places, Negative(places)):
            power = Binary("^", Number(10.0), Call("MAX", (sign, Number(0.0))))
            if places == Number(0.0):
                yield "1.0"
            else:
                yield self.text(power, path) if self._moves(places) else self._steady(power)

    def _if(self, node: Call, path: str) -> str:
        condition, yes, no = node.arguments
        chosen = self._kept(self.text(condition, path))
        if not (may_refuse(yes) or may_refuse(no)):
            return f"choose({chosen}, {self.text(yes, path)}, {self.text(no, path)})"
        taken = self.text(yes, self._both(path, chosen))
        other = self.text(no, self._both(path, self._kept(f"opposite({chosen})")))
        return f"choose({chosen}, {taken}, {other})"

    def _both(self, path: str, condition: str) -> str:
        return self._kept(f"{path} & {condition}") if path else condition
