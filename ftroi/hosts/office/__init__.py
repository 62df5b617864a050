"""The add-in for LibreOffice Calc, one file ``ftroi.oxt``; the modules in ``inside`` run in LibreOffice's Python."""

from ftroi.hosts.office.build import build_oxt, extension_parts

__all__ = ["build_oxt", "extension_parts"]
