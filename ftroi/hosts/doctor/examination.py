"""The list of all checks, and running them on a machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ftroi.errors import Finding
from ftroi.hosts.doctor import excel_checks, office_checks, python_checks, workbook_checks
from ftroi.hosts.doctor.machine_state import Patient

Check = Callable[[Patient], Iterator[Finding]]


@dataclass(frozen=True)
class Complaint:
    """The finding of a check; `is_advice` says that the functions work anyway, or cannot work on this system."""

    check: str
    finding: Finding
    is_advice: bool = False


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        python_checks.not_installed,
        python_checks.steps_undone,
        python_checks.interpreter_gone,
        python_checks.versions_drifted,
        python_checks.library_missing,
        python_checks.in_onedrive,
        python_checks.odd_letters_in_the_path,
        python_checks.settings_on_a_network,
        excel_checks.macros_blocked,
        excel_checks.blocked_by_defender,
        excel_checks.mark_of_the_web,
        excel_checks.two_excels,
        excel_checks.store_edition,
        excel_checks.disabled_after_a_crash,
        excel_checks.loaded_twice,
        excel_checks.excel_on_a_mac,
        office_checks.office_too_old,
        office_checks.office_python_differs,
        office_checks.other_python_first,
        workbook_checks.unreadable_workbook,
        workbook_checks.somebody_elses_path,
        workbook_checks.somebody_elses_python,
    )
}
"""All checks by name; each looks for one known problem of such add-ins."""

_ADVICE = {"two_excels", "excel_on_a_mac", "other_python_first"}


def examine(patient: Patient) -> list[Complaint]:
    """The findings of all checks, in the order of the checks."""
    return [
        Complaint(name, finding, is_advice=name in _ADVICE)
        for name, check in CHECKS.items()
        for finding in check(patient)
    ]
