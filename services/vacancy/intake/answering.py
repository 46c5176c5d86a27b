"""Judges one record and sends its receipt: at least once, always with the same id for the same record."""

from hashlib import sha256

from services.vacancy import measures
from services.vacancy.commands.feed import Feed
from services.vacancy.commands.province import ProvinceCommands, Taken
from services.vacancy.domain.refusals import Flawed, OriginEnded
from services.vacancy.intake.reading import Letter, offer, read, tombstone
from shared import log
from shared.contracts.province import (
    ProvinceRecordAnswered,
    ProvinceResendAsked,
    ProvinceVacancyEnded,
    ProvinceVacancyOffered,
    Status,
    topic,
)
from shared.events import encode, seal_envelope
from shared.kafka import Publisher, Record, topic_name

PARKED = frozenset({"unknown_type"})  # a newer writer's: it waits until we know it


class Answering:
    def __init__(
        self, commands: ProvinceCommands, feed: Feed, publisher: Publisher, *, topic_prefix: str = ""
    ) -> None:
        self._commands, self._feed, self._publisher, self._prefix = commands, feed, publisher, topic_prefix

    async def answer(self, record: Record) -> Status:
        """Raises only what a later try may mend."""
        letter = read(record)
        receipt = await self._judge(letter)
        await self.send(record, letter, receipt)
        return receipt.status

    async def park(self, record: Record) -> None:
        """It could not be judged within its time; it is kept, and tried again by an operator."""
        letter = read(record)
        await self.send(record, letter, _receipt(letter, "parked", code="not_judged"))

    async def send(self, record: Record, letter: Letter, receipt: ProvinceRecordAnswered) -> None:
        subject = letter.origin_id or letter.event_id or "unreadable"
        place = f"{record.topic}:{record.partition}:{record.offset}:{receipt.reason_code == 'not_judged'}"
        envelope = seal_envelope(
            receipt, source="vacancy", subject=subject, sequence=record.offset + 1, correlation=None, causation=None
        ).model_copy(update={"id": f"rcp_{sha256(place.encode()).hexdigest()[:32]}"})
        to = topic_name(self._prefix, topic(letter.place.province, "receipt"))
        await self._publisher.send(to, key=subject, value=encode(envelope).encode())
        measures.records.labels(letter.place.province, receipt.status).inc()
        log.get().info("province_record", state=receipt.status, code=receipt.reason_code or "")

    async def _judge(self, letter: Letter) -> ProvinceRecordAnswered:
        if letter.event is None:
            status: Status = "parked" if letter.code in PARKED else "rejected"
            return _receipt(letter, status, code=letter.code, field=letter.field, rule=letter.rule)
        if isinstance(letter.event, ProvinceResendAsked):
            return await self._resend(letter, letter.event)
        try:
            return _accepted(letter, await self._take(letter))
        except OriginEnded as problem:
            code = problem.state if problem.state in ("refused", "recalled") else problem.code
            return _receipt(letter, "rejected", code=code, explanation=problem.indonesian)
        except Flawed as problem:
            flaw = problem.flaws[0]
            return _receipt(letter, "rejected", code=problem.code, field=flaw.pointer, explanation=flaw.indonesian)

    async def _take(self, letter: Letter) -> Taken:
        event, province = letter.event, letter.place.province
        if isinstance(event, ProvinceVacancyEnded):
            return await self._commands.ended(tombstone(event, province))
        assert isinstance(event, ProvinceVacancyOffered)
        return await self._commands.offered(offer(event, province), city_number=event.city_number)

    async def _resend(self, letter: Letter, asked: ProvinceResendAsked) -> ProvinceRecordAnswered:
        unknown = await self._feed.resend(asked.ids)
        if asked.everything:
            await self._feed.ask(f"asked_{letter.place.partition}_{letter.place.offset}_{letter.event_id}")
        return _receipt(letter, "accepted", unknown_ids=tuple(unknown))


def _accepted(letter: Letter, taken: Taken) -> ProvinceRecordAnswered:
    vacancy = taken.vacancy
    return _receipt(
        letter,
        "accepted",
        code=taken.code,
        vacancy_id=vacancy.id if vacancy else None,
        vacancy_number=vacancy.number if vacancy else None,
    )


def _receipt(
    letter: Letter,
    status: Status,
    *,
    code: str | None = None,
    field: str | None = None,
    rule: str | None = None,
    explanation: str | None = None,
    vacancy_id: str | None = None,
    vacancy_number: str | None = None,
    unknown_ids: tuple[str, ...] = (),
) -> ProvinceRecordAnswered:
    return ProvinceRecordAnswered(
        status=status,
        reason_code=code,
        field=field,
        rule=rule,
        explanation=explanation,
        event_id=letter.event_id,
        origin_id=letter.origin_id,
        revision=letter.revision,
        partition=letter.place.partition,
        offset=letter.place.offset,
        vacancy_id=vacancy_id,
        vacancy_number=vacancy_number,
        unknown_ids=unknown_ids,
    )
