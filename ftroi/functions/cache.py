"""A cache of results, so that many cells with the same inputs need only one evaluation."""

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
    """The numbers of cache hits, of computations, and of stored values."""

    found: int
    computed: int
    kept: int


class Cache(Generic[_Value]):
    """A thread-safe LRU cache, keyed by the content that values are computed from.

    An error is cached like a value, so that many cells with invalid inputs read them only once. A TemplateError is not,
    as its cause is not among the inputs. While one thread computes, others wait, and use its result.
    """

    def __init__(self, most: int) -> None:
        """Store at most ``most`` values; the least recently used one is dropped first."""
        self._lock = RLock()
        self._kept: LRUCache[Hashable, _Value | FtroiError] = LRUCache(most)
        self._latest: tuple[Hashable, _Value | FtroiError] | None = None
        self._found = self._computed = 0

    def get(self, key: Hashable, compute: Callable[[], _Value]) -> _Value:
        """The value for a key, computed if it is not stored; raises the FtroiError of the computation."""
        with self._lock:
            value = self._value(key, compute)
        if isinstance(value, FtroiError):
            raise value
        return value

    def _value(self, key: Hashable, compute: Callable[[], _Value]) -> _Value | FtroiError:
        # Most cells request the latest value; comparing a large key takes half the time of hashing it.
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
        """The use of the cache since it was created or cleared."""
        with self._lock:
            return Statistics(self._found, self._computed, len(self._kept))

    def clear(self) -> None:
        """Drop all values."""
        with self._lock:
            self._kept.clear()
            self._latest = None
            self._found = self._computed = 0
