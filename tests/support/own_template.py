"""A company's own template: the shipped one under another id, with texts changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from ftroi.resources import templates_folder


def changed_template(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """Copy the shipped template with changes (file, text, new text); each text must stand in its file once.

    Its id is that of the folder: whoever has read a template keeps it by its id.
    """
    shutil.copytree(templates_folder() / "fine_tuning", folder)
    for file, text, new in (("template.toml", '"fine_tuning"', f'"{folder.name}"'), *changes):
        path = folder / file
        before = path.read_text(encoding="utf-8")
        assert before.count(text) == 1, (file, text, before.count(text))
        path.write_text(before.replace(text, new), encoding="utf-8")
    return folder
