"""Where the files that come with ftroi are found."""

from __future__ import annotations

from pathlib import Path

from ftroi.errors import Finding, TemplateError

PACKAGE = Path(__file__).resolve().parent


def templates_folder(package: Path = PACKAGE) -> Path:
    """Give the folder with the templates that come with ftroi, such as ``fine_tuning/``.

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
