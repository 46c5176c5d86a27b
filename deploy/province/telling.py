"""One line for each thing that the city says."""

from deploy.province.checker import Result
from deploy.province.wire import Event

SHOWN = 20


def told_by_receipt(event: Event) -> str:
    data = event["data"]
    if event["type"] == "ProvinceVacancyDecided.v1":
        why = f" ({data['reason']})" if data["reason"] else ""
        return f"{data['state']:9} {data['origin_id']} rev {data['revision']} -> {data['vacancy_number']}{why}"
    what = f"{data['origin_id'] or data['event_id'] or 'tidak terbaca'}"
    told = f"{data['status']:8} {what} rev {data['revision'] or '-'}"
    if data["vacancy_number"]:
        told += f" -> {data['vacancy_number']}"
    why = " ".join(filter(None, (data["reason_code"], data["field"], data["rule"], data["explanation"])))
    unknown = f" unknown: {', '.join(data['unknown_ids'][:SHOWN])}" if data["unknown_ids"] else ""
    return f"{told}{f' ({why})' if why else ''}{unknown}"


def told_by_city(event: Event) -> str:
    data, kind = event["data"], event["type"]
    if kind == "CityVacancyOffered.v1":
        return f"{data['state']:9} {data['number']} v{event['sequence']} {data['title']} ({data['employer_name']})"
    if kind == "CityVacancyEnded.v1":
        return f"ended     {data['number']} v{event['sequence']} {data['reason']} at {data['ended_at']}"
    if kind == "CityVacanciesListed.v1":
        return f"list      {data['part']}/{data['parts']} of {data['count']}, sha256 {data['sha256']}"
    return f"unknown   {kind}"


def told_by_result(result: Result) -> str:
    if result.listed is None:
        return "no complete list has come yet; ask for one: python -m deploy.province ask"
    found = result.differences
    lines = [f"listed {result.listed}, held {result.held}, sha256 {result.sha256}"]
    for name in ("missing", "older", "extra"):
        ids = getattr(found, name)
        if ids:
            lines.append(f"{name} {len(ids)}: {', '.join(ids[:SHOWN])}")
    return "\n".join([*lines, "the books agree" if result.agrees else "ask for these again: check --heal"])
