"""A small memory of what was computed, so that many cells on the same inputs cost one evaluation."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import RLock
from typing import Generic, TypeVar

from cachetools import LRUCache

from ftroi.errors import FtroiError, TemplateError

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Statistics:
    """How often something was found, how often it was computed, and how much is kept."""

    found: int
    computed: int
    kept: int


class Cache(Generic[_Value]):
    """Keeps the latest values by the content that they were computed from; safe under threads.

    An error is kept like a value, so that many cells on unreadable inputs read them once. A
    TemplateError is not: its cure lies outside of the inputs. While one thread computes, others
    wait, and find what it computed.
    """

    def __init__(self, most: int) -> None:
        """Keep at most ``most`` values; the one that was not asked for longest goes first."""
        self._lock = RLock()
        self._kept: LRUCache[Hashable, _Value | FtroiError] = LRUCache(most)
        self._latest: tuple[Hashable, _Value | FtroiError] | None = None
        self._found = self._computed = 0

    def get(self, key: Hashable, compute: Callable[[], _Value]) -> _Value:
        """What is kept for a key, or compute and keep it; raises the FtroiError that computing met."""
        with self._lock:
            value = self._value(key, compute)
        if isinstance(value, FtroiError):
            raise value
        return value

    def _value(self, key: Hashable, compute: Callable[[], _Value]) -> _Value | FtroiError:
        # Most cells ask for the latest one; a large key is compared in half the time that its hash takes.
        if self._latest is not None and self._latest[0] == key:
            self._found += 1
            return self._latest[1]
        if key in self._kept:
            self._found += 1
        else:
            self._kept[key] = self._outcome(compute)
        value = self._kept[key]
        self._latest = (key, value)
        return value

    def _outcome(self, compute: Callable[[], _Value]) -> _Value | FtroiError:
        self._computed += 1
        try:
            return compute()
        except TemplateError:
            raise
        except FtroiError as error:
            return error

    @property
    def statistics(self) -> Statistics:
        """Tell how the cache was used since it was made or cleared."""
        with self._lock:
            return Statistics(self._found, self._computed, len(self._kept))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._latest = None
            self._found = self._computed = 0
