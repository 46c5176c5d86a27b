"""How days, hours, pay and places are said in each language, as filters of the texts."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date

from services.notifier.wording import Language
from shared.clock import WIB

_DAY = {"id": "EEEE, d MMMM y", "en": "EEEE, d MMMM y"}
_AT = {"id": "pukul", "en": "at"}
_HOME = {"id": "dari rumah", "en": "from home"}
_TO = {"id": "sampai", "en": "to"}
_PER = {
    "id": {"hour": "per jam", "day": "per hari", "week": "per minggu", "month": "per bulan", "piece": "per potong"},
    "en": {"hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "piece": "a piece"},
}


def _moment(at: datetime, language: Language) -> str:
    """`Selasa, 24 November 2026, pukul 23.59`, in WIB."""
    local = at.astimezone(WIB)
    return f"{_day(local, language)}, {_AT[language]} {local:%H.%M}"


def _day(day: str | datetime, language: Language) -> str:
    """`Selasa, 24 November 2026`"""
    return _said(day.astimezone(WIB).date() if isinstance(day, datetime) else date.fromisoformat(day), language)


@lru_cache(maxsize=1000)
def _said(day: date, language: Language) -> str:
    return str(format_date(day, _DAY[language], locale=language))


def _clock(at: datetime, language: Language) -> str:
    """`16.30`, in WIB."""
    return f"{at.astimezone(WIB):%H.%M}"


def _place(vacancy: Mapping[str, Any], language: Language) -> str:
    return _HOME[language] if vacancy.get("rumah") else str(vacancy.get("tempat") or "")


def _pay(vacancy: Mapping[str, Any], language: Language) -> str:
    """`Rp2.500.000 sampai Rp3.000.000 per bulan`; a digest planned by an older version has it in words."""
    least, most = vacancy.get("upah_dari"), vacancy.get("upah_sampai")
    if least is None:
        return str(vacancy.get("upah") or "")
    to = f" {_TO[language]} {_rupiah(most)}" if most is not None and most != least else ""
    return f"{_rupiah(least)}{to} {_PER[language].get(str(vacancy.get('per')), '')}".strip()


def _rupiah(amount: int) -> str:
    return "Rp" + f"{amount:,}".replace(",", ".")


def _in(language: Language) -> Mapping[str, Callable[..., str]]:
    said: Mapping[str, Callable[[Any, Language], str]] = {
        "waktu": _moment,
        "tanggal": _day,
        "jam": _clock,
        "tempat": _place,
        "upah": _pay,
    }
    return {name: _bound(how, language) for name, how in said.items()}


def _bound(how: Callable[[Any, Language], str], language: Language) -> Callable[[Any], str]:
    return lambda value: how(value, language)


_SAID: Mapping[str, Callable[[Any, Language], str]] = {
    "waktu": _moment,
    "tanggal": _day,
    "jam": _clock,
    "tempat": _place,
    "upah": _pay,
}
FILTERS: Mapping[Language, Mapping[str, Callable[..., str]]] = {"id": _in("id"), "en": _in("en")}
