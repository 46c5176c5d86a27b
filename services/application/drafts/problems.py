"""Why a draft is not kept."""

from shared.errors import Problem


class TooManyDrafts(Problem):
    code, status = "too_many_drafts", 409
    indonesian = "Draf lamaran Anda sudah penuh (50). Kirim atau hapus dulu sebagian."
    english = "You have 50 draft applications. Send or delete some first."
