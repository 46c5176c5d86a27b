"""The link that ends news with one press, without signing in: it can do nothing else."""

import hmac

from shared.sealed import blind_index

PATH = "/kabar/berhenti?t="
_LENGTH = 32


class StopNews:
    def __init__(self, index_key: str) -> None:
        self._key = index_key

    def path(self, account_id: str) -> str:
        return f"{PATH}{account_id}.{self._proof(account_id)}"

    def account(self, token: str) -> str | None:
        """Whose news the token ends; None for one that we did not make."""
        account_id, _, proof = token.rpartition(".")
        return account_id if hmac.compare_digest(proof.encode(), self._proof(account_id).encode()) else None

    def _proof(self, account_id: str) -> str:
        return blind_index(self._key, f"stop-news:{account_id}")[:_LENGTH]
