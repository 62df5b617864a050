"""The Excel add-in as one file, ``ftroi.xlam``, built where it is used and readable by whoever has to allow it."""

from ftroi.hosts.xlam.build import build_xlam, interpreter_of, macros_of

__all__ = ["build_xlam", "interpreter_of", "macros_of"]
