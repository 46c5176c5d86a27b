"""Our own words about words: spellings, compounds and stems where the Indonesian Snowball stemmer goes wrong.

The stemmer does not give back the letter that a prefix swallows (memasak is masak, mengirim is kirim), and it joins
words that mean different jobs (perawat and perawatan, pelayan and pelayanan). Every entry here was seen in real
vacancies. A change makes every replica build its index again, because the index is made of these stems.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(text: str) -> dict[str, str]:
    """`word word word = meaning`, one a line."""
    lines = (line.split("=") for line in text.strip().splitlines())
    return {word: meaning.strip() for words, meaning in lines for word in words.split()}


# The same word in other letters: read as the one on the right, in vacancies and in searches alike.
SPELLINGS = _table("""
    supir nyopir nyupir menyopir = sopir
    nyetir menyetir = setir
    staff staf2 = staf
    assisten asistant assistant assistent = asisten
    ijasah = ijazah
    sederajad setara = sederajat
    adminitrasi admistrasi administarsi adminstrasi = administrasi
    sekertaris sekretariss = sekretaris
    apotik = apotek
    praktek = praktik
    tehnik tekhnik = teknik
    tehnisi tekhnisi = teknisi
    design disain = desain
    designer = desainer
    kordinator = koordinator
    cordinator = coordinator
    telpon telephone tlp telp = telepon
    trampil = terampil
    ketrampilan = keterampilan
    kwalitas = kualitas
    karir = karier
    jogja jogjakarta yogja yogya = yogyakarta
    sekuriti sekurity = security
    resto = restoran
    cafe = kafe
    garment = garmen
    laundri = laundry
    gojek grab = ojol
    rumahan = dirumah
    ngajar = mengajar
    ngasuh = mengasuh
    momongan = momong
    jagain = jaga
    ekspidisi expedisi = ekspedisi
    analyst = analis
    interview = wawancara
    paruhwaktu = parttime
    fultime = fulltime
    sampingan = sambilan
    business bussiness busines = bisnis
    manager menejer maneger manejer = manajer
    content conten = konten
    creator kreater = kreator
    social = sosial
    product prodak produck = produk
    project projek = proyek
    specialist spesialist specialis = spesialis
    executive eksekutif = executive
    consultant konsultant = konsultan
    logistic logistics = logistik
    photographer fotograper = fotografer
    vidio = video
    akun = account
    developmen developmet = development
    system = sistem
    leb = lab
    ofiser = officer
    betulin mbetulin benerin mbenerin ndandani dandani ndandakne = servis
    resik resiki ngresiki = bersih
    dodolan adol ngedol bakulan = jualan
    jogo njogo = jaga
    ngaterke ngeterke ngeterin nganterno = antar
    nyetir = setir
    umbah ngumbahi = cuci
    nggosok gosok = setrika
    ngladeni = pelayan
    ngopeni openi = rawat
    omah umah griya = rumah
    bengi mbengi wengi malem = malam
    esuk isuk = pagi
    ndak ora mboten = tidak
    wong = orang
    tuwo = tua
    nang ning neng = di
    saka seko soko = dari
    sing = yang
    bocah lare = anak
    klambi = baju
    sego = nasi
    pitik = ayam
    pijit pijet = pijat
    bakul = penjual
    crew = kru
    control = kontrol
    inventori = inventory
    production = produksi
    photography fotografi = fotografer
    macak = dandan
    ngliwet nggodog = masak
