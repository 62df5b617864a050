"""A spreadsheet-native model of what fine-tuning an AI model costs over its life.

The model is a *term sheet*: a folder of TOML whose lines are formulas in Excel's own grammar.
The same text is computed by the engine, printed as native formulas into the workbook, and asked
by the ``FT_*`` functions, by the command line and, in Python, by what this module gives:

    plan = ftroi.read("plan.xlsx")
    plan.set(discount_rate="8%").compare()

``import ftroi`` itself imports nothing: what a name needs is loaded when the name is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:  # read by type checkers alone
    from ftroi.api import Model, Simulated, new, preset, read

__all__ = ["Model", "Simulated", "new", "preset", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name in __all__:
        from ftroi import api

        return getattr(api, name)
    raise AttributeError(f"module 'ftroi' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
