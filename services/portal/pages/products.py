"""What participants of trainings make and sell: a page for everybody, and questions that go through us alone."""

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.forms import Form, compact
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
ASKED = ("text", "reply_to")
FIELDS = ("name", "description", "price", "unit", "kelurahan_code")


@router.get("/produk")
async def list_products(visit: Visiting) -> Response:
    cursor = visit.request.query_params.get("cursor")
    found = await visit.get("/products", {"limit": 20, "cursor": cursor})
    return visit.page("pages/products.html", found=found, first=not cursor)


@router.get("/produk/{product_id}")
async def one(visit: Visiting, product_id: Id) -> Response:
    return await _page(visit, product_id, Form())


@router.post("/produk/{product_id}/tanya")
async def ask(visit: Visiting, product_id: Id) -> Response:
    visit.need("seeker", "employer", "officer", "admin")
    form = await visit.form()
    for name in ASKED:
        form.need(name, visit.words(f"product.need_{name}"))
    if not form.bad:
        try:
            await visit.post(f"/products/{product_id}/questions", {name: form.text(name) for name in ASKED})
            return visit.go(f"/produk/{product_id}", "product_asked")
        except Refused as refused:
            form.refuse(refused, fields=ASKED)
    return await _page(visit, product_id, form)


@router.post("/produk/{product_id}/sembunyikan")
async def hide(visit: Visiting, product_id: Id) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    reason = form.need("reason", visit.words("officer_training.need_reason"))
    if form.bad:
        return await _page(visit, product_id, form)
    await visit.post(f"/products/{product_id}/hide", {"reason": reason})
    return visit.go("/produk", "product_hidden")


@router.get("/latihan/{enrolment_id}/produk")
async def mine(visit: Visiting, enrolment_id: Id) -> Response:
    visit.need("seeker")
    known = await _known(visit, enrolment_id)
    values = {name: str(known[name]) for name in FIELDS if known[name] is not None} if known else None
    return await _mine_page(visit, enrolment_id, Form(values), known)


@router.post("/latihan/{enrolment_id}/produk")
async def put(visit: Visiting, enrolment_id: Id) -> Response:
    visit.need("seeker")
    form = await visit.form()
    body = {name: form.text(name) for name in FIELDS if name != "price"}
    price = form.number("price", visit.words("product.need_price"))
    for name in ("name", "description", "kelurahan_code"):
        form.need(name, visit.words(f"product.need_{name}"))
    if not form.bad:
        try:
            await visit.send("PUT", f"/enrolments/{enrolment_id}/product", compact({**body, "price": price}))
            return visit.go(f"/latihan/{enrolment_id}/produk", "product_saved")
        except Refused as refused:
            form.refuse(refused, fields=FIELDS)
    return await _mine_page(visit, enrolment_id, form, await _known(visit, enrolment_id))


@router.post("/latihan/{enrolment_id}/produk/tarik")
async def withdraw(visit: Visiting, enrolment_id: Id) -> Response:
    visit.need("seeker")
    await visit.form()
    await visit.post(f"/enrolments/{enrolment_id}/product/withdraw")
    return visit.go(f"/latihan/{enrolment_id}/produk", "product_withdrawn")


async def _page(visit: Visit, product_id: str, form: Form) -> Response:
    product = await visit.get(f"/products/{product_id}")
    return visit.page("pages/product.html", product=product, form=form)


async def _known(visit: Visit, enrolment_id: str) -> Json | None:
    found = await visit.get(f"/enrolments/{enrolment_id}/product")
    return found["items"][0] if found["items"] else None


async def _mine_page(visit: Visit, enrolment_id: str, form: Form, known: Json | None) -> Response:
    enrolment = await visit.get(f"/enrolments/{enrolment_id}")
    questions = await visit.get(f"/enrolments/{enrolment_id}/product/questions")
    context = {"enrolment": enrolment, "product": known, "questions": questions["items"]}
    return visit.page("pages/product_mine.html", form=form, **context)
