"""Text of one line, as every part of a profile takes it."""

from typing import Annotated

from pydantic import AfterValidator


def _one_line(text: str) -> str:
    """Runs of spaces and line breaks become one space; other control characters are refused."""
    line = " ".join(text.split())
    if not line.isprintable():
        raise ValueError("Ada tanda yang tidak bisa dibaca. Ketik ulang. / Some characters cannot be read.")
    return line


Line = Annotated[str, AfterValidator(_one_line)]
