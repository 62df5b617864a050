"""A spreadsheet-native model of what fine-tuning an AI model costs over its life.

The model is a *term sheet*: a folder of TOML files whose lines are formulas in Excel's grammar. The same text is
computed by the engine and printed as native formulas into the workbook; the ``FT_*`` functions, the command line and,
in Python, the names in this module give access to the results:

    plan = ftroi.read("plan.xlsx")
    plan.set(discount_rate="8%").compare()

``import ftroi`` itself imports nothing: modules are loaded when a name is first used.
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
