"""What waits for the scanner: looked at in turn, and again where it did not answer. Nothing is lost."""

from services.seeker.documents.scanning import Scanner, ScannerAway
from services.seeker.measures import scanned
from services.seeker.store.documents import Document
from services.seeker.store.waiting_documents import WaitingDocuments
from shared import log, metrics

MOST_AT_ONCE = 50  # of one look; the rest at the next


class Quarantine:
    def __init__(self, waiting: WaitingDocuments, scanner: Scanner) -> None:
        self._waiting, self._scanner = waiting, scanner

    async def look(self) -> int:
        """How many were decided. Ends at the first that got no answer: its lease runs out, then it is asked again."""
        for done in range(MOST_AT_ONCE):
            document, token = await self._waiting.take()
            if document is None:
                return done
            try:
                await self._decide(document, token)
            except ScannerAway as error:
                metrics.waiting.labels("clamav").set(1)
                log.get().warning("scan_waits", dependency="clamav", kind=str(error))
                return done
            metrics.waiting.labels("clamav").set(0)
        return MOST_AT_ONCE

    async def _decide(self, document: Document, token: str) -> None:
        """One that is decided already is here because its bytes were not yet destroyed."""
        if document.state == "scanning":
            content = await self._waiting.content(document)
            if content is None:
                return
            finding = await self._scanner.scan(content)
            if await self._waiting.mark(document, finding, token=token):
                scanned.labels(finding).inc()
            if finding == "pass":
                return
        await self._waiting.destroy(document)
