"""The compression of VBA sources and of the project's `dir` stream.

Source: [MS-OVBA], Office VBA File Format Structure, 2.4.1. Text is cut into chunks of 4096 bytes; within a chunk a
token of two bytes stands for a copy of earlier bytes, and each group of eight tokens has one byte of flags before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

CONTAINER = b"\x01"
CHUNK = 4096
COMPRESSED, RAW = 0xB000, 0x3000  # the header's flag and signature; the lowest twelve bits hold the size
SHORTEST_COPY = 3
LEAST_OFFSET_BITS = 4


def compress(data: bytes) -> bytes:
    """Compress bytes; the same bytes always give the same result.

    Raises ValueError where the last chunk, shorter than 4096 bytes, grows beyond 4096: the format cannot hold it.
    """
    return CONTAINER + b"".join(compress_chunk(data[n : n + CHUNK]) for n in range(0, len(data), CHUNK))


def compress_chunk(chunk: bytes) -> bytes:
    """A chunk with its header, as it stands where compression would make it longer."""
    body = b"".join(groups(chunk))
    if len(body) <= CHUNK:
        return (COMPRESSED | (len(body) - 1)).to_bytes(2, "little") + body
    if len(chunk) < CHUNK:
        raise ValueError("the last chunk cannot be compressed")
    return (RAW | (CHUNK - 1)).to_bytes(2, "little") + chunk


def groups(chunk: bytes) -> Iterator[bytes]:
    """Groups of at most eight tokens; bit n of a group's first byte says that token n is a copy."""
    found = list(tokens(chunk))
    for first in range(0, len(found), 8):
        group = found[first : first + 8]
        flags = sum(1 << bit for bit, token in enumerate(group) if len(token) > 1)
        yield bytes([flags]) + b"".join(group)


def tokens(chunk: bytes) -> Iterator[bytes]:
    """One byte as it is, or two that stand for a copy."""
    seen: defaultdict[bytes, list[int]] = defaultdict(list)
    here = 0
    while here < len(chunk):
        offset, length = longest_copy(chunk, here, seen[chunk[here : here + SHORTEST_COPY]])
        if length < SHORTEST_COPY:
            length = 1
            yield chunk[here : here + 1]
        else:
            yield copy_token(here, offset, length)
        for place in range(here, here + length):
            seen[chunk[place : place + SHORTEST_COPY]].append(place)
        here += length


def longest_copy(chunk: bytes, here: int, starts: list[int]) -> tuple[int, int]:
    """The distance and length of the longest earlier text that goes on as at `here`; the nearest of equals."""
    most = min(longest_length(here), len(chunk) - here)
    best = (0, 0)
    for start in reversed(starts):
        length = common_length(chunk, start, here, most)
        if length > best[1]:
            best = (here - start, length)
        if length == most:
            break
    return best


def common_length(chunk: bytes, start: int, here: int, most: int) -> int:
    """Count the bytes, at most `most`, that are the same from `start` and from `here`."""
    length = 0
    while length < most and chunk[start + length] == chunk[here + length]:
        length += 1
    return length


def copy_token(here: int, offset: int, length: int) -> bytes:
    """The two bytes of a copy; how many bits the offset takes depends on the place in the chunk."""
    return ((offset - 1) << (16 - offset_bits(here)) | (length - SHORTEST_COPY)).to_bytes(2, "little")


def longest_length(here: int) -> int:
    """The longest copy that a token at `here` can name."""
    return (0xFFFF >> offset_bits(here)) + SHORTEST_COPY


def offset_bits(here: int) -> int:
    """Count the bits of a token that hold the offset, 4 to 12."""
    return max((here - 1).bit_length(), LEAST_OFFSET_BITS)


# --- and back ----------------------------------------------------------------------------------------------


def decompress(data: bytes) -> bytes:
    """Undo the compression; raises ValueError or IndexError where the data is none, or damaged."""
    if not data.startswith(CONTAINER):
        raise ValueError("not compressed as VBA's texts are")
    out, place = bytearray(), 1
    while place + 1 < len(data):
        header = int.from_bytes(data[place : place + 2], "little")
        end = place + (header & 0x0FFF) + 3
        chunk = data[place + 2 : end]
        out += expanded(chunk) if header & 0x8000 else chunk
        place = end
    return bytes(out)


def expanded(chunk: bytes) -> bytearray:
    """The text of one compressed chunk."""
    out, place = bytearray(), 0
    while place < len(chunk):
        flags, place = chunk[place], place + 1
        for bit in range(8):
            if place >= len(chunk):
                break
            if flags >> bit & 1:
                append_copy(out, int.from_bytes(chunk[place : place + 2], "little"))
                place += 2
            else:
                out.append(chunk[place])
                place += 1
    return out


def append_copy(out: bytearray, token: int) -> None:
    """Append the earlier bytes that a token stands for; they may overlap what is appended."""
    length_bits = 16 - offset_bits(len(out))
    start = len(out) - (token >> length_bits) - 1
    if start < 0:
        raise ValueError("a copy of what was never there")
    for place in range(start, start + (token & ((1 << length_bits) - 1)) + SHORTEST_COPY):
        out.append(out[place])
