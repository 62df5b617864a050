"""The folders of ftroi: the templates that come with it, the user's data, and the cache."""

from __future__ import annotations

import os
from pathlib import Path

from ftroi.errors import Finding, TemplateError

PACKAGE = Path(__file__).resolve().parent

HOME_VARIABLE = "FTROI_HOME"
"""The environment variable that overrides the user's folder."""


def templates_folder(package: Path = PACKAGE) -> Path:
    """The folder with the templates that come with ftroi, such as ``fine_tuning/``.

    It is inside an installed package (``ftroi/templates``), and beside the package in the source tree. Raises
    TemplateError if there is neither.
    """
    places = (package / "templates", package.parent / "templates")
    for place in places:
        if place.is_dir():
            return place
    raise TemplateError(
        Finding(str(places[0]), "the templates that come with ftroi are missing", "install ftroi again"),
    )


def user_folder() -> Path:
    """The folder for the user's data: the register of templates, the journal of the installer, and logs of errors.

    It is in the system's folder for settings, unless FTROI_HOME names another; it need not exist yet. Raises
    TemplateError if FTROI_HOME cannot be resolved.
    """
    if named := os.environ.get(HOME_VARIABLE):
        try:
            return Path(named).expanduser()
        except RuntimeError:
            what = f"'{named}' begins with a user whom this machine does not know"
            raise TemplateError(Finding(HOME_VARIABLE, what, "name a folder by its whole path")) from None
    from platformdirs import user_config_dir

    return Path(user_config_dir("ftroi", appauthor=False))


def cache_folder() -> Path:
    """The folder for files that ftroi can regenerate, such as compiled code; it need not exist yet.

    It is in the system's folder for caches, or in the folder that FTROI_HOME names.
    """
    if os.environ.get(HOME_VARIABLE):
        return user_folder() / "cache"
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("ftroi", appauthor=False))
