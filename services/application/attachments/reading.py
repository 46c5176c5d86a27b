"""Who may read what was attached to an application: its employer, while there is something to decide or somebody was
hired. What is read is noted before the leave is given."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.application.domain import OPEN, Application, Letter
from services.application.store import NOTE_SEAL, ApplicationStore
from shared import clock
from shared.callers import Caller
from shared.errors import NotFound
from shared.leave import LASTS, Leave, Leaves
from shared.readings import Read
from shared.sealed import Erased, Vault

READ_IN = (*OPEN, "hired")


class AttachmentsView(BaseModel):
    """What was attached, by the ids of the documents."""

    model_config = ConfigDict(frozen=True, title="ApplicationAttachments")
    documents: tuple[str, ...]
    leave: str = Field(repr=False, description="as X-Leave it shows at `/seekers/attachments` what these are")
    expires_in: int = Field(description="seconds")


class DocumentLeave(BaseModel):
    """Leave to read one of them."""

    model_config = ConfigDict(frozen=True, title="AttachmentLeave")
    leave: str = Field(repr=False, description="opens `/seekers/attachments/{document_id}`, as the header X-Leave")
    expires_in: int = Field(description="seconds")


class Attachments:
    def __init__(
        self, store: ApplicationStore, *, vault: Vault, leaves: Leaves, now: clock.Clock = clock.now
    ) -> None:
        self._store, self._vault, self._leaves, self._now = store, vault, leaves, now

    async def of(self, id: str, *, caller: Caller) -> AttachmentsView:
        """Raises `NotFound` for everybody but the employer, and after the end."""
        application, documents = await self._readable(id, caller)
        leave = self._leave(application, documents, caller, opens=False)
        return AttachmentsView(documents=documents, leave=leave, expires_in=int(LASTS.total_seconds()))

    async def leave(self, id: str, document_id: str, *, caller: Caller) -> DocumentLeave:
        """To read one of them, which the person will see; raises `NotFound` for what was not attached."""
        application, documents = await self._readable(id, caller)
        if document_id not in documents:
            raise NotFound
        read = Read(application.seeker_id, application.id, _known_as(application))
        await self._store.readings.note([read], caller=caller, way="attachment")
        leave = self._leave(application, (document_id,), caller, opens=True)
        return DocumentLeave(leave=leave, expires_in=int(LASTS.total_seconds()))

    async def _readable(self, id: str, caller: Caller) -> tuple[Application, tuple[str, ...]]:
        application = await self._store.load(id)
        if application is None or application.state not in READ_IN:
            raise NotFound
        if await self._store.vacancy(application.vacancy.id, owner_id=caller.account_id) is None:
            raise NotFound
        return application, await self._attached(application)

    async def _attached(self, application: Application) -> tuple[str, ...]:
        if application.note_sealed is None:
            return ()
        try:
            opened = await self._vault.open(application.seeker_id, NOTE_SEAL, application.note_sealed)
        except Erased:
            return ()
        return Letter.read(opened).attachments

    def _leave(self, application: Application, documents: tuple[str, ...], caller: Caller, *, opens: bool) -> str:
        leave = Leave(
            reader=caller.account_id,
            person=application.seeker_id,
            about=application.id,
            documents=documents,
            opens=opens,
        )
        at: datetime = self._now()
        return self._leaves.write(leave, at=at)


def _known_as(application: Application) -> dict[str, str]:
    vacancy = application.vacancy
    return {"number": application.number, "title": vacancy.title, "employer_name": vacancy.employer_name}
