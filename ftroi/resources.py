"""Where the files that come with ftroi are found, and where it keeps what a person tells it."""

from __future__ import annotations

import os
from pathlib import Path

from ftroi.errors import Finding, TemplateError

PACKAGE = Path(__file__).resolve().parent

HOME_VARIABLE = "FTROI_HOME"
"""The environment variable that names another folder for what ftroi keeps."""


def templates_folder(package: Path = PACKAGE) -> Path:
    """The folder with the templates that come with ftroi, such as ``fine_tuning/``.

    An installed package carries it inside (``ftroi/templates``); in the source tree it stands
    beside the package. Raises TemplateError when neither is there.
    """
    places = (package / "templates", package.parent / "templates")
    for place in places:
        if place.is_dir():
            return place
    raise TemplateError(
        Finding(str(places[0]), "the templates that come with ftroi are missing", "install ftroi again"),
    )


def user_folder() -> Path:
    """The folder for what ftroi keeps for this person: registered templates, and logs of errors.

    It is the system's folder for settings, unless FTROI_HOME names another; it need not exist yet.
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
    """The folder for what ftroi makes for itself and can make again; it need not exist yet.

    It is the system's folder for such files, or one within the folder that FTROI_HOME names.
    """
    if os.environ.get(HOME_VARIABLE):
        return user_folder() / "cache"
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("ftroi", appauthor=False))
