"""How the patterns of the rules are written."""

import re

# A word between two others; one that denies them ends the match.
WORD = r"(?!(?:tidak|tdk|tak|bukan|jangan|tanpa|bebas|gratis)\b)\w+"


def words(*patterns: str) -> re.Pattern[str]:
    """Any of the patterns, in text of either case; a blank in a pattern stands for any white space,
    and " ?" for some or none."""
    return re.compile("|".join(patterns).replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)
