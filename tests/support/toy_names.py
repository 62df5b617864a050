"""A handful of names, with units as a term sheet would declare them, for tests of the language."""

from __future__ import annotations

from ftroi.language import Unit, did_you_mean, parse_unit

UNITS = {
    "price_per_label": "money/label",
    "labels": "label/month",
    "fee": "money/month",
    "budget": "money",
    "growth": "1/year",
    "share": "1",
    "month": "month",
    "build_months": "month",
    "months_per_year": "month/year",
    "start_date": "date",
    "operate_flag": "1",
    "places": "1",
    "area": "metre^2",
}
WHOLE = {"month", "build_months", "months_per_year", "operate_flag", "places"}


class ToyNames:
    """Answers about `UNITS` and `WHOLE`."""

    def known(self, name: str) -> bool:
        return name in UNITS

    def unit(self, name: str) -> Unit:
        return parse_unit(UNITS[name])

    def whole(self, name: str) -> bool:
        return name in WHOLE

    def suggestion(self, name: str) -> str:
        return did_you_mean(name, UNITS)
