"""What a person agreed to (UU 27/2022 art. 20-22), to which words, when, how, and until when. Pure. Consents that
belong to one thing stay with it: an application is the consent to share with its employer, news is the notifier's,
questions after a training are the training's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.seeker import ConsentKind

Channel = Literal["web", "desk", "sms"]
MOST_KEPT = 100  # of a person, the oldest that ended go first


class Consent(BaseModel):
    """One time that somebody agreed."""

    model_config = ConfigDict(frozen=True)
    kind: ConsentKind
    text_version: str
    given_at: datetime
    channel: Channel = "web"
    mandate: str | None = Field(None, description="of whoever acted for the person, where somebody did")
    withdrawn_at: datetime | None = None


class Text(NamedTuple):
    """The words in force. Other words are another version: who agreed to the old ones agreed to those."""

    version: str
    indonesian: str
    english: str


TEXTS: Mapping[ConsentKind, Text] = {
    "job_alerts": Text(
        "2026-12",
        "Si-Caker boleh mengirimi saya kabar lowongan yang cocok dengan pencarian yang saya simpan.",
        "Si-Caker may tell me of vacancies that fit the searches that I saved.",
    ),
    "match_hints": Text(
        "2026-12",
        "Si-Caker boleh membandingkan profil saya dengan syarat lowongan, dan menunjukkannya kepada saya serta "
        "perusahaan yang saya lamar. Mesin tidak memutuskan apa pun.",
        "Si-Caker may compare my profile with what a vacancy asks, and show it to me and to employers to whom I "
        "apply. No machine decides anything.",
    ),
    "searchable": Text(
        "2026-12",
        "Perusahaan terverifikasi boleh menemukan profil saya tanpa nama dan kontak, lalu mengajak saya melamar. "
        "Belum berjalan; berlaku saat layanan ini dibuka.",
        "Verified employers may find my profile without name and contact, and invite me to apply. It does not run "
        "yet; it holds when that service opens.",
    ),
    "province_share": Text(
        "2026-12",
        "Dinas boleh mengirim data pencari kerja saya, tanpa nama, ke sistem ketenagakerjaan Provinsi Jawa Timur. "
        "Belum berjalan; diperiksa lagi setiap kali mengirim.",
        "The office may send my job-seeker record, without my name, to the labour system of East Java. It does not "
        "run yet; it is checked again each time something is sent.",
    ),
    "register_link": Text(
        "2026-12",
        "Dinas boleh mencocokkan saya dengan daftar pencari kerja kota, supaya petugas bisa menawarkan bantuan. "
        "Belum berjalan; berlaku saat layanan ini dibuka.",
        "The office may match me with the city's list of people out of work, so that an officer can offer help. It "
        "does not run yet; it holds when that service opens.",
    ),
}


def standing(consents: tuple[Consent, ...], kind: ConsentKind) -> Consent | None:
    """The one that holds now."""
    return next((each for each in reversed(consents) if each.kind == kind and each.withdrawn_at is None), None)


def ended(consents: tuple[Consent, ...], kind: ConsentKind) -> bool:
    """Whether the person agreed once and took it back: something else than never having been asked."""
    return standing(consents, kind) is None and any(each.kind == kind for each in consents)


def with_one(
    consents: tuple[Consent, ...], kind: ConsentKind, *, at: datetime, channel: Channel, mandate: str | None = None
) -> tuple[Consent, ...]:
    """The person agrees to the words in force; to the same words twice is once."""
    version, now = TEXTS[kind].version, standing(consents, kind)
    if now is not None and now.text_version == version:
        return consents
    made = Consent(kind=kind, text_version=version, given_at=at, channel=channel, mandate=mandate)
    return (*without(consents, kind, at=at), made)[-MOST_KEPT:]


def without(consents: tuple[Consent, ...], kind: ConsentKind, *, at: datetime) -> tuple[Consent, ...]:
    def closed(each: Consent) -> Consent:
        stands = each.kind == kind and each.withdrawn_at is None
        return each.model_copy(update={"withdrawn_at": at}) if stands else each

    return tuple(closed(each) for each in consents)
