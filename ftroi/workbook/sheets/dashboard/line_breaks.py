"""Breaking the verdict's sentence into the lines of the Dashboard's bar, as formulas and in Python alike."""

from __future__ import annotations

ROOM, ROOM_BELOW = 68, 120
"""Characters that fit the bar's width: in the first line, of large type, and in the second."""

_STOP = "¦"


def lines_of(sentence: str) -> tuple[str, str, str]:
    """Break a sentence at spaces into a line of large type and one below it; the third holds the rest."""
    first = _line(sentence, ROOM)
    second = _line(sentence[len(first) :], ROOM_BELOW)
    return first, second, sentence[len(first) + len(second) :]


def _line(rest: str, room: int) -> str:
    return rest if len(rest) <= room else rest[: rest[:room].rfind(" ") + 1 or room]


def line_formulas(sentence: str, rooms: tuple[str, str], lines: tuple[str, str]) -> tuple[str, str, str]:
    """The same as formulas over the cells of the sentence, of both rooms and of the first two lines."""
    first, second = lines
    beyond = f"MID({sentence},LEN({first})+1,LEN({sentence}))"
    last = f"MID({sentence},LEN({first})+LEN({second})+1,LEN({sentence}))"
    return _formula(sentence, rooms[0]), _formula(beyond, rooms[1]), last


def _formula(rest: str, room: str) -> str:
    part = f"LEFT({rest},{room})"
    spaces = f'LEN({part})-LEN(SUBSTITUTE({part}," ",""))'
    last_space = f'FIND("{_STOP}",SUBSTITUTE({part}," ","{_STOP}",{spaces}))'
    return f"IF(LEN({rest})<={room},{rest},LEFT({rest},IFERROR({last_space},{room})))"
