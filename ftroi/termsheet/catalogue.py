"""The templates on this machine: those that come with ftroi, and those that a company has registered.

A workbook names its template by id, never by a path. The register, a JSON file in the user's folder, maps each id to a
folder on this machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from ftroi.atomic import read_plain, write_text
from ftroi.errors import Finding, TemplateError
from ftroi.language import did_you_mean
from ftroi.resources import templates_folder, user_folder
from ftroi.termsheet.load import load_template
from ftroi.termsheet.model import Template

REGISTER = "templates.json"
"""The name of the register in the user's folder."""

_MOST_BYTES = 1_000_000

ADD_COMMAND = "ftroi template add FOLDER"


def built_in() -> dict[str, Path]:
    """The folders of the templates that come with ftroi, by id."""
    return {file.parent.name: file.parent for file in sorted(templates_folder().glob("*/template.toml"))}


def registered() -> dict[str, Path]:
    """The folders of the registered templates, by id.

    Raises TemplateError if the register cannot be read.
    """
    path = user_folder() / REGISTER
    try:
        table = json.loads(read_plain(path, _MOST_BYTES).decode("utf-8"))
        return {str(name): Path(str(folder)) for name, folder in table["templates"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise TemplateError(Finding(str(path), f"cannot be read ({error.strerror})", "check its rights")) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        cure = f"delete it, and register your templates again with '{ADD_COMMAND}'"
        raise TemplateError(Finding(str(path), "is no register of templates", cure)) from None


def register(folder: Path, *, replace: bool = False) -> Template:
    """Load and check a template, and register its folder under its id.

    Raises TemplateError if the template has findings, or if its id belongs to a template that comes with ftroi or,
    without ``replace``, to one registered from another folder: that template's workbooks would be computed with it.
    """
    folder = Path(folder).resolve()
    template = load_template(folder)
    if template.id in built_in():
        what = f"the id '{template.id}' belongs to the template that comes with ftroi"
        raise TemplateError(Finding(str(folder / "template.toml"), what, "give yours an id of its own"))
    known = registered()
    if known.get(template.id, folder) != folder and not replace:
        what = f"the id '{template.id}' belongs to the template in {known[template.id]}"
        raise TemplateError(Finding(str(folder / "template.toml"), what, "give yours another id, or add --replace"))
    _write({**known, template.id: folder})
    return template


def _write(folders: Mapping[str, Path]) -> None:
    path = user_folder() / REGISTER
    text = json.dumps({"templates": {name: str(folder) for name, folder in sorted(folders.items())}}, indent=2)
    try:
        write_text(path, text + "\n")
    except OSError as error:
        cure = "check its rights, or name another folder with FTROI_HOME"
        raise TemplateError(Finding(str(path), f"cannot be written ({error.strerror})", cure)) from None


def template_of_id(wanted: str) -> Template:
    """Load a template by its id, as workbooks name it; the id is never taken for a path.

    Raises TemplateError if it is not registered, its folder does not exist, or it has findings.
    """
    own = built_in()
    if wanted in own:
        return _loaded(own[wanted])
    others = registered()
    if wanted not in others:
        raise _not_registered(wanted, [*own, *others])
    folder = others[wanted]
    if not folder.is_dir():
        what = f"its folder {folder} is not there any more"
        raise TemplateError(Finding(f"template '{wanted}'", what, f"register its new place with '{ADD_COMMAND}'"))
    template = _loaded(folder)
    if template.id != wanted:
        what = f"the template in {folder} now has the id '{template.id}'"
        raise TemplateError(Finding(f"template '{wanted}'", what, f"register the right folder with '{ADD_COMMAND}'"))
    return template


def _loaded(folder: Path) -> Template:
    """A template, loaded once for as long as none of its files is another: commands ask for it several times."""
    try:
        found = sorted((str(path), path.stat()) for path in folder.rglob("*"))
    except OSError:
        return load_template(folder)
    return _kept(folder, tuple((path, of.st_mtime_ns, of.st_size, of.st_ino) for path, of in found))


@lru_cache(maxsize=4)
def _kept(folder: Path, _files: tuple[tuple[str, int, int, int], ...]) -> Template:
    return load_template(folder)


def find_template(id_or_folder: str) -> Template:
    """Load a template by its id or, if no template has that id, from the folder of that name.

    Raises TemplateError if there is neither, or if the template has findings.
    """
    if id_or_folder in built_in() or id_or_folder in registered():
        return template_of_id(id_or_folder)
    folder = Path(id_or_folder).expanduser()
    return load_template(folder) if folder.exists() else template_of_id(id_or_folder)


def _not_registered(wanted: str, known: list[str]) -> TemplateError:
    near = did_you_mean(wanted, known)
    cure = f"register its folder with '{ADD_COMMAND}'"
    return TemplateError(
        Finding(f"template '{wanted}'", "is not registered on this machine", f"{near} Or {cure}" if near else cure)
    )
