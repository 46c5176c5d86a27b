"""An advert for search engines: schema.org JobPosting, only while it is open."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from services.portal.formats import to_moment
from services.portal.prose import prose

_TYPES = {
    "full_time": "FULL_TIME",
    "part_time": "PART_TIME",
    "daily": "PER_DIEM",
    "internship": "INTERN",
    "piecework_home": "CONTRACTOR",
}
_UNITS = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH"}


def vacancy_path(vacancy: Mapping[str, Any]) -> str:
    """The canonical address of an advert."""
    slug = vacancy.get("slug")
    return f"/lowongan/{vacancy['number']}" + (f"-{slug}" if slug else "")


def job_posting(vacancy: Mapping[str, Any], *, origin: str) -> dict[str, Any]:
    posting: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": vacancy["title"],
        "description": str(prose("\n\n".join(filter(None, (vacancy.get("description"), vacancy.get("conditions")))))),
        "identifier": {"@type": "PropertyValue", "name": "Si-Caker", "value": vacancy["number"]},
        "datePosted": vacancy["published_at"],
        "validThrough": (to_moment(vacancy["closes_at"]) - timedelta(seconds=1)).isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": vacancy["employer"]["name"]},
        "employmentType": _TYPES.get(vacancy["kind"], "OTHER"),
        "totalJobOpenings": vacancy["openings"],
        "directApply": not (vacancy.get("origin") or {}).get("url"),
        "url": origin + vacancy_path(vacancy),
        "jobLocation": {"@type": "Place", "address": _address(vacancy)},
    }
    return posting | _home(vacancy) | _salary(vacancy.get("wage"))


def _address(vacancy: Mapping[str, Any]) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "addressLocality": "Kota Madiun",
        "addressRegion": "Jawa Timur",
        "addressCountry": "ID",
    }
    if not vacancy.get("kelurahan_code") and vacancy.get("location_text"):
        address["addressLocality"] = vacancy["location_text"]
    street = ", ".join(filter(None, (vacancy.get("address"), vacancy.get("kelurahan"))))
    return address | ({"streetAddress": street} if street else {})


def _home(vacancy: Mapping[str, Any]) -> dict[str, Any]:
    if vacancy.get("workplace") != "home":
        return {}
    where = {"@type": "City", "name": "Kota Madiun, Indonesia"}
    return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": where}


def _salary(wage: Mapping[str, Any] | None) -> dict[str, Any]:
    """Piece pay has no unit in schema.org and is left out."""
    if not wage or wage.get("min") is None or wage.get("per") not in _UNITS:
        return {}
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": _UNITS[wage["per"]]}
    if wage.get("max") and wage["max"] != wage["min"]:
        value |= {"minValue": wage["min"], "maxValue": wage["max"]}
    else:
        value["value"] = wage["min"]
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": "IDR", "value": value}}
