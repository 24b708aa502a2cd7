"""Files that real people upload, and some that nobody should: made here, each with what must happen to it."""

import io
import random
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

TRAIN, REFUSE, ASK, EITHER = "train", "refuse", "ask", "either"

MARKUP = (
    "<b>zqbold</b> zqplain <script>zqscript()</script> ![zqimage](http://zqhost.example/x.png) zqplain "
    "[zqlink](zqtarget) $zqmath$ $$\\frac{zqtop}{zqbottom}$$ =1+zqsum @zqcell +zqplus -zqminus `zqcode` "
    ":material/zqicon: :red[zqred] **zqstars** _zqunder_ ~~zqstrike~~ # zqhead zqplain {{zqbraces}} \\zqcommand "
    "%zqpercent% &zqamp; <a href='javascript:zqhref'>zqanchor</a> zqdon't zq-dash <img src=x onerror=zqerror> "
    "zqplain | zqcolumn | zqrow | <!--zqcomment--> zqplain \u202ezqbidi\n"
)
"""A sentence of words dressed as markup. Every word in it begins with zq, so any of them is found on a page."""


@dataclass(frozen=True)
class File:
    """An upload and what must become of it.

    expect   : "train"; "refuse" in one sentence; "ask" which encoding; "either" of the first two
    encoding : the encoding in which a file of kind "ask" can be read after all
    """

    name: str
    data: bytes
    expect: str
    encoding: str | None = None


def files() -> list[File]:
    """All kinds, the same bytes each time."""
    return [*_nothing(), *_binary(), *_encodings(), *_scripts(), *_words(), *_sizes()]


def _text(name: str, text: str, expect: str = TRAIN) -> File:
    return File(name, text.encode("utf-8"), expect)


def _prose(words: str, sentences: int = 12, seed: int = 5, end: str = ".\n") -> str:
    """Sentences of five words, drawn from a list."""
    rng, some = random.Random(seed), words.split()
    return "".join(" ".join(rng.choices(some, k=5)) + end for _ in range(sentences))


def _nothing() -> list[File]:
    return [
        File("empty", b"", REFUSE),
        _text("only blanks", " \t\r\n\u00a0\u3000\u2003 \n", REFUSE),
        _text("only punctuation", "?! ... --- ,,, ;;; \u201c\u201d \u2026 \u3002 ''' *** " * 40, REFUSE),
        _text("one word", "alone", REFUSE),
        _text("one word many times", "again " * 500, REFUSE),
        _text("two words", "good night"),
        _text("shorter than the window", "so it is"),
        _text("every word in a sentence of its own", "one.\ntwo.\nthree.\n", REFUSE),
    ]


def _binary() -> list[File]:
    pixels = zlib.compress(bytes(3000))
    chunk = struct.pack(">I", len(pixels)) + b"IDAT" + pixels + struct.pack(">I", zlib.crc32(b"IDAT" + pixels))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("bomb.txt", (2026, 1, 1, 0, 0, 0))
        archive.writestr(entry, b"boom " * 4_000_000, zipfile.ZIP_DEFLATED)  # 20 MB in 20 kB: must never be unpacked
    noise = random.Random(3).randbytes(3000)
    return [
        File("a program", b"\x7fELF\x02\x01\x01" + bytes(9) + noise, REFUSE),
        File("a picture", b"\x89PNG\r\n\x1a\n" + chunk, REFUSE),
        File("an archive that explodes", box.getvalue(), REFUSE),
        File("a PDF", b"%PDF-1.7\n" + b"1 0 obj << /Type /Catalog >> endobj\n" * 20, REFUSE),
        File("random bytes", noise, REFUSE),
        File("NUL in a text", b"all is well here\0and there it is well\n" * 30, REFUSE),
        File("control characters", b"bell \x07 escape \x1b[31m red \x08\x08 words here\n" * 30, REFUSE),
    ]


def _encodings() -> list[File]:
    german = "„Schöne Bäume“ grüßen die großen Bäume am See. " * 9
    japanese = "猫は魚を食べる。犬は肉を食べる。\n" * 9
    greek = "η θάλασσα είναι μπλε. " * 9
    return [
        File("UTF-8 with a mark", b"\xef\xbb\xbf" + greek.encode(), TRAIN),
        File("UTF-16 with a mark", greek.encode("utf-16"), TRAIN),
        File("UTF-32 with a mark", greek.encode("utf-32"), TRAIN),
        File("UTF-16 big-endian with a mark", b"\xfe\xff" + greek.encode("utf-16-be"), TRAIN),
        File("UTF-16 without a mark, Greek", greek.encode("utf-16-le"), ASK, "utf-16-le"),
        File("UTF-16 without a mark, English", ("the sea is blue. " * 9).encode("utf-16-le"), ASK, "utf-16-le"),
        File("cp1252 with curly quotes", german.encode("cp1252"), ASK, "cp1252"),
        File("Shift JIS", japanese.encode("shift_jis"), ASK, "shift_jis"),
        File(
            "GB 18030",
            "春天很暖和。冬天很冷。".encode("gb18030"),
            ASK,
            "gb18030",
        ),
        File("half a character in UTF-8", b"fine so far \xed\xa0\x80 and on it goes\n" * 4, REFUSE),
        File("cut in the middle of a character", "grün grü".encode()[:-1], REFUSE),
    ]


