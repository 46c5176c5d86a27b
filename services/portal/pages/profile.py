"""The seeker's profile: what an employer sees after an application, and the NIK that no employer sees."""

from fastapi import APIRouter, Response

from services.portal import choices
from services.portal.client import Answer, Json, Refused
from services.portal.forms import Form, Values, compact
from services.portal.visit import Visit, Visiting, onward

router = APIRouter(include_in_schema=False)


@router.get("/akun/profil")
async def show(visit: Visiting) -> Response:
    visit.need("seeker")
    known = await _profile(visit)
    form = Form(_values(known.body, visit.session.name))
    return _page(visit, form, known, onward(visit.request.query_params.get("lanjut"), ""))


@router.post("/akun/profil")
async def save(visit: Visiting) -> Response:
    visit.need("seeker")
    form, known = await visit.form(), await _profile(visit)
    to = onward(form.text("lanjut"), "")
    body = _body(visit, form)
    if not form.bad:
        try:
            await visit.send("PUT", "/seekers/me", body, etag=form.text("etag") or known.etag)
            visit.session = visit.session.model_copy(update={"name": str(body["name"])[:60]})
            return visit.go(to or "/akun", "profile_saved")
        except Refused as refused:
            form.refuse(refused, fields=("nik", "email", "wishes_kinds"))
    return _page(visit, form, known, to)


def _page(visit: Visit, form: Form, known: Answer, to: str) -> Response:
    return visit.page("pages/profile.html", form=form, profile=known.body, etag=known.etag or "", onward=to)


async def _profile(visit: Visit) -> Answer:
    try:
        return await visit.read("/seekers/me")
    except Refused as refused:
        if refused.status == 404:
            return Answer(404)
        raise


def _body(visit: Visit, form: Form) -> Json:
    words = visit.words
    form.need("name", words("profile.need_name"))
    schooling = form.text("education")
    wishes = {
        "titles": form.listed("wishes_titles"),
        "kinds": form.many("wishes_kinds"),
        "hours": form.text("wishes_hours") or None,
        "max_distance_km": form.number("wishes_max_distance_km", words("profile.bad_number")),
        "min_wage": form.number("wishes_min_wage", words("profile.bad_wage")),
        "bring_child": form.flag("wishes_bring_child"),
        "no_night": form.flag("wishes_no_night"),
    }
    body = {
        "name": form.text("name"),
        "kelurahan_code": form.text("kelurahan_code"),
        "education": {"form": choices.FORM, "code": schooling} if schooling else None,
        "graduation_year": form.number("graduation_year", words("profile.bad_year")),
        "email": form.text("email"),
        "nik": "".join(form.text("nik").split()),
    }
    body["experience_months"] = form.number("experience_months", words("profile.bad_number"))
    told = {
        "licences": [each for each in choices.LICENCES if each in form.many("licences")],
        "match_hints": form.flag("match_hints"),
    }
    return {**compact(body), **told, "skills": form.listed("skills"), "wishes": compact(wishes)}


def _values(profile: Json, name: str) -> Values:
    """The form, filled in with what is known. The NIK is never sent back to the page."""
    wishes: Json = profile.get("wishes") or {}
    listed = {f"wishes_{key}": wishes.get(key) for key in ("hours", "max_distance_km", "min_wage")}
    plain = {key: profile.get(key) for key in ("kelurahan_code", "graduation_year", "email", "experience_months")}
    return {
        "name": profile.get("name") or name,
        **{key: str(value) for key, value in (plain | listed).items() if value is not None},
        "education": (profile.get("education") or {}).get("code", ""),
        "skills": ", ".join(profile.get("skills") or []),
        "licences": list(profile.get("licences") or []),
        **({"match_hints": "1"} if profile.get("match_hints", True) else {}),
        "wishes_titles": ", ".join(wishes.get("titles") or []),
        "wishes_kinds": list(wishes.get("kinds") or []),
        **{f"wishes_{key}": "1" for key in ("bring_child", "no_night") if wishes.get(key)},
    }
