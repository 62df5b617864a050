"""An option is meant by its id, its label or its short label; nothing else is taken for one."""

from __future__ import annotations

import pytest

from ftroi.plan import ALL_BUT_NOTHING, ALL_OPTIONS
from ftroi.plan.option_names import bearer_label, bearer_named, option_named, suggest_option
from tests.support.plans import fine_tuning

OPTIONS = tuple(fine_tuning().options)


@pytest.mark.parametrize("option", OPTIONS)
def test_each_name_of_an_option_means_it(option: str) -> None:
    table = fine_tuning().options[option]
    for name in (option, table.label, table.short, table.label.upper(), table.short.lower()):
        assert option_named(fine_tuning(), OPTIONS, name) == option
        assert bearer_named(fine_tuning(), OPTIONS, name) == option
    assert bearer_named(fine_tuning(), OPTIONS, bearer_label(fine_tuning(), option)) == option


@pytest.mark.parametrize("text", ["", "M*", "model", "rag "])
def test_what_names_none_stays_as_it_is(text: str) -> None:
    assert option_named(fine_tuning(), OPTIONS, text) == text


def test_all_options_and_all_but_nothing_bear_a_cost_and_are_no_option() -> None:
    for bearer in (ALL_OPTIONS, ALL_BUT_NOTHING):
        label = bearer_label(fine_tuning(), bearer)
        assert bearer_named(fine_tuning(), OPTIONS, label) == bearer
        assert option_named(fine_tuning(), OPTIONS, label) == label
    assert bearer_label(fine_tuning(), ALL_BUT_NOTHING) == "All but Status quo"


def test_an_option_that_is_not_in_the_plan_is_none_of_its_options() -> None:
    assert option_named(fine_tuning(), ("rag",), "Distillation") == "Distillation"
    assert suggest_option(fine_tuning(), ("rag",), "RAGG") == "did you mean 'RAG'?"
    assert suggest_option(fine_tuning(), ("rag",), "nothing like it") == "choose from rag"
