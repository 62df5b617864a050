"""A template of a few lines, written to a folder, for tests that change one thing in it."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "template.toml": """
id = "small"
version = "1.0.0"
label = "Small"
currency = "USD"
[groups.visible]
label = "Visible"
palette = "visible"
[groups.hidden]
label = "Hidden"
[groups.value]
label = "Value"
is_value = true
[categories."visible.work"]
label = "Work"
[categories."hidden.rest"]
label = "Rest"
[categories."value.cash"]
label = "Cash"
[[sections]]
file = "all"
label = "All"
""",
    "assumptions/all.toml": """
[horizon_months]
label = "Horizon"
unit = "month"
scope = "plan"
kind = "decision"
base = 12
range = [1, 60]
whole = true
source = "judgement"
note = "A year."

[months_per_year]
label = "Months in a year"
unit = "month/year"
scope = "plan"
kind = "constant"
base = 12
source = "judgement"
note = "By definition."

[case_strength]
label = "Case strength"
unit = "1"
scope = "plan"
kind = "decision"
base = 0.15
source = "judgement"
note = "Some of the way."

[price]
label = "Price"
unit = "money/month"
scope = "option"
kind = "uncertain"
low = 50
base = 100
high = 400
distribution = "pert"
favourable = "low"
spread = "ratio"
range = [0, 1000]
source = "judgement"
note = "A guess."

[divisor]
label = "Divisor"
unit = "month"
scope = "plan"
kind = "decision"
base = 100
range = [-100, 100]
source = "judgement"
note = "To divide by."
""",
    "lines/all.toml": """
[month]
label = "Month"
unit = "month"
opening = "0"
formula = "PREV(month) + 1"
note = "Counts."

[live_flag]
label = "Live"
unit = "1"
formula = "IF(month <= horizon_months, 1, 0)"
note = "Inside the horizon."

[work]
label = "Work"
category = "visible.work"
unit = "money/month"
nature = "cash"
formula = "live_flag * price"
note = "Paid by the month."

[rest]
label = "Rest"
category = "hidden.rest"
unit = "money/month"
nature = "economic"
formula = "live_flag * price * month / (divisor - month)"
note = "Divides."

[gain]
label = "Gain"
category = "value.cash"
unit = "money/month"
nature = "cash"
formula = "live_flag * price"
note = "Brings."
""",
    "measures.toml": """
[tco]
label = "Cost"
unit = "money"
formula = "TOTAL(costs)"
note = "The sum."
""",
    "views.toml": """
[roles]
horizon = "horizon_months"
case_strength = "case_strength"
months_per_year = "months_per_year"
cost = "tco"

[[headlines]]
measure = "tco"
short = "Cost"
in = ["table"]
""",
    "options.toml": """
[do_nothing]
label = "Do nothing"
short = "Nothing"
description = "As today."
tuned = false
note = "By definition."
[do_nothing.values]
price = 0

[act]
label = "Act"
short = "Act"
description = "Do it."
tuned = true
note = "A guess."
""",
    "gates.toml": "",
    "sources.toml": "",
    "presets/plain.toml": """
[preset]
id = "plain"
label = "Plain"
description = "Plain."
project = "Plain project"
options = ["do_nothing", "act"]
reference = "do_nothing"
candidate = "act"
currency = "USD"
start = 2027-01-01
""",
    "examples/all.toml": """
[[example]]
line = "work"
name = "a month of work"
given = { live_flag = 1, price = 100 }
by_hand = "100"
expect = 100
""",
}


def small_template(folder: Path, **changes: tuple[str, str]) -> Path:
    """Write the template; ``lines_all=("old", "new")`` replaces a text in lines/all.toml."""
    wanted = {name.removesuffix(".toml").replace("/", "_"): name for name in FILES}
    for key, name in wanted.items():
        text = FILES[name]
        if key in changes:
            old, new = changes[key]
            assert old in text, f"{old!r} is not in {name}"
            text = text.replace(old, new, 1)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
