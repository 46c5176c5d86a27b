"""What employers do with many adverts and with figures, in a browser with scripts switched off."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Page, expect

from deploy.local.demo.people import Gateway, Person, eventually, publish
from deploy.local.seed import OFFICER
from tests.journeys import browsing
from tests.journeys.browsing import look, needs_chromium, press
from tests.journeys.journey import PASSWORD, vacancy_body, verified_employer

PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
pytestmark = needs_chromium


async def test_an_employer_uploads_a_table_and_sends_the_complete_rows(
    page: Page, gateway: Gateway, officer: Person, tmp_path: Path
) -> None:
    employer, _ = await verified_employer(gateway, officer, name="Garmen Tabel Contoh")
    await browsing.sign_in(page, str((await employer.get("/accounts/me"))["email"]), PASSWORD)
    await page.goto("/pasang")
    await page.locator("main a[href$='/pasang/unggah']").first.click()
    await look(page, "60-unggah")
    await press(page, "/pasang/unggah")
    await expect(page.get_by_role("alert")).to_contain_text("Pilih berkas")
    await page.locator("input[type=file]").set_input_files(table(tmp_path))
    await press(page, "/pasang/unggah")
    main = page.locator("main")
    await expect(main).to_contain_text("Belum ada yang tersimpan")
    await expect(main).to_contain_text("mungkin Kartoharjo")
    await expect(main).to_contain_text("Baris 3")
    await look(page, "61-periksa-tabel")
    await page.locator("button[value=kirim]").click()
    await expect(main).to_contain_text("1 lowongan menunggu diperiksa petugas")
    await expect(main).to_contain_text("1 lowongan tersimpan sebagai draf")
    await look(page, "62-tersimpan")
    await page.goto("/pasang")
    await expect(main).to_contain_text("Operator obras tabel")
    await expect(main).to_contain_text("Pengemas tabel")
    await look(page, "63-lowongan-saya")


def table(folder: Path) -> Path:
    """One complete row, one that wants more, one that is wrong."""
    closes = (datetime.now(UTC) + timedelta(days=20)).strftime("%d/%m/%Y")
    rows = [
        "judul;kelurahan;hari;jam_mulai;jam_selesai;upah_min;uraian;tutup",
        f"Operator obras tabel;Taman;Senin-Sabtu;08.00;15.00;2.500.000;Mengobras seragam sesuai pola.;{closes}",
        "Pengemas tabel;;;;;;;",
        "Sopir;Kartohajo;;;;dua juta;;",
    ]
    file = folder / "lowongan.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


async def test_an_employer_sees_how_often_the_advert_was_looked_at(
    page: Page, gateway: Gateway, officer: Person
) -> None:
    employer, _ = await verified_employer(gateway, officer, name="Kedai Angka Contoh")
    advert = await publish(employer, officer, vacancy_body("Juru masak kedai angka"))
    assert page.context.browser is not None
    async with await page.context.browser.new_context(base_url=gateway.url, user_agent=PHONE) as visitor:
        looking = await visitor.new_page()
        for _ in range(3):
            await looking.goto(f"/lowongan/{advert['number']}")
        image = await looking.locator("meta[property='og:image']").get_attribute("content")
        assert image is not None
        picture = await looking.request.get(image)
        assert (picture.status, picture.headers["content-type"]) == (200, "image/png")

    async def written() -> bool:
        return bool((await employer.get(f"/vacancies/{advert['id']}/figures"))["views"] == 3)

    await eventually(written, what="the looks")
    await browsing.sign_in(page, str((await employer.get("/accounts/me"))["email"]), PASSWORD)
    await page.goto(f"/pasang/{advert['id']}")
    await page.locator("main a[href$='/angka']").click()
    await expect(page.locator("dl.sums")).to_contain_text("3")
    await expect(page.get_by_role("img", name="seluruhnya 3")).to_be_visible()
    await look(page, "64-angka")


async def test_a_live_advert_is_changed_and_an_officer_approves_its_text(
    page: Page, gateway: Gateway, officer: Person
) -> None:
    employer, about = await verified_employer(gateway, officer, name="Katering Ubah Contoh")
    advert = await publish(employer, officer, vacancy_body("Juru masak katering"))
    public = f"/lowongan/{advert['number']}"
    await browsing.sign_in(page, str((await employer.get("/accounts/me"))["email"]), PASSWORD)
    await page.goto(f"/pasang/{advert['id']}/ubah")
    await page.locator("input[name=title]").fill("Juru masak katering harian")
    await page.locator("input[name=openings]").fill("7")
    await press(page, "/ubah")
    await expect(page.get_by_role("status")).to_contain_text("Isi yang lama tetap tayang")
    await expect(page.locator("main")).to_contain_text("Perubahan menunggu petugas")
    await look(page, "65-perubahan-menunggu")
    await page.goto(public)
    await expect(page.locator("h1")).to_have_text("Juru masak katering")
    await expect(page.locator("main")).to_contain_text("7 orang")
    await page.context.clear_cookies()

    await browsing.sign_in(page, *OFFICER)
    await page.goto("/petugas")
    await page.locator("section[aria-labelledby=perubahan] a", has_text="Juru masak katering").last.click()
    await expect(page.locator("main")).to_contain_text("Juru masak katering harian")
    await look(page, "66-petugas-perubahan")
    await page.get_by_role("button", name="Tayangkan perubahan").click()
    await page.goto("/petugas/padanan")
    await look(page, "67-padanan")
    await page.context.clear_cookies()
    await page.goto(public)
    await expect(page.locator("h1")).to_have_text("Juru masak katering harian")
    await page.goto(f"/perusahaan/{about['id']}")
    await expect(page.locator("main article")).to_contain_text("Juru masak katering harian")
    await look(page, "68-perusahaan")
    await page.goto("/lowongan/bidang/5")
    await look(page, "69-bidang")
