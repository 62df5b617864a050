"""Which option people mean: each by its id, its label or its short label, in capitals or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ftroi.engine import NOTHING
from ftroi.language import did_you_mean
from ftroi.plan.plan import ALL_BUT_NOTHING, ALL_OPTIONS
from ftroi.termsheet import Template


def option_named(template: Template, options: Iterable[str], text: str) -> str:
    """The id of the one of some options that a text names; the text as it is where it names none, or two."""
    return _meant({option: _names(template, option) for option in options}, text)


def bearer_named(template: Template, options: Iterable[str], text: str) -> str:
    """The same of who bears an own cost: an option, all of them, or all but doing nothing."""
    named = {bearer: (bearer, label) for bearer, label in bearer_labels(template).items()}
    return _meant(named | {option: _names(template, option) for option in options}, text)


def bearer_labels(template: Template) -> dict[str, str]:
    """What lists call the bearers of an own cost that are no single option, by their ids."""
    nothing = template.options[NOTHING].short if NOTHING in template.options else NOTHING
    return {ALL_OPTIONS: "All options", ALL_BUT_NOTHING: f"All but {nothing}"}


def bearer_label(template: Template, bearer: str) -> str:
    """What lists call a bearer; its id where nobody knows it."""
    labels = bearer_labels(template) | {name: one.short for name, one in template.options.items()}
    return labels.get(bearer, bearer)


def suggest_option(template: Template, options: Iterable[str], text: str) -> str:
    """The cure for an unknown option: the nearest id or label, or the ids to choose from."""
    ids = list(options)
    names = dict.fromkeys(name for option in ids if option in template.options for name in _names(template, option))
    return did_you_mean(text, names) or f"choose from {', '.join(ids)}"


def _names(template: Template, option: str) -> Iterator[str]:
    table = template.options.get(option)
    yield option
    if table is not None:
        yield from (table.label, table.short)


def _meant(named: Mapping[str, Iterable[str]], text: str) -> str:
    wanted = text.casefold()
    found = [one for one, names in named.items() if wanted in map(str.casefold, names)]
    return found[0] if len(found) == 1 else text
