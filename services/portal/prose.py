"""Text that people typed, as paragraphs and lists: escaped first, never trusted as markup."""

import re

from markupsafe import Markup, escape

_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


def prose(text: str | None) -> Markup:
    """Blank lines part paragraphs; lines that begin with a dash, dot or number become a list."""
    blocks: list[Markup] = []
    for block in re.split(r"\n\s*\n", (text or "").strip()):
        blocks += _block([line.rstrip() for line in block.split("\n") if line.strip()])
    return Markup("").join(blocks)


def _block(lines: list[str]) -> list[Markup]:
    """One paragraph, or what stands before, in and after a list."""
    found: list[Markup] = []
    run: list[str] = []
    listed = False
    for line in [*lines, None]:
        bullet = line is not None and bool(_BULLET.match(line))
        if line is None or bullet != listed:
            found += _run(run, listed)
            run, listed = [], bullet
        if line is not None:
            run.append(_BULLET.sub("", line) if bullet else line)
    return found


def _run(lines: list[str], listed: bool) -> list[Markup]:
    if not lines:
        return []
    if listed:
        items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
        return [Markup("<ul>{}</ul>").format(items)]
    return [Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in lines))]
