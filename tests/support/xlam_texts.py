"""What a VBA project may hold, drawn by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

# A size of each kind: nothing, one mini sector, the last small stream, the first large one, several sectors.
SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 9000])
# What a module's text may hold: words that repeat, single letters of the code page, empty lines.
TEXTS = st.lists(st.sampled_from(["Dim total\n", "é", "' a remark\n", "x", " ", "\n", "€uro = 1\n"]), max_size=400)
MODULES = st.dictionaries(st.from_regex(r"M[a-z0-9_]{0,29}", fullmatch=True), TEXTS.map("".join), max_size=9)
