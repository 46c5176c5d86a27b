"""What `seeker` does when other services tell something."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from services.seeker.commands import Commands
from services.seeker.commands.cards import CardCommands
from services.seeker.commands.consents import ConsentCommands
from services.seeker.commands.erasure import Erasure
from services.seeker.commands.saved import SavedCommands
from services.seeker.domain.consents import TEXTS
from services.seeker.store.saved import SavedStore
from shared import clock
from shared.contracts import vacancy
from shared.contracts.application import ApplicationHired
from shared.contracts.identity import AccountContactChanged, AccountErased, DataRequestAnswered
from shared.contracts.notification import ReplyReceived
from shared.contracts.placement import OutsideHireRecorded
from shared.contracts.seeker import ConsentKind
from shared.effects import Projection, Reaction, Reactions
from shared.events import REGISTRY, Envelope, Event
from shared.mongo import Document

VACANCY_FIELDS = {
    *("number", "title", "employer_name", "kelurahan_code", "kind", "workplace", "wage", "state"),
    *("closes_at", "published_at", "occupation", "education_min", "hours", "may_bring_child"),
}
VACANCY_EVENTS: tuple[type[Event], ...] = tuple(
    kind for kind in REGISTRY.values() if issubclass(kind, vacancy.VacancyFacts)
)
REPORT_MESSAGE = "ak1_report_due"  # the notifier's name of the question
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def table(
    commands: Commands,
    saved: SavedCommands,
    erasure: Erasure,
    store: SavedStore,
    *,
    cards: CardCommands,
    consents: ConsentCommands,
    now: clock.Clock = clock.now,
) -> Reactions:
    """`now` is our own clock: when something was heard of here."""

    def shape(envelope: Envelope[Any]) -> Document:
        lately = {"recall_heard_at": now()} if isinstance(envelope.data, vacancy.VacancyRecalled) else {}
        return vacancy_shape(envelope) | lately

    vacancies = Projection(collection=store.vacancies, shape=shape)
    # Of several events of a vacancy only the newest may be written: that it was published has a mark of its own.
    arrivals = Projection(collection=store.vacancies, shape=lambda _: {"heard_at": now()}, sequence="heard_seq")
    return {
        AccountContactChanged: take_contact(commands),
        AccountErased: forget(erasure),
        DataRequestAnswered: end_consents(consents),
        ApplicationHired: end_cards(cards),
        OutsideHireRecorded: end_cards(cards),
        ReplyReceived: take_answer(cards),
        **dict.fromkeys(VACANCY_EVENTS, vacancies),
        vacancy.VacancyPublished: (vacancies, arrivals),
        vacancy.VacancyReopened: (vacancies, arrivals),  # published anew, with new dates
        **dict.fromkeys((vacancy.VacancyClosed, vacancy.VacancyFilled), (vacancies, tell_closed(saved))),
        vacancy.VacancyRecalled: (vacancies, warn_savers(saved)),
    }


def take_contact(commands: Commands) -> Reaction:
    """A seeker's account has a profile, with the name and phone that the account knows."""

    async def react(envelope: Envelope[Any]) -> None:
        if envelope.data.role == "seeker":
            await commands.take_contact(envelope.subject, envelope.data.sealed, sequence=envelope.sequence)

    return react


def forget(erasure: Erasure) -> Reaction:
    async def react(envelope: Envelope[Any]) -> None:
        if envelope.data.role == "seeker":
            await erasure.forget(envelope.subject)

    return react


# What ends when an officer grants a request: a restriction (UU 27/2022 art. 41) every use that rests on a consent, an
# objection (art. 10) what is reckoned about the person.
ENDS: Mapping[str, tuple[ConsentKind, ...]] = {"restriction": tuple(TEXTS), "objection": ("match_hints",)}


def end_consents(consents: ConsentCommands) -> Reaction:
    async def react(envelope: Envelope[Any]) -> None:
        answer = envelope.data
        if answer.role == "seeker" and answer.outcome == "done" and answer.kind in ENDS:
            await consents.end(answer.account_id, ENDS[answer.kind], given_before=envelope.time)

    return react


def end_cards(cards: CardCommands) -> Reaction:
    """Who was placed looks for work no more."""

    async def react(envelope: Envelope[Any]) -> None:
        if seeker_id := envelope.data.seeker_id:
            await cards.placed(seeker_id)

    return react


def take_answer(cards: CardCommands) -> Reaction:
    """BELUM or KERJA by SMS, to the six-monthly question; other words and other messages are not ours."""

    async def react(envelope: Envelope[Any]) -> None:
        said = envelope.data
        if said.word in ("belum", "kerja") and (said.id4 or said.message == REPORT_MESSAGE):
            await cards.report_by_word(said.account_id, id4=said.id4, working=said.word == "kerja")

    return react


def vacancy_shape(envelope: Envelope[Any]) -> Document:
    data = envelope.data
    fields: Document = data.model_dump(include=VACANCY_FIELDS)
    return fields | {"slug": slug(data.title), "reason": getattr(data, "reason", None)}


def warn_savers(saved: SavedCommands) -> Reaction:
    async def react(envelope: Envelope[Any]) -> None:
        await saved.warn_savers(envelope.subject)

    return react


def tell_closed(saved: SavedCommands) -> Reaction:
    async def react(envelope: Envelope[Any]) -> None:
        await saved.tell_closed(envelope.subject, ended_at=envelope.time)

    return react


def slug(title: str) -> str:
    """The title as it stands in the address of its page."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return _NOT_WORDS.sub("-", plain)[:80].strip("-") or "lowongan"
