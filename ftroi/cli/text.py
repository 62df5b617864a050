"""Texts that are safe to print."""


def printable(text: str) -> str:
    """A text without control characters, which a workbook might bring; line ends stay."""
    return "".join(one if one.isprintable() or one == "\n" else " " for one in text)
