"""What a copy of an order may be: a photograph or a PDF, told by its content and never by its name; and how large."""

from pathlib import PurePath

from callhandler.errors import BadInput
from callhandler.services.office import line

LARGEST = 10 * 1024 * 1024
"""Bytes. A photograph of a telephone has 2 to 6 million."""

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
_ENDINGS = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND\xaeB`\x82", "application/pdf": b"%%EOF"}


def media_type(content: bytes) -> str:
    """What a file is. Raises BadInput, in words for a handler, when it cannot be kept as a copy of an order."""
    if not content:
        raise BadInput("This file is empty. Ask for the photograph again, or take it down in words.", "copy")
    if len(content) > LARGEST:
        raise BadInput(
            f"This file has {spoken_size(len(content))}; the most is {spoken_size(LARGEST)}. Nothing was kept. "
            "A photograph of each page, or a smaller picture, will do.",
            "copy",
        )
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheif"):
        raise BadInput(
            "This picture is of a kind (HEIC) that not every desk can show. Ask for it as a JPEG, or for a screenshot.",
            "copy",
        )
    found = next((kind for start, kind in _BEGINNINGS if content.startswith(start)), None)
    if found is None:
        raise BadInput(
            "This is neither a JPEG or PNG picture nor a PDF, by what is in it. A photograph of the order will do.",
            "copy",
        )
    if content.rfind(_ENDINGS[found]) < len(content) // 2:
        raise BadInput("This file breaks off before its end. Ask for it to be sent again.", "copy")
    return found


def plain_name(name: str) -> str:
    """A file's own name without its folders, safe to show."""
    kept = line(PurePath(name.replace("\\", "/")).name, "The file's name", empty=True)
    return kept[-120:] or "copy"


def spoken_size(size: int) -> str:
    """A size as people say it."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"
