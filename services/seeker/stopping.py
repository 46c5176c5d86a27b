"""The word that stops a saved search's messages without a login: the search's id, and a proof that we gave it out.
It tells nothing about the person, and can do nothing else."""

import base64
import hashlib
import hmac

PROOF_BYTES = 16


class StopTokens:
    """Makes and reads tokens under a key derived from `index_key`."""

    purpose = b"si-caker stop-alerts v1"  # a key of its own: what is proven here proves nothing elsewhere

    def __init__(self, index_key: str) -> None:
        self._key = hmac.new(base64.b64decode(index_key), self.purpose, hashlib.sha256).digest()

    def make(self, search_id: str) -> str:
        """The same for the same search, so that the link in an old mail works as long as the search is there."""
        return f"{search_id}.{self._proof(search_id)}"

    def search_id(self, token: str) -> str | None:
        """Whose token it is; None where we did not make it."""
        id, _, proof = token.rpartition(".")
        good = id and hmac.compare_digest(proof.encode(), self._proof(id).encode())
        return id if good else None

    def _proof(self, search_id: str) -> str:
        digest = hmac.new(self._key, search_id.encode(), hashlib.sha256).digest()[:PROOF_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