""")

# Words that together name one thing. Without this "bekerja di rumah sakit" would be work at home.
# The order counts: what stands first is joined first.
COMPOUNDS: dict[tuple[str, ...], str] = {
    ("rumah", "sakit"): "rumahsakit",
    ("rumah", "tangga"): "rumahtangga",
    ("rumah", "makan"): "rumahmakan",
    ("rumah", "kaca"): "rumahkaca",
    ("rumah", "ibadah"): "rumahibadah",
    ("rumah", "tahanan"): "rumahtahanan",
    ("rumah", "produksi"): "rumahproduksi",
    ("remote", "sensing"): "remotesensing",
    ("latte", "art"): "latteart",
    ("art", "director"): "artdirector",
    ("di", "rumah"): "dirumah",
    ("dari", "rumah"): "dirumah",
    ("e", "commerce"): "ecommerce",
    ("on", "line"): "online",
    ("free", "lance"): "freelance",
    ("part", "time"): "parttime",
    ("full", "time"): "fulltime",
    ("baby", "sitter"): "babysitter",
    ("ai", "ti"): "it",
    ("tanggung", "jawab"): "tanggungjawab",
    ("kerja", "sama"): "kerjasama",
    ("bekerja", "sama"): "kerjasama",
    ("s", "1"): "s1",
    ("s", "2"): "s2",
    ("d", "1"): "d1",
    ("d", "3"): "d3",
    ("d", "4"): "d4",
}

# Stems where the stemmer is wrong; a word that stands for itself is kept apart from its neighbours.
STEMS = _table("""
    memasak pemasak masakan masak = masak
    mengirim pengiriman mengirimkan pengirim dikirim kirim kirimkan = kirim
    menulis penulis penulisan tulis tulisan = tulis
    mengemudi pengemudi mengemudikan kemudi = kemudi
    perawat keperawatan = perawat
    perawatan merawat rawat terawat = rawat
    pelayan = pelayan
    pelayanan layanan melayani = layan
    mengelola pengelola pengelolaan kelola dikelola = kelola
    menerjemahkan penerjemah terjemah terjemahan = terjemah
    mengantar pengantar pengantaran mengantarkan antar = antar
    pengalaman berpengalaman = pengalaman
    mengalami dialami = alami
    penempatan ditempatkan tempatkan = penempatan
    perumahan = perumahan
    pemilik = pemilik
    perusahaan = perusahaan
    pengadaan = pengadaan
    bagian = bagian
    masalah bermasalah = masalah
    keuangan = keuangan
    keamanan = keamanan
    belajar mempelajari pembelajaran pelajaran pelajar = belajar
    mengajar pengajar mengajarkan pengajaran ajar diajarkan = ajar
    divisi = divisi
    terapi terapis = terapi
    peserta = peserta
    kediri = kediri
    bangunan = bangunan
    pemasaran memasarkan pasarkan = pemasaran
    pasar = pasar
    pelatih = pelatih
    pendidikan = pendidikan
    pelaksana = pelaksana
    pengawas = pengawas
    pengemasan kemas kemasan dikemas mengemas = kemas
    pembantu = pembantu
    menjaga terjaga dijaga = menjaga
    peneliti penelitian meneliti = peneliti
    teliti ketelitian = teliti
    pengasuh mengasuh asuh asuhan = asuh
    perangkat = perangkat
    penata menata penataan tata = tata
    pemijat memijat pijat = pijat
    penagih penagihan menagih tagihan = tagih
    pencuci mencuci cuci cucian = cuci
    pengecatan mengecat cat pengecat = cat
    pengelasan mengelas las pengelas = las
    pemrograman pemrogram pemograman = pemrogram
    peternak peternakan ternak beternak = ternak
    mengetik pengetikan ketik pengetik = ketik
    menerima penerima penerimaan terima diterima = terima
    pemotong memotong potong pemotongan = potong
    menyapu penyapu sapu = sapu
    pengepakan mengepak pengepak = pengepakan
    menanam penanaman tanam tanaman = tanam
    memanen pemanen panen = panen
    menyanyi penyanyi nyanyi = nyanyi
    menari penari tari tarian = tari
    memperbaiki perbaikan reparasi = perbaikan
    usaha berusaha = usaha
    api = api
    diri berdiri = diri
    kepala = kepala
    media = media
    disabilitas = disabilitas
    perikanan ikan nelayan = ikan
    direktur direksi = direktur
    menyetrika setrika disetrika = setrika
    pemandu pandu = pandu
    pekerja = kerja
    percetakan pencetakan mencetak cetak = cetak
""")

# Words in the synonym groups that mean too much alone: they neither stand for their group nor are looked for
# in its place ("tukang" is in the group of builders, but a tailor is a "tukang" too).
TOO_WIDE = _words("operator umum kepala head office event tukang display tetap lepas leader")
# Short forms that people type, but that mean something else in most titles (Art Director, dr. Budi,
# Pembantu Pembimbing).
TYPED_ONLY = _words("art pa pr mi dr ao mt mes pembantu bibi bd ae cuci lab bersih")

# Groups about conditions rather than jobs: their words are looked for in the whole text. A word for another job
# names the job in a title and mostly a colleague in a text ("melapor ke supervisor").
CONDITIONS = frozenset(
    line.strip()
    for line in """
        magang
        freelance
        borongan
        paruh waktu
        penuh waktu
        kontrak
        harian lepas
        kerja dari rumah
        shift malam
        fresh graduate
        sma
        smp
        sd
        diploma
        sarjana
        disabilitas
        sim a
        sim c
        komputer
        umk
        lembur
        mess
    """.strip().splitlines()
)

# Who does something, and not what: beside another word they say nothing more ("tukang ngarit", "juru lelang").
DOERS = _words("tukang juru pekerja buruh jasa")

# What everybody looks for here: said in a search, it says nothing more.
IMPLIED = _words(
    "lowongan lowker loker kerja kerjaan pekerjaan dibutuhkan butuh cari dicari info gawe"
    " pengen pingin kepengen ingin jadi"
)
