"""The word that answers one six-monthly question without a login: the card's id, which question, and a proof that we
gave it out."""

from services.seeker.domain.cards import Card, report_day
from services.seeker.stopping import StopTokens


class ReportTokens(StopTokens):
    """Good for one question: after the answer, and for the next one, it is none."""

    purpose = b"si-caker report-card v1"

    def for_card(self, card: Card) -> str:
        due = report_day(card)
        return self.make(f"{card.id}~{due:%Y%m%d}" if due else card.id)

    def card_id(self, token: str) -> str | None:
        """Whose token it is; None where we did not make it. Whether its question is open is for the card to say."""
        found = self.search_id(token)
        return found.partition("~")[0] if found else None
