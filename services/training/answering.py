"""The word that answers one question about one training without a login: the enrolment's id, the months, and a proof
that we gave it out. It tells nothing about the person, and can do nothing else."""

import base64
import hashlib
import hmac

PURPOSE = b"si-caker training follow-up v1"  # a key of its own: what is proven here proves nothing elsewhere
PROOF_BYTES = 16


class AnswerTokens:
    """Makes and reads tokens under a key derived from `index_key`."""

    def __init__(self, index_key: str) -> None:
        self._key = hmac.new(base64.b64decode(index_key), PURPOSE, hashlib.sha256).digest()

    def make(self, enrolment_id: str, months: int) -> str:
        return f"{enrolment_id}.{months}.{self._proof(enrolment_id, months)}"

    def read(self, token: str) -> tuple[str, int] | None:
        """Which enrolment and question it is for; None where we did not make it."""
        parts = token.split(".")
        if len(parts) != 3 or not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 3):
            return None
        id, months = parts[0], int(parts[1])
        good = hmac.compare_digest(parts[2].encode(), self._proof(id, months).encode())
        return (id, months) if good else None

    def _proof(self, enrolment_id: str, months: int) -> str:
        digest = hmac.new(self._key, f"{enrolment_id}.{months}".encode(), hashlib.sha256).digest()[:PROOF_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
