"""A VBA project of sources alone: Excel compiles it when it opens the file, and nothing but text can hide in it.

Source: [MS-OVBA], 2.3. There is no compiled code and no cache (`__SRP_*`): `_VBA_PROJECT` is its seven fixed bytes.
"""

from __future__ import annotations

import re
import struct
import uuid
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from ftroi.hosts.xlam.compound_file import write_compound_file
from ftroi.hosts.xlam.vba_compression import compress

CODE_PAGE = "cp1252"
NO_COMPILED_CODE = bytes.fromhex("cc61ffff000100")
MODULE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}", re.ASCII)
WORKBOOK_CLASS = "0{00020819-0000-0000-C000-000000000046}"
WORKSHEET_CLASS = "0{00020820-0000-0000-C000-000000000046}"
REFERENCES = {
    "stdole": r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    "Office": r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
    r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
}
NO_PROTECTION, NO_PASSWORD, VISIBLE = bytes(4), bytes(1), b"\xff"


class Kind(Enum):
    """What a module is; the value is its key in the PROJECT stream."""

    STANDARD = "Module={}"
    DOCUMENT = "Document={}/&H00000000"


@dataclass(frozen=True)
class Module:
    """One module: its name, its code without the attributes on top, and for a document the class that it extends."""

    name: str
    code: str
    base: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError where VBA does not allow the name."""
        if not MODULE_NAME.fullmatch(self.name):
            raise ValueError(f"not a name for a module: {self.name!r}")

    @property
    def kind(self) -> Kind:
        """A document where there is a class to extend."""
        return Kind.DOCUMENT if self.base else Kind.STANDARD

    @property
    def source(self) -> str:
        """The whole text, attributes first, with Windows' ends of lines."""
        lines = [f'Attribute VB_Name = "{self.name}"', *(document_attributes(self.base) if self.base else ())]
        return "\r\n".join([*lines, *re.split(r"\r\n|\r|\n", self.code.rstrip("\r\n"))]) + "\r\n"


def document_attributes(base: str) -> list[str]:
    """The attributes that tie a module to the workbook or to a sheet."""
    values = {"Base": f'"{base}"', "GlobalNameSpace": "False", "Creatable": "False", "PredeclaredId": "True"}
    values |= {"Exposed": "True", "TemplateDerived": "False", "Customizable": "True"}
    return [f"Attribute VB_{name} = {value}" for name, value in values.items()]


def write_project(name: str, modules: Sequence[Module]) -> bytes:
    """A VBA project, the content of ``vbaProject.bin``; the same modules always give the same bytes.

    Raises UnicodeEncodeError where a text has characters that Windows-1252 has not.
    """
    sources = {module.name: compress(module.source.encode(CODE_PAGE)) for module in modules}
    folder = {"_VBA_PROJECT": NO_COMPILED_CODE, "dir": compress(dir_stream(name, modules)), **sources}
    texts = {"PROJECT": project_stream(name, modules), "PROJECTwm": names_stream(modules)}
    return write_compound_file({"VBA": folder, **texts})


# --- the dir stream: records of number, size and content -----------------------------------------------------


def dir_stream(name: str, modules: Sequence[Module]) -> bytes:
    """The list of modules and references, before its compression."""
    return b"".join([*project_records(name, modules), *reference_records(), *module_records(modules), record(0x10)])


def project_records(name: str, modules: Sequence[Module]) -> Iterator[bytes]:
    """The records on the project itself; the minor version changes with the sources."""
    minor = zlib.crc32("\0".join(module.source for module in modules).encode(CODE_PAGE)) & 0x7FFFFFFF
    yield from (long(0x01, 3), long(0x02, 0x409), long(0x14, 0x409), short(0x03, 1252))
    yield record(0x04, name.encode(CODE_PAGE))
    yield from (text(0x05, 0x40, ""), record(0x06), record(0x3D), long(0x07, 0), long(0x08, 0))
    yield struct.pack("<HIIH", 0x09, 4, minor, 1)
    yield text(0x0C, 0x3C, "")


def reference_records() -> Iterator[bytes]:
    """The records on the two libraries that the project uses besides those of Excel and VBA."""
    for name, library in REFERENCES.items():
        yield text(0x16, 0x3E, name)
        yield record(0x0D, struct.pack("<I", len(library)) + library.encode(CODE_PAGE) + bytes(6))


def module_records(modules: Sequence[Module]) -> Iterator[bytes]:
    """The records on the modules: names, where the source starts (at 0), and of which kind each is."""
    yield short(0x0F, len(modules))
    yield short(0x13, 0xFFFF)
    for module in modules:
        yield from (text(0x19, 0x47, module.name), text(0x1A, 0x32, module.name), text(0x1C, 0x48, ""))
        yield from (long(0x31, 0), long(0x1E, 0), short(0x2C, 0xFFFF))
        yield from (record(0x21 if module.kind is Kind.STANDARD else 0x22), record(0x2B))


def record(number: int, content: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HI", number, len(content)) + content


def long(number: int, value: int) -> bytes:
    """A record of a 32-bit number."""
    return record(number, struct.pack("<I", value))


def short(number: int, value: int) -> bytes:
    """A record of a 16-bit number."""
    return record(number, struct.pack("<H", value))


def text(number: int, wide_number: int, value: str) -> bytes:
    """A text twice, in the code page and in Unicode."""
    return record(number, value.encode(CODE_PAGE)) + record(wide_number, value.encode("utf-16-le"))


# --- the streams beside it -----------------------------------------------------------------------------------


def project_stream(name: str, modules: Sequence[Module]) -> bytes:
    """The PROJECT stream, a text: not protected, no password, visible."""
    project_id = f"{{{uuid.uuid5(uuid.NAMESPACE_DNS, 'vba.' + name)}}}".upper()
    lines = [f'ID="{project_id}"', *(module.kind.value.format(module.name) for module in modules)]
    lines += [f'Name="{name}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    states = {"CMG": (NO_PROTECTION, 0x91), "DPB": (NO_PASSWORD, 0x48), "GC": (VISIBLE, 0x18)}
    lines += [f'{key}="{encrypt(project_id, state, seed)}"' for key, (state, seed) in states.items()]
    lines += ["", "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"]
    lines += ["", "[Workspace]", *(f"{module.name}=0, 0, 0, 0, C" for module in modules)]
    return ("\r\n".join(lines) + "\r\n").encode(CODE_PAGE)


def encrypt(project_id: str, data: bytes, seed: int) -> str:
    """Obscure one of the three states of protection as [MS-OVBA] 2.4.3.2 asks for; it keeps no secret."""
    key = sum(project_id.encode(CODE_PAGE)) & 0xFF
    out = bytearray([seed, seed ^ 2, seed ^ key])
    before, last, last_but_one = key, out[2], out[1]
    for plain in bytes((seed & 6) // 2) + struct.pack("<I", len(data)) + data:
        byte = plain ^ ((last_but_one + before) & 0xFF)
        out.append(byte)
        before, last, last_but_one = plain, byte, last
    return out.hex().upper()


def names_stream(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream, the modules' names in both spellings; it is not compressed, or Excel drops it all."""
    names = (module.name for module in modules)
    return b"".join(n.encode(CODE_PAGE) + b"\0" + n.encode("utf-16-le") + b"\0\0" for n in names) + b"\0\0"
