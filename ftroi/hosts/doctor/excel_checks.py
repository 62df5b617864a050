"""Problems with Excel: several installations, the Store edition, and what prevents an add-in from being loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ftroi.errors import Finding
from ftroi.hosts.doctor.machine_state import Patient
from ftroi.installer.excel import ADD_IN, add_in_path, remark
from ftroi.installer.machine import MAC
from ftroi.installer.registry import MACHINE, USER, Registry, Value, read_number

_OFFICE = r"Microsoft\Office\16.0"
_HIVES = (rf"{USER}\Software\Policies", rf"{MACHINE}\SOFTWARE\Policies", rf"{USER}\Software")
_SECURITY = rf"{_OFFICE}\Excel\Security"
_RULES = rf"{MACHINE}\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_RESILIENCY = rf"{USER}\Software\{_OFFICE}\Excel\Resiliency"
_ONLY_SIGNED, _NO_MACROS = 3, 4
_BLOCKED = 1
_ASK_IT = "ask IT to allow it as docs/it.md says"


@dataclass(frozen=True)
class Switch:
    """A registry value that disables the functions if it is 1."""

    key: str
    name: str
    what: str


_SWITCHES = (
    Switch(rf"{_OFFICE}\Common", "VbaOff", "macros are switched off in all of Office"),
    Switch(_SECURITY, "DisableAllAddins", "Excel loads no add-ins at all"),
    Switch(_SECURITY, "RequireAddinSig", "Excel loads signed add-ins only, and ours is built here, unsigned"),
)
_DEFENDER_RULES = {
    "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": "Defender keeps macros from calling Windows, by which Python is started",
    "d4f940ab-401b-4efc-aadc-ad5f3c50688a": "Defender keeps Office from starting other programs, and so Python",
}


def macros_blocked(patient: Patient) -> Iterator[Finding]:
    """A policy, or a setting of Excel's, keeps macros or add-ins from running."""
    registry = patient.machine.registry
    for switch in _SWITCHES:
        if key := _key_with(registry, switch.key, switch.name, {1}):
            yield Finding(f"{key}, value {switch.name}", switch.what, _ASK_IT)
    yield from _untrusted_place(patient)


def _untrusted_place(patient: Patient) -> Iterator[Finding]:
    """Macros run in trusted folders only, and the add-in's is none."""
    registry = patient.machine.registry
    warnings = _key_with(registry, _SECURITY, "VBAWarnings", {_ONLY_SIGNED, _NO_MACROS})
    no_trust = _key_with(registry, rf"{_SECURITY}\Trusted Locations", "AllLocationsDisabled", {1})
    add_in = patient.add_in
    if not warnings or add_in is None:
        return
    if no_trust:
        what = "no folder is trusted, and macros elsewhere are blocked"
        yield Finding(f"{no_trust}, value AllLocationsDisabled", what, _ASK_IT)
    elif add_in != add_in_path(patient.machine, in_add_ins=False):
        cure = "run setup_addin.py again without --addins-folder: Excel's start folder is trusted"
        yield Finding(f"{warnings}, value VBAWarnings", f"macros are blocked, and {add_in.parent} is not trusted", cure)


def _key_with(registry: Registry, key: str, name: str, values: set[int]) -> str:
    """The first key, policies before settings, whose value ``name`` is one of ``values``; "" if there is none."""
    paths = [f"{hive}\\{key}" for hive in _HIVES]
    return next((path for path in paths if read_number(registry, path, name) in values), "")


def blocked_by_defender(patient: Patient) -> Iterator[Finding]:
    """A rule of Microsoft Defender stops what an add-in needs to start Python."""
    rules = {name.strip("{}").lower(): value for name, value in patient.machine.registry.values(_RULES).items()}
    for rule, what in _DEFENDER_RULES.items():
        if str(rules.get(rule)) == str(_BLOCKED):
            yield Finding(f"{_RULES}, value {rule}", what, "ask IT for an exclusion as docs/it.md says")


def mark_of_the_web(patient: Patient) -> Iterator[Finding]:
    """Windows marks a file as downloaded: Excel then runs none of its macros."""
    files = [*([patient.add_in] if patient.add_in else []), *patient.workbooks]
    for path in files:
        try:
            mark = path.with_name(f"{path.name}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if "ZoneId=3" in mark or "ZoneId=4" in mark:
            cure = "in Explorer: right click, Properties, tick Unblock; for the add-in, run setup_addin.py again"
            yield Finding(str(path), "Windows marks the file as downloaded, and Excel blocks it", cure)


def two_excels(patient: Patient) -> Iterator[Finding]:
    """More than one Excel is installed: add-in and settings are shared, and each other's troubles too."""
    programs = [str(excel.program) for excel in patient.excels]
    if len(programs) > 1:
        cure = "open workbooks with the first, or uninstall the one that you do not use"
        yield Finding(programs[0], f"there is more than one Excel here, also {' and '.join(programs[1:])}", cure)


def store_edition(patient: Patient) -> Iterator[Finding]:
    """The Excel of Microsoft's store keeps its settings to itself, and may not start other programs."""
    for excel in patient.excels:
        if excel.is_store_edition:
            cure = "install Office from office.com in its place; the account is the same"
            yield Finding(
                str(excel.program), "this is the store's edition of Excel, which may not load the add-in", cure
            )


def disabled_after_a_crash(patient: Patient) -> Iterator[Finding]:
    """Excel has put the add-in on its list of those to leave out."""
    for list_name in ("DisabledItems", "CrashingAddinList"):
        key = f"{_RESILIENCY}\\{list_name}"
        for name, value in patient.machine.registry.values(key).items():
            if ADD_IN in _readable(value).lower() or ADD_IN in name.lower():
                cure = "in Excel: File, Options, Add-ins, Manage: Disabled Items, Go; choose it, and Enable"
                yield Finding(f"{key}, value {name}", "Excel has switched the add-in off after a crash", cure)


def _readable(value: Value) -> str:
    """The text in a value, which Excel writes in UTF-16."""
    if isinstance(value, bytes):
        # The text begins at an odd offset in some lists, and at an even one in others.
        return value.decode("utf-16-le", errors="ignore") + value[1:].decode("utf-16-le", errors="ignore")
    return str(value)


def loaded_twice(patient: Patient) -> Iterator[Finding]:
    """A second copy of the add-in stands where Excel looks too."""
    places = [add_in_path(patient.machine, in_add_ins=choice) for choice in (False, True)]
    for path in places:
        if patient.add_in and path != patient.add_in and path.exists():
            yield Finding(str(path), "is a second copy of the add-in, from an earlier installation", "delete it")


def excel_on_a_mac(patient: Patient) -> Iterator[Finding]:
    """The functions do not run in Excel on a Mac."""
    if patient.machine.system == MAC:
        yield Finding("Excel", remark(patient.machine), "use LibreOffice for the functions, or a Windows machine")
