"""The person's CV: jobs, courses, school and own words, one small form each, and the paper made of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Response

from services.portal.client import Answer, Json, Refused
from services.portal.forms import Form, Values, split_month
from services.portal.pages.account import optional
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
CAREER, HERE = "/seekers/me/career", "/akun/cv"
FIELDS = ("about", "school", "jobs", "courses")


@dataclass(frozen=True)
class Part:
    """One of the two lists: its name in the API, and its forms."""

    name: str
    template: str
    read: Callable[[Visit, Form], Json]
    filled: Callable[[Json], Values]


def _read_job(visit: Visit, form: Form) -> Json:
    words = visit.words
    form.need("title", words("cv.need_title"))
    form.need("employer", words("cv.need_employer"))
    since = form.month("since", words("cv.bad_month"))
    if since is None:
        form.errors.setdefault("since", words("cv.need_since"))
    until = form.month("until", words("cv.bad_month"))
    return {**_plain(form, "title", "employer", "text"), "since": since, "until": until}


def _read_course(visit: Visit, form: Form) -> Json:
    form.need("name", visit.words("cv.need_course"))
    year = form.number("year", visit.words("profile.bad_year"))
    if year is None:
        form.errors.setdefault("year", visit.words("profile.bad_year"))
    return {**_plain(form, "name", "by"), "year": year}


def _plain(form: Form, *names: str) -> Json:
    return {name: form.text(name) or None for name in names}


def _job_values(job: Json) -> Values:
    plain = {name: job[name] or "" for name in ("title", "employer", "text")}
    return {**plain, **split_month("since", job["since"]), **split_month("until", job["until"])}


def _course_values(course: Json) -> Values:
    return {"name": course["name"], "by": course["by"] or "", "year": str(course["year"])}


PARTS = {
    "pekerjaan": Part("jobs", "pages/cv_job.html", _read_job, _job_values),
    "kursus": Part("courses", "pages/cv_course.html", _read_course, _course_values),
}
Which = Literal["pekerjaan", "kursus"]


@router.get(HERE)
async def show(visit: Visiting) -> Response:
    visit.need("seeker")
    known, profile, cards = await asyncio.gather(
        _career(visit), optional(visit, "/seekers/me"), visit.get("/seekers/me/cards")
    )
    if known is None or not profile:
        return visit.go("/akun/profil?lanjut=/akun/cv", "cv_profile_first")
    photo = any(card["has_photo"] for card in cards["items"])
    return visit.page("pages/cv.html", career=known.body, etag=known.etag, profile=profile, photo=photo)


@router.get(f"{HERE}.pdf")
async def paper(visit: Visiting) -> Response:
    """`?foto=1` with the photo of the jobseeker card."""
    visit.need("seeker")
    photo = "true" if visit.request.query_params.get("foto") else "false"
    return await visit.download("/seekers/me/cv.pdf", {"photo": photo})


@router.get(f"{HERE}/tentang")
async def ask_about(visit: Visiting) -> Response:
    visit.need("seeker")
    known = await _needed(visit)
    values = {name: known.body[name] or "" for name in ("about", "school")}
    return visit.page("pages/cv_about.html", form=Form(values), etag=known.etag)


@router.post(f"{HERE}/tentang")
async def write_about(visit: Visiting) -> Response:
    visit.need("seeker")
    form, known = await visit.form(), await _needed(visit)
    done = await _save(visit, form, {**known.body, **_plain(form, "about", "school")})
    return done or visit.page("pages/cv_about.html", form=form, etag=form.text("etag"))


@router.get(HERE + "/{which}/{place}")
async def ask(visit: Visiting, which: Which, place: Literal["baru"] | int) -> Response:
    visit.need("seeker")
    known, part = await _needed(visit), PARTS[which]
    values = part.filled(_one(known.body, part, place)) if place != "baru" else {}
    return visit.page(part.template, form=Form(values), etag=known.etag, place=place)


@router.post(HERE + "/{which}/{place}")
async def write(visit: Visiting, which: Which, place: Literal["baru"] | int) -> Response:
    visit.need("seeker")
    form, known, part = await visit.form(), await _needed(visit), PARTS[which]
    others = _others(known.body, part, place)
    row = part.read(visit, form)
    done = None if form.bad else await _save(visit, form, {**known.body, part.name: [row, *others]})
    return done or visit.page(part.template, form=form, etag=form.text("etag"), place=place)


@router.post(HERE + "/{which}/{place}/hapus")
async def drop(visit: Visiting, which: Which, place: int) -> Response:
    visit.need("seeker")
    form, known, part = await visit.form(), await _needed(visit), PARTS[which]
    done = await _save(visit, form, {**known.body, part.name: _others(known.body, part, place)})
    return done or visit.go(HERE, "changed")


async def _save(visit: Visit, form: Form, career: Json) -> Response | None:
    """None where the API refuses it: the form says why. What changed meanwhile is read again first."""
    body = {name: career[name] for name in FIELDS}
    try:
        await visit.send("PUT", CAREER, body, etag=form.text("etag") or '"0"')
    except Refused as refused:
        if refused.status == 412:
            return visit.go(HERE, "changed")
        if refused.status != 422:
            raise
        for error in refused.errors:
            form.errors.setdefault(error.pointer.rsplit("/", 1)[-1], error.detail)
        return None
    return visit.go(HERE, "cv_saved")


async def _career(visit: Visit) -> Answer | None:
    try:
        return await visit.read(CAREER)
    except Refused as refused:
        if refused.status == 404:
            return None
        raise


async def _needed(visit: Visit) -> Answer:
    return await visit.read(CAREER)


def _one(career: Json, part: Part, place: int) -> Json:
    rows: list[Json] = career[part.name]
    if not 0 <= place < len(rows):
        raise Refused(404, {})
    return rows[place]


def _others(career: Json, part: Part, place: str | int) -> list[Json]:
    """The list without the one at `place`; the form's ETag says whether it is still the list that was shown."""
    return [row for number, row in enumerate(career[part.name]) if number != place]
