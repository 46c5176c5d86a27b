"""What a saved search found, as the texts of its message need it."""

from collections.abc import Mapping
from typing import Any

from services.notifier.domain import Item, Param
from shared.contracts.seeker import MatchedVacancy, VacanciesMatched
from shared.reference.tables import kelurahan

SCHEDULE, STOP = "/simpanan", "/kabar/henti?t="


def digest(event: VacanciesMatched) -> dict[str, Param]:
    """`daftar` is what the mail lists, `lain` how many more there are; the rest are places to go to."""
    return {
        "jumlah": event.total,
        "lain": max(event.total - len(event.vacancies), 0),
        "daftar": [_item(vacancy) for vacancy in event.vacancies],
        "atur": SCHEDULE,
        "henti": STOP + event.stop_token,
    }


def stop_path(params: Mapping[str, Any]) -> str | None:
    """Where one click ends messages of this kind; None for those that do not come by themselves."""
    found = params.get("henti")
    return found if isinstance(found, str) else None


def _item(vacancy: MatchedVacancy) -> Item:
    ward, wage = kelurahan().get(vacancy.kelurahan_code or ""), vacancy.wage
    return {
        "judul": vacancy.title,
        "usaha": vacancy.employer_name,
        "rumah": vacancy.workplace == "home" or vacancy.kind == "piecework_home",
        "tempat": ward.name if ward else None,
        "upah_dari": wage.min if wage else None,
        "upah_sampai": wage.max if wage else None,
        "per": wage.per if wage else None,
        "alamat": f"/lowongan/{vacancy.number}",
    }
