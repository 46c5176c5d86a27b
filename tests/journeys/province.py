"""The exchange with the province: theirs comes in and is answered; ours goes out and ends; the books agree."""

from collections.abc import Mapping

from deploy.local.demo.people import Gateway, Json, Person, eventually, publish
from deploy.province.books import Books
from deploy.province.checker import check, heal, read_all
from deploy.province.telling import told_by_city, told_by_receipt, told_by_result
from deploy.province.wire import Event, Wire, ending, new_id, request, vacancy
from tests.journeys.journey import Tell, found_by_search, vacancy_body, verified_employer


async def exchange_with_the_province(
    gateway: Gateway, officer: Person, tell: Tell, *, environment: Mapping[str, str]
) -> None:
    """`environment` is that of a service with Kafka; raises where anything is not as promised."""
    url, prefix = environment["CAKER_KAFKA_URL"], environment["CAKER_TOPIC_PREFIX"]
    async with Wire(url, prefix=prefix) as wire:
        await _theirs(gateway, officer, wire, tell)
        await _ours(gateway, officer, wire, tell)


async def _theirs(gateway: Gateway, officer: Person, wire: Wire, tell: Tell) -> None:
    tell("Disnaker Provinsi Jawa Timur mengirim lowongan; setiap kiriman dijawab dengan tanda terima")
    origin_id = new_id("JT")
    word = f"Peracik{origin_id[-6:]}"
    taken = await _answered(wire, vacancy(origin_id, title=f"{word} jamu"), tell)
    assert taken["status"] == "accepted"
    broken = await _answered(wire, vacancy(origin_id, revision=2, kind="gig"), tell)
    assert (broken["status"], broken["field"]) == ("rejected", "/kind")
    queued = await officer.get(f"/vacancies/{taken['vacancy_id']}")
    assert queued["origin"]["name"] == "Disnaker Provinsi Jawa Timur"
    await officer.post(f"/vacancies/{queued['id']}/publish")
    await found_by_search(gateway, word.lower(), queued["id"])
    tell(f"  petugas menayangkan {queued['number']}, dari {queued['origin']['name']}; terbaca dalam pencarian")
    decided = await eventually(lambda: _decided(wire, origin_id), what="the officer's decision at the province")
    tell(f"  {told_by_receipt(decided)}")
    assert (await _answered(wire, ending(origin_id, revision=3, reason="filled"), tell))["status"] == "accepted"
    assert (await gateway.call("GET", f"/vacancies/{queued['id']}"))["state"] == "filled"
    tell("  berakhir di provinsi, maka berakhir juga di sini")


async def _ours(gateway: Gateway, officer: Person, wire: Wire, tell: Tell) -> None:
    tell("Lowongan kota mengalir ke provinsi, sampai tanda akhirnya; buku provinsi dicocokkan")
    employer, _ = await verified_employer(gateway, officer, name="Jamu Bu Tini Contoh")
    made = await publish(employer, officer, vacancy_body("Penjaga kedai jamu"))
    tell(f"  {told_by_city(await _heard(wire, made, 'CityVacancyOffered.v1'))}")
    await employer.post(f"/vacancies/{made['id']}/fill")
    tombstone = await _heard(wire, made, "CityVacancyEnded.v1")
    assert (tombstone["data"]["reason"], tombstone["data"]["number"]) == ("filled", made["number"])
    tell(f"  {told_by_city(tombstone)}")
    await _answered(wire, request(everything=True), tell)
    books = await eventually(lambda: _listed(wire), what="the list")
    lost = next(iter(books.latest().versions), None)
    if lost:
        del books.held[lost]
        assert check(books).differences.missing == (lost,)
        tell(f"  provinsi kehilangan satu catatan; pemeriksa menyebutnya dan hanya itu yang diminta: {lost}")
    result = await heal(wire, books)
    assert result.agrees
    for line in told_by_result(result).splitlines():
        tell(f"  {line}")


async def _answered(wire: Wire, sent: Event, tell: Tell) -> Json:
    receipt = await wire.receipt(await wire.send(sent))
    tell(f"  {told_by_receipt(receipt)}")
    data: Json = receipt["data"]
    return data


async def _decided(wire: Wire, origin_id: str) -> Event | None:
    told = [each async for each in wire.stream("receipt") if each["type"] == "ProvinceVacancyDecided.v1"]
    return next((each for each in told if each["data"]["origin_id"] == origin_id), None)


async def _heard(wire: Wire, made: Json, type: str) -> Event:
    async def once() -> Event | None:
        told = [each async for each in wire.stream("outbound")]
        return next((each for each in told if (each["subject"], each["type"]) == (made["id"], type)), None)

    found: Event = await eventually(once, what=f"{type} of {made['number']}")
    return found


async def _listed(wire: Wire) -> Books | None:
    """The books, once the whole list that was asked for has come: others than the day's own."""
    books = await read_all(wire)
    asked = [each for key, each in books.lists.items() if key.startswith("asked_") and each.complete]
    return books if asked else None
