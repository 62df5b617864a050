"""Printing formula trees for numba: one month of one option, for one scenario of a small bundle.

It is the third printer of the same trees. The loop over the bundle is left without branches, so that the processor
computes several scenarios at a time: both sides of a choice are computed, and one is taken. Whatever does not move
with the months is `steady`, and computed beforehand. An operation that has no answer where its branch is
chosen sets ``bad``; numpy then computes the chunk again, and says where.
"""

from __future__ import annotations

from collections.abc import Callable

from ftroi.engine.numpy_backend.source_printer import may_refuse, product_of_steady_and_moving
from ftroi.language import Binary, Call, Name, Negative, Node, Number
from ftroi.language.nodes import row_reference

_COMPARE = {"=": "==", "<>": "!="}
_ROUNDING = {"ROUND": "rounded", "ROUNDUP": "rounded_up", "ROUNDDOWN": "rounded_down"}
_PLAIN = {"NOT": "opposite", "ABS": "abs", "INT": "np.floor", "EXP": "np.exp"}
_REFUSED = {"LN": ("np.log", "<="), "SQRT": ("np.sqrt", "<")}
_JOINED = {"AND": "&", "OR": "|"}
_LARGER = {"MAX": ">", "MIN": "<"}


class UnprintableError(Exception):
    """A formula that numba is not given; numpy computes the template then."""


class KernelPrinter:
    """Prints trees; ``statements`` come before the text that they belong to."""

    def __init__(
        self,
        mention: Callable[[str, str], str],
        steady: Callable[[Node], str],
        running: Callable[[Binary], str],
        moves: Callable[[Node], bool],
        fresh: Callable[[], str],
        *,
        strict: bool = False,
    ) -> None:
        """Print mentions, steady trees and powers that run with the months as these functions say.

        ``strict`` refuses what is too large also where it would not be seen: as a divisor, and where it is not taken.
        """
        self._mention = mention
        self._steady = steady
        self._running = running
        self._moves = moves
        self._fresh = fresh
        self._strict = strict
        self.statements: list[str] = []

    def text(self, node: Node, path: str = "") -> str:
        """Give the text of a tree; ``path`` names the condition under which it is wanted."""
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

    def named(self, node: Node, path: str = "") -> str:
        """Give a variable that holds a tree's value."""
        return self._kept(self.text(node, path))

    def _kept(self, text: str) -> str:
        name = self._fresh()
        self.statements.append(f"{name} = {text}")
        return name

    def _binary(self, node: Binary, path: str) -> str:
        if node.operator in ("*", "/"):
            reordered = product_of_steady_and_moving(node, self._moves)
            return self._operation(reordered, path)
        if node.operator == "^":
            if path or self._moves(node.left):
                raise UnprintableError("a power whose base moves, or that is not always wanted")
            return self._running(node)
        return self._operation(node, path)

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
        return f"({left} {_COMPARE.get(node.operator, node.operator)} {right})"

    def _refuse(self, condition: str, path: str) -> None:
        wanted = f"({condition}) & ({path})" if path else condition
        self.statements.append(f"bad = choose({wanted}, 1.0, bad)")

    def _refuse_too_large(self, kept: str, path: str) -> None:
        if self._strict:
            self._refuse(f"abs({kept}) == np.inf", path)

    def _call(self, node: Call, path: str) -> str:
        name, arguments = node.function, node.arguments
        if name == "IF":
            return self._if(node, path)
        if name in _ROUNDING:
            return self._rounding(node, path)
        texts = [self.text(argument, path) for argument in arguments]
        if name in _LARGER:
            return self._largest(texts, _LARGER[name], path)
        if name in _JOINED:
            return f" {_JOINED[name]} ".join(f"({text})" for text in texts).join("()")
        if name in _REFUSED:
            function, refused = _REFUSED[name]
            texts[0] = self._kept(texts[0])
            self._refuse(f"{texts[0]} {refused} 0.0", path)
            return f"{function}({texts[0]})"
        if name not in _PLAIN:
            raise UnprintableError(f"{name} of what moves with the months")
        return f"{_PLAIN[name]}({texts[0]})"

    def _largest(self, texts: list[str], sign: str, path: str) -> str:
        first, *others = (self._kept(text) for text in texts)
        for other in (first, *others):
            self._refuse_too_large(other, path)
        for other in others:
            first = self._kept(f"choose({other} {sign} {first}, {other}, {first})")
        return first

    def _rounding(self, node: Call, path: str) -> str:
        number, places = node.arguments
        if self._moves(places):
            raise UnprintableError("a rounding whose places move with the months")
        if places == Number(0.0):
            return f"{_ROUNDING[node.function]}_to_units({self.text(number, path)})"
        powers = (Binary("^", Number(10.0), Call("MAX", (sign, Number(0.0)))) for sign in (places, Negative(places)))
        up, down = (self._steady(power) for power in powers)
        return f"{_ROUNDING[node.function]}({self.text(number, path)}, {up}, {down})"

    def _if(self, node: Call, path: str) -> str:
        condition, yes, no = node.arguments
        chosen = self._kept(self.text(condition, path))
        if not (may_refuse(yes) or may_refuse(no)):
            return f"choose({chosen}, {self.text(yes, path)}, {self.text(no, path)})"
        taken = self.text(yes, self._both(path, chosen))
        other = self.text(no, self._both(path, self._kept(f"{chosen} == False")))
        return f"choose({chosen}, {taken}, {other})"

    def _both(self, path: str, condition: str) -> str:
        return self._kept(f"{path} & {condition}") if path else condition
