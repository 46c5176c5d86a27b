"""What a person does with the own documents."""

from services.seeker.documents.checking import Cleaner
from services.seeker.domain.document_states import TABLE
from services.seeker.problems import DocumentNotClean
from services.seeker.store.documents import Document, DocumentStore
from shared import clock
from shared.errors import NotFound
from shared.events import new_id
from shared.leave import Leave, Leaves


class Documents:
    def __init__(
        self, store: DocumentStore, cleaner: Cleaner, *, scanned: bool, now: clock.Clock = clock.now
    ) -> None:
        """`scanned`: a scanner is configured, so that what comes waits for it."""
        self._store, self._cleaner, self._now = store, cleaner, now
        self._first = TABLE["uploaded", "hold" if scanned else "pass"]

    async def mine(self, seeker_id: str) -> list[Document]:
        return await self._store.of_seeker(seeker_id)

    async def add(self, seeker_id: str, kind: str, raw: bytes) -> Document:
        """Nothing is stored of what could not be read; raises a `Flaw`."""
        media_type, content = await self._cleaner.clean(raw)
        document = Document(
            id=new_id("doc"),
            seeker_id=seeker_id,
            kind=kind,
            media_type=media_type,
            size=len(content),
            state=self._first,
            created_at=self._now(),
        )
        await self._store.add(document, content)
        return document

    async def open(self, id: str, *, seeker_id: str) -> tuple[Document, bytes]:
        """Raises `NotFound`, and `DocumentNotClean` to the owner too."""
        document = await self._store.load(id, seeker_id=seeker_id)
        if document.state != "clean":
            raise DocumentNotClean
        return document, await self._store.content(document)

    async def attached(self, leaves: Leaves, token: str, *, reader: str) -> list[Document]:
        """Those of a leave that are there and clean; raises `LeaveOver`."""
        leave = leaves.read(token, reader=reader, at=self._now())
        return [each for each in await self._store.of_seeker(leave.person) if _open_to(leave, each)]

    async def open_attached(self, leaves: Leaves, token: str, id: str, *, reader: str) -> tuple[Document, bytes]:
        """Raises `LeaveOver`, and `NotFound` for what the leave does not open or its owner has deleted."""
        leave = leaves.read(token, reader=reader, at=self._now())
        document = await self._store.load(id, seeker_id=leave.person)
        if not leave.opens or not _open_to(leave, document):
            raise NotFound
        return document, await self._store.content(document)

    async def drop(self, id: str, *, seeker_id: str) -> None:
        await self._store.drop(id, seeker_id=seeker_id)


def _open_to(leave: Leave, document: Document) -> bool:
    return document.id in leave.documents and document.state == "clean"
