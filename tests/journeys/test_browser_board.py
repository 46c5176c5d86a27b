"""Questions, answers and the employer's board as people use them in a browser; and what an applicant never sees."""

import io
import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import Page, expect
from pypdf import PdfReader

from deploy.local.demo.people import Gateway, Json, Person, eventually
from shared.clock import WIB
from tests.journeys import browsing
from tests.journeys.browsing import code_for, look, needs_chromium, press
from tests.journeys.journey import PASSWORD, fresh_phone, vacancy_body, verified_employer

TITLE = "Kurir roti pagi"
pytestmark = needs_chromium


async def test_questions_are_asked_answers_stand_beside_the_profile_and_what_waits_stays_hidden(
    page: Page, gateway: Gateway, officer: Person
) -> None:
    employer, _ = await verified_employer(gateway, officer, name="Roti Pagi Contoh")
    vacancy = await employer.post("/vacancies", vacancy_body(TITLE, licences=["sim_c"], skills=[]))
    email = str((await employer.get("/accounts/me"))["email"])
    await browsing.sign_in(page, email, PASSWORD)
    await ask(page, vacancy)
    await press(page, "/kirim")
    await officer.post(f"/vacancies/{vacancy['id']}/publish")
    await page.context.clear_cookies()

    phone = await register(page, gateway)
    receipt = await apply(page, vacancy["number"])
    seeker = await page.context.cookies()

    await page.context.clear_cookies()
    await browsing.sign_in(page, email, PASSWORD)
    await hold(page, vacancy["id"])
    employer_cookies = await page.context.cookies()

    await page.context.clear_cookies()
    await page.context.add_cookies([{**each} for each in seeker])  # type: ignore[typeddict-item]
    await page.goto(receipt)
    main = page.locator("main")
    await expect(main).to_contain_text("Dibaca")
    for hidden in ("Belum terpilih", "Terjadwal", "Ramah"):
        await expect(main).not_to_contain_text(hidden)
    proof = await page.request.get(receipt + "/bukti.pdf")
    assert "Bukti Lamaran Kerja" in PdfReader(io.BytesIO(await proof.body())).pages[0].extract_text()
    await look(page, "57-pelamar-tidak-tahu")

    await page.context.clear_cookies()
    await page.context.add_cookies([{**each} for each in employer_cookies])  # type: ignore[typeddict-item]
    await answer_now(page, vacancy["id"])
    await gateway.message(phone, lambda message: "kabar baru" in message["text"])


async def ask(page: Page, vacancy: Json) -> None:
    """A question about a person is refused beside its field; one about the work is kept."""
    await page.goto(f"/pasang/{vacancy['id']}")
    await page.locator("main a[href$='/tanya']").click()
    await page.locator("input[name=text]").fill("Berapa usia Anda?")
    await press(page, "/tanya")
    await expect(page.get_by_role("alert")).to_contain_text("Jangan tanyakan usia")
    await look(page, "50-tanya-ditolak")
    await page.locator("input[name=text]").fill("Bersedia bekerja hari Minggu?")
    await page.locator("input[name=need][value=must_have]").check()
    await page.locator("input[name=wanted_yes_no][value=yes]").check()
    await press(page, "/tanya")
    await expect(page.locator("main")).to_contain_text("Wajib: Ya")
    await page.locator("input[name=documents_asked][value=cv]").check()
    await press(page, "/berkas")
    await look(page, "51-tanya")
    await page.goto(f"/pasang/{vacancy['id']}")
    await expect(page.locator("main")).to_contain_text("Bersedia bekerja hari Minggu?")


async def register(page: Page, gateway: Gateway) -> str:
    phone = fresh_phone()
    await page.goto("/daftar")
    await page.locator("main input[name=name]").fill("Sari Wulandari")
    await page.locator("main input[name=phone]").fill("0" + phone[3:])
    await press(page, "/daftar")
    await page.locator("input[name=code]").fill(await code_for(gateway, phone))
    await press(page, "/masuk/kode")
    return phone


async def apply(page: Page, number: str) -> str:
    """As soon as the vacancy has reached the applications; returns the address of the application."""

    async def fits() -> bool:
        await page.goto(f"/lowongan/{number}")
        return await page.locator("main", has_text="kebutuhan terpenuhi").count() > 0

    await eventually(fits, what="what fits on the advert")
    await look(page, "52-cocok")
    await page.locator("main a[href*='/lamar']").first.click()
    await press(page, "/lamar")
    await expect(page.get_by_role("alert")).to_contain_text("Jawab pertanyaan ini")
    await page.locator("input[name=answers_q1][value=no]").check()
    await page.locator("input[name=documents][value=cv]").check()
    await look(page, "53-lamar")
    await press(page, "/lamar")
    await expect(page.locator("main")).to_contain_text(re.compile(r"LMR-\d{4}-\d{6}"))
    await look(page, "54-terkirim")
    return page.url.removesuffix("/terkirim")


async def hold(page: Page, vacancy_id: str) -> None:
    """The answer is not the wished one and rejects nobody; a note, and an answer for tomorrow."""
    await page.goto(f"/pelamar?lowongan={vacancy_id}")
    await press(page, "/buka")
    main = page.locator("main")
    await expect(main).to_contain_text("Bersedia bekerja hari Minggu?")
    await expect(main).to_contain_text("0 dari 2 kebutuhan terpenuhi")
    await page.locator("textarea[name=note]").fill("Ramah di telepon")
    await press(page, "/catatan")
    await expect(main).to_contain_text("Ramah di telepon")
    await look(page, "55-pelamar")
    await page.goto(f"/pelamar?lowongan={vacancy_id}&cocok=must")
    await expect(main).to_contain_text("Tidak ada di daftar ini")
    await page.goto(f"/pelamar?lowongan={vacancy_id}")
    await page.locator("input[name=pilih]").check()
    await page.locator("input[name=to][value=reject]").check()
    await page.locator("input[name=reason][value=hours]").check()
    await page.locator("input[name=when][value=later]").check()
    await page.locator("summary", has_text="Pilih tanggal dan jam").click()
    tomorrow = datetime.now(UTC).astimezone(WIB) + timedelta(days=1)
    for part, value in (("day", tomorrow.day), ("month", tomorrow.month), ("year", tomorrow.year)):
        await page.locator(f"input[name=release_at_{part}]").fill(str(value))
    await page.locator("input[name=release_hour]").fill("09.00")
    await press(page, "/sekaligus")
    await expect(main).to_contain_text("1 jawaban menunggu waktunya")
    await page.goto(f"/pelamar?lowongan={vacancy_id}")
    await expect(main).to_contain_text("Terjadwal: Belum terpilih")
    await look(page, "56-papan")
    table = await page.request.get(f"/pelamar/unduh.csv?lowongan={vacancy_id}")
    assert "Sari Wulandari" in await table.text()


async def answer_now(page: Page, vacancy_id: str) -> None:
    await page.goto(f"/pelamar?lowongan={vacancy_id}")
    await page.locator("main a[href^='/pelamar/app_']").first.click()
    await press(page, "/batal")
    await expect(page.locator("main")).not_to_contain_text("Terjadwal")
    await page.goto(f"/pelamar?lowongan={vacancy_id}")
    await page.locator("input[name=pilih]").check()
    await page.locator("input[name=to][value=shortlist]").check()
    await press(page, "/sekaligus")
    await expect(page.locator("main")).to_contain_text("1 jawaban terkirim")
