"""Files that are no workbook, or one that cannot be opened."""

from __future__ import annotations

import io
import zipfile


def zipped(**parts: bytes) -> bytes:
    """A zip file; a part's name has "__" for a slash and "_dot_" for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def encrypted() -> bytes:
    """A zip file whose table of contents says that its part needs a password."""
    content = bytearray(zipped(xl__workbook_dot_xml=b"<workbook/>"))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


OLE = bytes.fromhex("D0CF11E0A1B11AE1")
