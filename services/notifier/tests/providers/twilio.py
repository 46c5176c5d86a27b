"""A provider of Twilio's shape. A rule may be an error code of its own: `21211` (no such number), `20429` (busy)."""

from dataclasses import dataclass
from typing import Any

from services.notifier.tests.providers.http import HttpProvider, Request


@dataclass(kw_only=True)
class TwilioProvider(HttpProvider):
    def number(self, request: Request) -> str:
        return str(request.content["To"])

    def answer(self, what: str, request: Request) -> tuple[int, Any]:
        if what == "accept":
            return 201, {"sid": f"SM{len(self.requests)}", "status": "queued"}
        code = int(what)
        status = 429 if code == 20429 else 400 if code > 999 else code
        return status, {"code": code, "message": "no", "status": status}