def _scripts() -> list[File]:
    return [
        _text("Arabic and Hindi", _prose("كلب قطة بيت पानी दूध घर", 20, end="۔ ")),
        _text("Hebrew with points", _prose("שָׁלוֹם בַּיִת יֶלֶד")),
        _text("Spanish", _prose("mañana niño año árbol ¿qué? corazón")),
        _text("Turkish", _prose("İstanbul ışık kapı çiçek şehir")),
        _text("Chinese", "山上有雪。水里有鱼。天上有云。" * 4),
        _text("Japanese", "あした、カメラを持って行く。" * 4),
        _text("Korean", _prose("하늘 바다 산 나무 강")),
        _text("Thai, in phrases", "ปลาว่ายน้ำ นกบินไป\n" * 4),
        _text("Thai without any blank", "ปลาว่ายน้ำในแม่น้ำ" * 40, EITHER),
        _text("emoji among words", _prose("😀 sun 🧑\u200d🚀 moon ❤\ufe0f star 🇩🇪 sky 1\ufe0f⃣")),
        _text("only emoji", "😀😃 🧑\u200d🚀 ❤\ufe0f\n" * 20, REFUSE),
    ]  # fmt: skip


def _words() -> list[File]:
    rng = random.Random(8)
    marks = [chr(c) for c in range(0x300, 0x36F)]
    zalgo = " ".join(
        w + "".join(rng.choices(marks, k=k)) for w in ["he", "comes", "and", "he", "waits"] for k in (3, 90, 400)
    )
    composed = "café naïve ångström re\u0301sume\u0301 "
    return [
        _text("words dressed as markup", MARKUP * 4),
        _text("formulas of a spreadsheet", "=SUM(A1:A9) +1 -2 @cmd|' /C calc'!A0 =HYPERLINK(q) \t=1 \r=2\n" * 9),
        _text("missing values", _prose("nan NaN null NULL None NA N/A undefined inf true false 0")),
        _text("paths and commands", "../../etc/passwd ; rm -rf / && C:\\Windows\\System32 $(whoami) `id` | sh\n" * 9),
        _text("names of Python", _prose("__init__ __class__ __proto__ constructor prototype toString hasOwnProperty")),
        _text("statements of SQL", "Robert'); DROP TABLE students; -- OR 1=1 UNION SELECT name\n" * 9),
        _text("braces and percent signs", "{0} {name!r} %s %d ${HOME} {{7*7}} #{9} <%= 3 %> words all the same\n" * 9),
        _text("case folding", _prose("Straße STRASSE straße Σίσυφος ΣΊΣΥΦΟΣ ǅ ﬁn FIN")),
        _text("composed and decomposed", composed * 5 + unicodedata.normalize("NFD", composed) * 5),
        _text("turned around", "left \u202eright\u202c up \u2066alone\u2069 down \u200fheb\n" * 9),
        _text("invisible", "up\u200bdown so\u00adft \ufeffmark jo\u200din no\u200cjoin up down\n" * 9),
        _text("marks piled up", (zalgo + "\n") * 3),
        _text("all kinds of line ends", "a b\r\nc d\rb a\u2028d c\u2029a c\x0bb d\x0ca d\x85c b\n" * 5),
        _text("only digits", _prose("1 22 333 3.14 1,000 2e5 0x1f ١٢ १२"), EITHER),
        _text("letters lost before", "gr\ufffdn and gr\ufffdn again and red\n" * 5),
        _text("lines without ends", "word after word after word without an end to it " * 40),
    ]  # fmt: skip


def _sizes() -> list[File]:
    once = " ".join("".join(random.Random(i).choices("bdfgklmnprst", k=7)) for i in range(400))
    return [
        _text("every word once", once),
        _text("one word of 100,000 letters", "short words " * 30 + "x" * 100_000 + " short words again" * 9),
        _text("50,000 letters without a blank", "ab" * 25_000, REFUSE),
        _text("200,000 distinct words", " ".join(f"w{i:x}" for i in range(200_000)), REFUSE),
        _text("more than 5 MB", "word upon word " * 360_000, REFUSE),
        _text("100,000 line ends", "\n" * 100_000 + "two words", TRAIN),
    ]
