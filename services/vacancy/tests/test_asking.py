"""Questions to whoever applies: whole ones pass, and none asks what a person is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.vacancy.domain.asking import flaws, numbered
from services.vacancy.domain.rules.private_matters import asks_for_private
from shared.contracts.screening import Question

PRIVATE = [
    "Berapa usia Anda?",
    "Umur berapa sekarang?",
    "Apakah Anda berusia di bawah 30 tahun?",
    "Tanggal lahir Anda?",
    "Tahun kelahiran?",
    "Jenis kelamin",
    "Apakah Anda laki-laki atau perempuan?",
    "Sudah menikah?",
    "Status pernikahan Anda?",
    "Apakah Anda belum menikah dan siap kerja keras?",
    "Berencana menikah dalam dua tahun?",
    "Apakah Anda punya anak?",
    "Berapa anak Anda?",
    "Apakah ada izin suami?",
    "Apakah Anda sedang hamil?",
    "Rencana hamil tahun ini?",
    "Apa agama Anda?",
    "Apakah Anda muslim?",
    "Apakah Anda berhijab?",
    "Anda dari suku apa?",
    "Berapa tinggi badan Anda?",
    "Apakah Anda bertato?",
    "Kirim foto terbaru Anda",
    "Apakah Anda punya riwayat penyakit?",
    "Pernah dirawat di rumah sakit?",
    "Sehat jasmani dan rohani?",
    "Apakah Anda buta warna?",
    "Apakah Anda penyandang disabilitas?",
    "Apakah penyakit kronis mengganggu Anda melayani pelanggan?",
    "How old are you?",
    "Are you married?",
    "Pilih yang sesuai\nLaki-laki\nPerempuan",
    "Pilih satu\nIslam\nKristen",
]
ABOUT_WORK = [
    "Bersedia bekerja hari Sabtu?",
    "Punya SIM C yang masih berlaku?",
    "Berapa tahun pengalaman menjahit kebaya?",
    "Bersedia mengangkat 20 kg?",
    "Pernah mengasuh anak usia 2 sampai 4 tahun?",
    "Pernah merawat lansia berusia di atas 70 tahun?",
    "Pernah mengajar agama di TPQ?",
    "Bisa menjahit busana hamil?",
    "Pernah memotong rambut pria dan wanita?",
    "Berapa anak buah yang pernah Anda pimpin?",
    "Mesin apa yang biasa Anda pakai?",
    "Apakah Anda memahami usia pakai oli mesin?",
    "Jam berapa Anda bisa mulai?",
    "Punya kendaraan sendiri?",
    "Pernah bekerja di rumah makan?",
    "Apakah punya alat sendiri di rumah?",
    "Bersedia memakai seragam dan helm?",
    "Can you drive a small truck?",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_what_a_person_is_may_not_be_asked(text: str) -> None:
    assert asks_for_private(text)


@pytest.mark.parametrize("text", ABOUT_WORK)
def test_what_a_person_can_do_may_be_asked(text: str) -> None:
    assert not asks_for_private(text)


def question(**given: object) -> Question:
    return Question.model_validate({"id": "", "kind": "yes_no", "text": "Bersedia kerja Sabtu?", **given})


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"need": "must_have", "wanted": ("yes",)},
        {"kind": "choice", "options": ("Pagi", "Sore"), "need": "nice_to_have", "wanted": ("Pagi",)},
        {"kind": "number", "need": "must_have", "at_least": 1},
        {"kind": "number"},
        {"kind": "text", "text": "Ceritakan jahitan terakhir Anda."},
    ],
)
def test_a_whole_question_passes(given: dict[str, object]) -> None:
    assert flaws([question(**given)]) == []


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"text": "Hm?"}, "/questions/0/text"),
        ({"text": "Berapa usia Anda?"}, "/questions/0/text"),
        ({"need": "must_have"}, "/questions/0/wanted"),
        ({"wanted": ("yes",)}, "/questions/0/wanted"),
        ({"need": "must_have", "wanted": ("maybe",)}, "/questions/0/wanted"),
        ({"options": ("a", "b")}, "/questions/0/options"),
        ({"kind": "choice", "options": ("Pagi", "pagi")}, "/questions/0/options"),
        ({"kind": "choice", "options": ("Pagi",)}, "/questions/0/options"),
        ({"kind": "choice", "options": ("a", "b"), "need": "must_have", "wanted": ("c",)}, "/questions/0/wanted"),
        ({"kind": "number", "need": "must_have"}, "/questions/0/wanted"),
        ({"kind": "number", "at_least": 3}, "/questions/0/wanted"),
        ({"kind": "number", "need": "must_have", "at_least": 3, "at_most": 2}, "/questions/0/at_least"),
        ({"at_least": 3}, "/questions/0/at_least"),
        ({"kind": "text", "need": "must_have"}, "/questions/0/need"),
    ],
)
def test_a_question_that_is_not_whole_is_told_at_its_place(given: dict[str, object], pointer: str) -> None:
    assert [flaw.pointer for flaw in flaws([question(**given)])] == [pointer]


def test_the_same_question_twice_and_a_sixth_are_refused() -> None:
    many = [question(text=f"Pertanyaan nomor {number}?") for number in range(6)]
    assert [flaw.pointer for flaw in flaws(many)] == ["/questions"]
    assert [flaw.pointer for flaw in flaws([question(), question()])] == ["/questions/1/text"]


def test_questions_are_numbered_in_their_order_whatever_they_were_called() -> None:
    made = numbered([question(id="q9"), question(id="q9", text="Punya SIM C?")])
    assert [each.id for each in made] == ["q1", "q2"]
    assert numbered(made) == made


@given(st.text(alphabet="abcdefg usia\n?,. /-()", max_size=400))
def test_any_text_is_judged_quickly_and_without_an_error(text: str) -> None:
    assert asks_for_private(text) in (True, False)
