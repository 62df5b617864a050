"""The conventions of this project as functions: each takes source text and gives what is wrong with it."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The parts of the package, each allowed to import those before it; and the packages, beyond Python's own, that each
# may use. What the spreadsheet's functions need up to `functions` must also run in a browser's Python, where nothing
# but numpy and pydantic is sure to be there, and cachetools is plain Python; numba is only imported where it is found.
LAYERS: dict[str, set[str]] = {
    "errors": set(),
    "dates": set(),
    "atomic": set(),
    "resources": {"platformdirs"},
    "installer": set(),
    "language": {"numpy"},
    "termsheet": {"numpy", "pydantic", "pydantic_core"},
    "engine": {"numpy", "numba"},
    "risk": {"numpy", "scipy"},
    "plan": {"numpy", "pydantic"},
    "analysis": {"numpy", "pydantic"},
    "actuals": {"numpy", "pandas", "pydantic", "openpyxl"},
    "prices": {"pydantic", "genai_prices"},
    "workbook": {"numpy", "openpyxl", "lxml", "defusedxml"},
    "report": {"numpy", "lxml", "typst", "docx", "matplotlib"},
    "functions": {"numpy", "cachetools"},
    "frames": {"numpy", "pandas"},
    "api": {"pandas"},
    # uno, unohelper, com and org are LibreOffice's own.
    "hosts": {"numpy", "xlwings", "pywintypes", "platformdirs", "uno", "unohelper", "com", "org"},
    "cli": {"numpy", "typer", "rich", "platformdirs", "pandas", "openpyxl"},
    "__main__": set(),
}
FACE = "ftroi.api"
"""What the package itself gives by name, loaded when the name is first used."""

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One import: the module that is asked for, in full, and the line where it stands."""

    module: str
    line: int


# --- layers ------------------------------------------------------------------------------------------------


def imports(module: str, source: str, *, is_package: bool = False) -> Iterator[Import]:
    """Go through all imports of a module, those within functions too; relative ones are resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = import_base(module, node, is_package=is_package)
            names = [f".{alias.name}" for alias in node.names] if base == "ftroi" else [""]
            yield from (Import(base + name, node.lineno) for name in names)


def import_base(module: str, node: ast.ImportFrom, *, is_package: bool) -> str:
    """The module that a `from ... import` names, in full."""
    if node.level == 0:
        return node.module or ""
    parts = module.split(".")
    kept = len(parts) - node.level + int(is_package)
    return ".".join([*parts[:kept], *([node.module] if node.module else [])])


def layer(module: str) -> str:
    """The part of the package that a module belongs to; "" for the package itself and what it holds."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] != "__version__" else ""


def layering_faults(module: str, source: str, *, is_package: bool = False) -> list[str]:
    """Find imports of a later part, and of packages that the part may not use."""
    own, order = layer(module), ["", *LAYERS]
    if own not in order:
        return [f"{module}: '{own}' has no place in LAYERS"]
    faults = []
    for found in imports(module, source, is_package=is_package):
        top = found.module.split(".")[0]
        if (own, found.module) == ("", FACE):
            continue
        if top == "ftroi" and order.index(own) < order_of(found.module, order):
            faults.append(f"{module}:{found.line}: imports {found.module}, which comes after {own or 'ftroi'}")
        elif top != "ftroi" and top not in sys.stdlib_module_names | LAYERS.get(own, set()):
            faults.append(f"{module}:{found.line}: imports {top}, which {own or 'ftroi'} may not use")
    return faults


def order_of(module: str, order: list[str]) -> int:
    """A module's place in the order; one that has no place comes last."""
    return order.index(layer(module)) if layer(module) in order else len(order)


# --- sizes -------------------------------------------------------------------------------------------------


def module_faults(name: str, source: str) -> list[str]:
    """Find a module that is too long."""
    lines = len(source.splitlines())
    return [f"{name}: {lines} lines, more than {LONGEST_MODULE}"] if lines > LONGEST_MODULE else []


