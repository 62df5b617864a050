"""The LibreOffice Calc add-in as one file, ``ftroi.oxt``; its folder ``inside`` is what runs in LibreOffice."""

from ftroi.hosts.office.build import build_oxt, extension_parts

__all__ = ["build_oxt", "extension_parts"]
