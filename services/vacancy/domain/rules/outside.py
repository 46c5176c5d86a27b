"""M8: ways out of the system, where nobody sees what is asked for."""

from services.vacancy.domain.rules.wording import words

LINKS = words(
    r"\bhttps?://\S+|\bwww\.\S+",
    r"\b(?:bit\.ly|s\.id|t\.me|wa\.me|linktr\.ee|forms\.gle|tinyurl\.com|cutt\.ly|shorturl\.at)\b\S*",
    r"\b[\w.+-]+@(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|aol|proton|protonmail)\.\w{2,3}(?:\.\w{2})?\b",
)