def function_sizes(name: str, source: str) -> dict[str, int]:
    """Count each function's lines from `def` to its end; docstrings, comments and empty lines are left out."""
    lines = source.splitlines()
    sizes = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            left_out = docstring_lines(node)
            span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            text = {number: lines[number - 1].strip() for number in span if number not in left_out}
            sizes[f"{name}:{node.lineno} {node.name}"] = sum(bool(t) and not t.startswith("#") for t in text.values())
    return sizes


def docstring_lines(node: Function) -> range:
    """The numbers of the lines that a function's docstring takes."""
    if ast.get_docstring(node, clean=False) is None:
        return range(0)
    return range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)


def function_faults(sizes: dict[str, int]) -> list[str]:
    """Find functions that are too long."""
    return [
        f"{where}: {size} lines, more than {LONGEST_FUNCTION}"
        for where, size in sizes.items()
        if size > LONGEST_FUNCTION
    ]


# --- texts -------------------------------------------------------------------------------------------------


def undocumented(name: str, source: str) -> list[str]:
    """Find public modules, classes, functions and methods without a docstring."""
    tree = ast.parse(source)
    missing = [] if ast.get_docstring(tree) else [f"{name}: the module has no docstring"]
    return missing + [
        f"{name}:{node.lineno}: {node.name} has no docstring"
        for node in public_definitions(tree)
        if not ast.get_docstring(node)
    ]


def public_definitions(node: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | Function]:
    """Go through public classes, functions and methods; what is defined within functions is nobody else's."""
    for child in node.body:
        if isinstance(child, ast.ClassDef | Function) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public_definitions(child)


def unfinished(name: str, text: str) -> list[str]:
    """Find notes of work that was left for later."""
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    return [f"{name}:{number}: {line.strip()}" for number, line in numbered(text) if marks.search(line)]


def unexplained_exemptions(name: str, source: str) -> list[str]:
    """Find comments that switch a check off without naming the check and the reason."""
    switch = re.compile(r"#\s*(type:\s*ignore|noqa|pragma)\b", re.IGNORECASE)
    explained = re.compile(r"#\s*(type:\s*ignore\[[\w, -]+\]|noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)\s*[-#(]\s*\w")
    return [
        f"{name}:{token.start[0]}: {token.string}"
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and switch.search(token.string) and not explained.search(token.string)
    ]


def machine_words(name: str, text: str, hosts: Iterable[str]) -> list[str]:
    """Find paths of somebody's machine, and addresses of the package mirrors that this machine is set up with."""
    # /home/someone is what examples say.
    path = r"(?<![\w.~])/(?:work|root|home/(?!someone)\w+|Users/\w+|tmp/\w+)(?=[/\s\"'`),:;]|$)"
    words = re.compile("|".join([path, *(re.escape(host) for host in hosts)]))
    return [f"{name}:{number}: {line.strip()}" for number, line in numbered(text) if words.search(line)]


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Number a text's lines from 1."""
    return enumerate(text.splitlines(), start=1)


# --- exports -----------------------------------------------------------------------------------------------


def export_faults(name: str, source: str) -> list[str]:
    """Find a package whose `__all__` is not the public names that it binds."""
    tree = ast.parse(source)
    bound = set(public_names(tree))
    listed = exported(tree)
    faults = [f"{name}: __all__ names {word}, which is not there" for word in sorted(set(listed) - bound)]
    faults += [f"{name}: {word} is missing from __all__" for word in sorted(bound - set(listed) - {"TYPE_CHECKING"})]
    if len(set(listed)) < len(listed):
        faults.append(f"{name}: __all__ has a name twice")
    return faults


def exported(tree: ast.Module) -> list[str]:
    """Read a module's `__all__`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return [str(word) for word in ast.literal_eval(node.value)]
    return []


def public_names(tree: ast.Module) -> Iterator[str]:
    """The public names that a package's top level imports from elsewhere, defines or assigns."""
    conditional = [node for found in tree.body if isinstance(found, ast.If) for node in found.body]
    for node in (*tree.body, *conditional):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module != "__future__":
            names = [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, ast.ClassDef | Function):
            names = [node.name]
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        yield from (name for name in names if not name.startswith("_"))
