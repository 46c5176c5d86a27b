"""A provider of Zenziva's shape. Rules besides HTTP's: `no credit`, `bad number`."""

from dataclasses import dataclass
from typing import Any

from services.notifier.tests.providers.http import HttpProvider, Request


@dataclass(kw_only=True)
class ZenzivaProvider(HttpProvider):
    def number(self, request: Request) -> str:
        return str(request.content["to"])

    def answer(self, what: str, request: Request) -> tuple[int, Any]:
        if what in ("no", "bad"):
            text = "Credit tidak mencukupi" if what == "no" else "Nomor tujuan tidak valid"
            return 200, {"status": "0", "text": text}
        if what != "accept":
            return int(what), {}
        return 200, {"messageId": len(self.requests), "to": self.number(request), "status": "1", "text": "Success"}
