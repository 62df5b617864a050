"""The JSON Schemas of a template's files, for editors: written to docs/schema, and held fresh by a test.

Run ``python -m tests.support.schemas`` to write them anew.
"""

from __future__ import annotations

import json
from pathlib import Path

from ftroi.termsheet.file_schemas import FILES, json_schema

FOLDER = Path(__file__).parents[2] / "docs" / "schema"


def texts() -> dict[Path, str]:
    """Each file's path and the text that it should hold."""
    return {FOLDER / f"{kind}.json": json.dumps(json_schema(kind), indent=1) + "\n" for kind in FILES}


def main() -> None:
    """Write the files."""
    for path, text in texts().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
