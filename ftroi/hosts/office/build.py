"""Building ``ftroi.oxt`` on the machine that uses it, as the extension holds the paths of ftroi's environment."""

from __future__ import annotations

import json
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from ftroi import __version__
from ftroi.functions.registry import FUNCTIONS
from ftroi.hosts.office.interface import MODULE, configuration, idl, jobs, method_name
from ftroi.hosts.zipped import zipped
from ftroi.resources import PACKAGE

FILE_NAME = "ftroi.oxt"
COMPONENT = "ftroi_addin.py"
TYPES = "ftroi_types.idl"
SETTINGS = "settings.json"
CONFIGURATION, JOBS = "CalcAddIns.xcu", "Jobs.xcu"

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_KINDS = {
    TYPES: "application/vnd.sun.star.uno-typelibrary;type=RDB",
    COMPONENT: "application/vnd.sun.star.uno-component;type=Python",
    CONFIGURATION: "application/vnd.sun.star.configuration-data",
    JOBS: "application/vnd.sun.star.configuration-data",
}


def build_oxt(output: Path) -> Path:
    """Write ``ftroi.oxt`` into the folder ``output``, which is created if necessary, and return its path.

    LibreOffice imports ftroi and its dependencies from the folders of the running Python.
    """
    output.mkdir(parents=True, exist_ok=True)
    path = output / FILE_NAME
    path.write_bytes(zipped(extension_parts()))
    return path


def extension_parts(paths: Sequence[Path] | None = None) -> dict[str, bytes]:
    """The contents of the extension's files by name; ``paths`` are folders to import from (default: `own_paths`)."""
    texts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        TYPES: idl(FUNCTIONS.values()),
        CONFIGURATION: configuration(FUNCTIONS.values()),
        JOBS: jobs(),
        SETTINGS: _settings(own_paths() if paths is None else paths),
        COMPONENT: (Path(__file__).parent / "inside" / "component.py").read_text(encoding="utf-8"),
    }
    return {name: text.encode() for name, text in texts.items()}


def own_paths() -> list[Path]:
    """The folders from which the running Python imports ftroi and its dependencies."""
    installed = sysconfig.get_paths()
    found = (PACKAGE.parent, Path(installed["purelib"]), Path(installed["platlib"]))
    return list(dict.fromkeys(found))


def _settings(paths: Sequence[Path]) -> str:
    """The settings that the component reads: ftroi's folders, the version of Python, and the names of the methods."""
    settings = {
        "python": "{}.{}".format(*sys.version_info[:2]),
        "paths": [str(path) for path in paths],
        "methods": {method_name(name): name for name in FUNCTIONS},
    }
    return json.dumps(settings, indent=1) + "\n"


def _manifest() -> str:
    names = 'xmlns:manifest="http://openoffice.org/2001/manifest"'
    entries = "".join(
        f' <manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>\n'
        for name, kind in _KINDS.items()
    )
    return f"{_HEAD}<manifest:manifest {names}>\n{entries}</manifest:manifest>\n"


def _description() -> str:
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006">\n'
        f' <identifier value="{MODULE}"/>\n <version value="{__version__}"/>\n'
        ' <display-name><name lang="en">ftroi: what fine-tuning really costs</name></display-name>\n'
        "</description>\n"
    )
