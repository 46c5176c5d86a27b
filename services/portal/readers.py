"""Who looks at a page, as far as the request tells: a person, or a program whose look does not count."""

import re
from collections.abc import Mapping

_PROGRAMS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|skype|curl|wget|python|httpx|java/"
    r"|go-http|headless|lighthouse|monitor|scrapy|libwww|feed",
    re.IGNORECASE,
)


def is_person(headers: Mapping[str, str]) -> bool:
    """No known program, and no browser that only fetches ahead."""
    agent = headers.get("user-agent", "")
    ahead = "prefetch" in headers.get("sec-purpose", "") + headers.get("purpose", "") + headers.get("x-moz", "")
    return bool(agent) and not ahead and _PROGRAMS.search(agent) is None
