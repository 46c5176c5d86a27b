"""Giving and taking back consents, as steps of the profile: the switch that others read changes in the same step."""

from datetime import datetime

from services.seeker.domain.consents import Channel, standing, with_one, without
from services.seeker.domain.profile import Seeker
from shared.contracts.seeker import ConsentKind, SeekerConsentChanged, SeekerProfileChanged
from shared.errors import OnlyInPerson
from shared.events import Event

Decided = tuple[Seeker, list[Event]]


def agrees(seeker: Seeker, kind: ConsentKind) -> bool:
    """Comparisons are made unless the person says no; everything else only after a yes."""
    return seeker.match_hints if kind == "match_hints" else standing(seeker.consents, kind) is not None


def give(
    seeker: Seeker, kind: ConsentKind, *, at: datetime, channel: Channel = "web", mandate: str | None = None
) -> Decided:
    """`mandate` where somebody acts for the person."""
    return _decided(seeker, kind, True, with_one(seeker.consents, kind, at=at, channel=channel, mandate=mandate))


def withdraw(seeker: Seeker, kind: ConsentKind, *, at: datetime) -> Decided:
    """A comparison that nobody agreed to in words ends, too, and leaves a trace that says when."""
    consents = seeker.consents
    if kind == "match_hints" and seeker.match_hints and standing(consents, kind) is None:
        consents = with_one(consents, kind, at=at, channel="web")
    return _decided(seeker, kind, False, without(consents, kind, at=at))


def follow_switch(before: Seeker | None, after: Seeker, *, at: datetime, mandate: str | None = None) -> Decided:
    """The profile was written with its switch for comparisons: that is a consent given or taken back. The change of
    the profile itself is told by whoever wrote it. Raises `OnlyInPerson` where a helper takes one back."""
    had = before.match_hints if before else None
    if had == after.match_hints or (before is None and after.match_hints):
        return after, []
    unswitched = after.model_copy(update={"match_hints": not after.match_hints})
    if after.match_hints:
        made, told = give(unswitched, "match_hints", at=at, mandate=mandate)
    elif mandate:
        raise OnlyInPerson
    else:
        made, told = withdraw(unswitched, "match_hints", at=at)
    return made, [each for each in told if isinstance(each, SeekerConsentChanged)]


def _decided(seeker: Seeker, kind: ConsentKind, yes: bool, consents: tuple[object, ...]) -> Decided:
    made = seeker.model_copy(update={"consents": consents, **({"match_hints": yes} if kind == "match_hints" else {})})
    if made == seeker:
        return seeker, []
    now = standing(made.consents, kind)
    told: list[Event] = [SeekerConsentChanged(kind=kind, given=yes, text_version=now.text_version if now else None)]
    if made.match_hints != seeker.match_hints:
        told.append(SeekerProfileChanged.model_validate(made.facts()))
    return made, told
