"""The only writer of profiles: what the person writes, and what the account's contact brings."""

from services.seeker import domain, problems
from services.seeker.domain import Career, Draft, Seeker
from services.seeker.domain.consenting import follow_switch
from services.seeker.nik import Nik
from services.seeker.store import CONTACT_SEAL, NikTaken, Overtaken, SeekerStore
from shared import clock
from shared.callers import acting
from shared.errors import NotFound, StaleVersion, Unavailable
from shared.evenness import even
from shared.versions import expected_version

TRIES = 5  # of two writers at once one is second, and reads again


class Commands:
    """`test_data` lets numbers and addresses in that no person has."""

    def __init__(self, store: SeekerStore, *, test_data: bool, now: clock.Clock = clock.now) -> None:
        self._store, self._test_data, self._now = store, test_data, now

    async def save(self, id: str, draft: Draft, *, if_match: str | None) -> Seeker:
        """Write the profile of account `id`; the first time it needs no If-Match, later it does."""
        for _ in range(TRIES):
            before = await self._store.load(id)
            _check_version(before, if_match)
            checked, nik = domain.check(
                draft, known=before, today=clock.today(self._now()), test_data=self._test_data
            )
            try:
                return await self._save(before, checked, nik, id=id)
            except Overtaken:
                continue
        raise Unavailable

    async def _save(self, before: Seeker | None, draft: Draft, nik: Nik | None, *, id: str) -> Seeker:
        if nik is None:
            return await self._revise(before, draft, nik, id=id, taken=False)
        async with even():
            try:
                return await self._revise(before, draft, nik, id=id, taken=False)
            except NikTaken:
                await self._tell_owner(nik)  # before the profile is kept: whoever dies in between has told
                return await self._revise(before, draft, nik, id=id, taken=True)

    async def _tell_owner(self, nik: Nik) -> None:
        """That the NIK was given for another account; whoever is erased meanwhile hears nothing."""
        for _ in range(TRIES):
            id = await self._store.id_of_nik(nik.digits)
            owner = await self._store.load(id) if id else None
            if owner is None:
                return
            told, events = domain.nik_repeated(owner, at=self._now())
            try:
                if events:
                    await self._store.save(owner, told, events)
                return
            except Overtaken:
                continue

    async def _revise(self, before: Seeker | None, draft: Draft, nik: Nik | None, *, id: str, taken: bool) -> Seeker:
        written = domain.revise(before, draft, nik, id=id, taken=taken)
        after, agreed = follow_switch(before, written, at=self._now(), mandate=acting.get())
        events = [*domain.profile_news(before, after, sealed=await self._sealed_contact(after)), *agreed]
        return await self._store.save(before, after, events) if events else after

    async def write_career(
        self, id: str, career: Career, *, if_match: str | None, skills: tuple[str, ...] | None = None
    ) -> Seeker:
        """Write what the CV of account `id` tells besides the profile, and with `skills` these too; always needs
        If-Match."""
        if any(problems.CONTACT.search(skill) for skill in skills or ()):
            raise problems.SkillContact
        career = domain.in_order(career, today=clock.today(self._now()))
        for _ in range(TRIES):
            before = await self._store.load(id)
            if before is None:
                raise NotFound
            if expected_version(if_match, required=True) not in (None, before.version):
                raise StaleVersion
            after = domain.take_career(before, career, skills)
            try:
                events = domain.career_news(before, after)
                return await self._store.save(before, after, events) if events else after
            except Overtaken:
                continue
        raise Unavailable

    async def take_contact(self, id: str, sealed: str, *, sequence: int) -> None:
        """Bring the account's contact into the profile, and make the profile if there is none."""
        contact = await self._store.open_account(id, sealed)
        if contact is None:
            return  # the person was erased: there is nobody to reach
        for _ in range(TRIES):
            try:
                await self._take(contact, id=id, sequence=sequence)
                return
            except Overtaken:
                continue
        raise Unavailable

    async def _take(self, contact: dict[str, str], *, id: str, sequence: int) -> None:
        before = await self._store.load(id)
        after = domain.take_contact(before, contact, id=id, sequence=sequence)
        if after != before:
            events = domain.contact_news(before, after, sealed=await self._sealed_contact(after))
            await self._store.save(before, after, events)

    async def _sealed_contact(self, seeker: Seeker) -> str:
        return await self._store.seal(seeker.id, CONTACT_SEAL, dict(seeker.personal.contact))


def _check_version(seeker: Seeker | None, if_match: str | None) -> None:
    expected = expected_version(if_match, required=seeker is not None and seeker.saved)
    if expected is not None and expected != (seeker.version if seeker else 0):
        raise StaleVersion
