"""What the API says of mandates."""

from typing import Any

MANDATE: dict[str, Any] = {
    "id": "mdt_1",
    "name": "Siti Aminah",
    "helper_role": "cadre",
    "began_at": "2026-11-24T03:00:00Z",
    "until": "2026-12-01T03:00:00Z",
    "sitting_until": "2026-11-24T03:45:00Z",
    "ended_at": None,
    "ended_by": None,
    "open": True,
}
ACTING = {"access_token": "acting", "token_type": "Bearer", "expires_in": 60}
