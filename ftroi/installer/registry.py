"""The Windows registry, reduced to what installing needs; on other systems it is empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Protocol, TypeAlias

Value: TypeAlias = str | int | bytes | list[str] | None

USER, MACHINE = "HKCU", "HKLM"
_ROOTS = {USER: "HKEY_CURRENT_USER", MACHINE: "HKEY_LOCAL_MACHINE"}


class Registry(Protocol):
    r"""The operations on a registry. A key is written "HKCU\Software\..."; the name "" is a key's default value."""

    def exists(self, key: str) -> bool:
        """Whether a key is there."""

    def values(self, key: str) -> dict[str, Value]:
        """All values of a key by name; none where there is no such key, or it may not be read."""

    def subkeys(self, key: str) -> list[str]:
        """The names of the keys directly below a key."""

    def make(self, key: str) -> None:
        """Make a key; those above it are there."""

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text as a value of a key that is there."""

    def delete(self, key: str, name: str) -> None:
        """Delete a value, if it is there."""

    def remove(self, key: str) -> None:
        """Remove a key, if it is there and holds nothing."""


class NoRegistry:
    """The registry of a system without one: it is empty, and cannot be written."""

    def exists(self, key: str) -> bool:  # noqa: ARG002 - as Registry has it
        """False: no key is there."""
        return False

    def values(self, key: str) -> dict[str, Value]:  # noqa: ARG002 - as Registry has it
        """No values."""
        return {}

    def subkeys(self, key: str) -> list[str]:  # noqa: ARG002 - as Registry has it
        """No keys."""
        return []

    def make(self, key: str) -> None:
        """Refuse: raises OSError."""
        raise OSError(f"this system has no registry for {key}")

    def write(self, key: str, name: str, text: str) -> None:  # noqa: ARG002 - as Registry has it
        """Refuse: raises OSError."""
        self.make(key)

    def delete(self, key: str, name: str) -> None:
        """Do nothing, for nothing is there."""

    def remove(self, key: str) -> None:
        """Do nothing, for nothing is there."""


class WindowsRegistry:
    """The Windows registry in its 64-bit view, through Python's module `winreg`."""

    def __init__(self, winreg: Any) -> None:  # noqa: ANN401 - the module is there on Windows alone
        """Take the module `winreg`."""
        self._api = winreg

    def exists(self, key: str) -> bool:
        """Whether a key is there, and may be read."""
        try:
            self._open(key).Close()
        except OSError:
            return False
        return True

    def values(self, key: str) -> dict[str, Value]:
        """All values of a key by name; none where there is no such key, or it may not be read."""
        return {name: value for name, value, _kind in self._listed(key, self._api.EnumValue)}

    def subkeys(self, key: str) -> list[str]:
        """The names of the keys directly below a key."""
        return list(self._listed(key, self._api.EnumKey))

    def make(self, key: str) -> None:
        """Make a key."""
        self._api.CreateKeyEx(*self._place(key), 0, self._rights(write=True)).Close()

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text as a value of a key that is there."""
        with self._open(key, write=True) as opened:
            self._api.SetValueEx(opened, name, 0, self._api.REG_SZ, text)

    def delete(self, key: str, name: str) -> None:
        """Delete a value, if it is there."""
        with suppress(FileNotFoundError), self._open(key, write=True) as opened:
            self._api.DeleteValue(opened, name)

    def remove(self, key: str) -> None:
        """Remove a key, if it is there and holds nothing."""
        if self.exists(key) and not self.values(key) and not self.subkeys(key):
            self._api.DeleteKeyEx(*self._place(key), self._api.KEY_WOW64_64KEY)

    def _listed(self, key: str, ask: Any) -> Iterator[Any]:  # noqa: ANN401 - one of winreg's functions
        """The results of `ask` for the numbers 0, 1, ..., until it raises OSError at the end."""
        with suppress(OSError), self._open(key) as opened:
            number = 0
            while True:
                yield ask(opened, number)
                number += 1

    def _open(self, key: str, *, write: bool = False) -> Any:  # noqa: ANN401 - a handle of winreg's
        return self._api.OpenKey(*self._place(key), 0, self._rights(write=write))

    def _place(self, key: str) -> tuple[Any, str]:
        root, _, path = key.partition("\\")
        return getattr(self._api, _ROOTS[root]), path

    def _rights(self, *, write: bool) -> int:
        rights = self._api.KEY_WRITE if write else self._api.KEY_READ
        return int(rights | self._api.KEY_WOW64_64KEY)


def read_text(registry: Registry, key: str, name: str = "") -> str:
    """Read a value that is a text; "" where it is missing or something else."""
    value = registry.values(key).get(name)
    return value if isinstance(value, str) else ""


def read_number(registry: Registry, key: str, name: str) -> int | None:
    """Read a value that is a number, or a text that is one; None where it is missing or something else."""
    value = registry.values(key).get(name)
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) else None
