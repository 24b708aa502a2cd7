"""Texts as visitors bring them: hostile words, files that are no text, texts that take a while to train."""

import random
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server, open_page, player, wait_idle, wait_player
from tests.browsing import (
    FOX,
    SLOW,
    ask,
    last_update,
    metric,
    open_text_page,
    paste,
    press,
    rests_at,
    text_box,
    turn_to,
    visit,
    watch_it_learn,
)
from w2v import Config, Corpus, Run

pytestmark = pytest.mark.browser

HOSTILE = (
    r"""The <img src=x onerror=window.hacked=1> wears a <script>window.hacked=2</script> crown.
The **bold** king wears ![crown](http://example.invalid/x.png) and a [link](http://example.invalid/y) to the crown.
A $x^2$ and =1+1 and __proto__ and constructor and toString and hasOwnProperty meet "; DROP TABLE and {{7*7}}.
The constructor wears __proto__ and the crown; the king wears the \textbf{tex} :material/home: and :red[red] cloak.
A café and a naïve 😀 smile, 👨‍👩‍👧 and the crown. 'onclick=alert(1)' <svg/onload=alert(1)> javascript:alert(1).
مرحبا بالعالم يا ملك. שלום עולם. {RTL_OVERRIDE}gnirts{POP} and a wo{ZERO_WIDTH}rd. 日本語の王冠。 中文王冠。 한국어.
<iframe src=//example.invalid></iframe> <b>king</b> &lt;b&gt; &amp; null undefined NaN length prototype.
""".replace("{RTL_OVERRIDE}", "\u202e")
    .replace("{POP}", "\u202c")
    .replace("{ZERO_WIDTH}", "\u200b")
)

INTRUDERS = """() => {
    const found = [];
    const look = (root) => {
        for (const el of root.querySelectorAll('*')) {
            const name = el.localName;
            const handlers = [...el.attributes].map(a => a.name).filter(n => n.startsWith('on'));
            const link = el.getAttribute('src') || el.getAttribute('href') || '';
            if (handlers.length) found.push(name + ' ' + handlers);
            if (/example|^x$|^javascript/.test(link)) found.push(name + ' ' + link);
            if (name === 'script' && /hacked|alert/.test(el.textContent)) found.push('script');
            if (name === 'iframe' || name === 'marquee') found.push(name);
            const loud = ['strong', 'b', 'em'].includes(name);
            const ours = /^w2v-/.test(el.className); // the player sets a word of the moment in bold by itself
            if (loud && el.textContent === 'bold' && !ours) found.push(name);
            if (el.shadowRoot) look(el.shadowRoot);
        }
    };
    look(document);
    if (window.hacked) found.push('window.hacked = ' + window.hacked);
    return found;
}"""


def test_hostile_words_are_words_and_nothing_else(page: Page, app_server: Server) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    corpus = Corpus.from_text(HOSTILE)
    open_text_page(page, app_server)
    paste(page, HOSTILE)
    assert metric(page, "Tokens") == str(len(corpus.tokens))
    expect(text_box(page)).to_have_value(HOSTILE)
    shown = page.locator(".w2v-windows .w2v-wv-box .w2v-wv-word").all_text_contents()
    assert shown == list(corpus.tokens), "every word stands there letter for letter"
    assert {"img", "script", "constructor", "hasownproperty", "日", "مرحبا"} <= set(shown)
    page.get_by_text("Show the whole count matrix").click()
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=SLOW)
    assert page.evaluate(INTRUDERS) == []

    watch_it_learn(page)
    for word in ("constructor", "proto", "script"):
        id_of = corpus.vocabulary.ids[word]
        page.locator('[data-action="find-word"]').fill(word)
        expect(page.get_by_role("option", name=word, exact=True)).to_be_visible()
        page.keyboard.press("Enter")
        expect(player(page)).to_have_attribute("data-word", str(id_of))
        expect(page.get_by_text(f"Why is {word} here?")).to_be_visible()
    press(page, "play")
    expect(player(page)).not_to_have_attribute("data-t", "0")
    press(page, "play")
    wait_idle(page)
    assert page.evaluate(INTRUDERS) == []

    run = Run(Config(HOSTILE))
    turn_to(page, "One update")
    wait_player(page)
    for word in ("img", "constructor", "مرحبا", "王"):
        center = corpus.vocabulary.ids[word]
        t = next(t for t in range(run.n_steps) if run.step(t).traces[0].example.inputs == (center,))
        page.locator('[data-action="go-to"]').fill(str(t))
        page.keyboard.press("Enter")
        rests_at(page, t)
        name = re.compile(f"^Update {t:,}, epoch 1, .*: from center {word} predict")
        expect(page.locator(".w2v-update")).to_have_attribute("aria-label", name, timeout=SLOW)
        wait_idle(page)
        assert page.evaluate(INTRUDERS) == []
    assert page.locator(".katex-error").count() == 0
    assert dialogs == []


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/training", {"dim": "![](http://example.invalid/x.png)"}),
        ("/training", {"preset": "<img src=x onerror=window.hacked=1>"}),
        ("/update", {"objective": "**bold**"}),
        ("/update", {"text": "<script>window.hacked=1</script>"}),
        ("/update", {"t": "<b>1</b>", "word": "![](http://example.invalid/x.png)<img src=x onerror=window.hacked=1>"}),
    ],
    ids=lambda value: "" if isinstance(value, str) else "-".join(value),
)
def test_a_hostile_link_opens_a_working_page(page: Page, app_server: Server, path: str, query: dict[str, str]) -> None:
    visit(page, app_server, path, **{name: quote(value) for name, value in query.items()})
    if "t" not in query:
        expect(page.get_by_text("This link cannot be followed")).to_be_visible()
    assert page.evaluate(INTRUDERS) == []
    press(page, "forward")
    rests_at(page, 1)


FILES = {
    "binary": (bytes(range(256)) * 40, r"byte|binary|not (a )?(plain )?text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
    "Latin-1": ("Fr\u00fch \u00fcbt sich, wer ein Meister werden will.".encode("latin-1"), "encod"),
    "empty": (b"", "no words|empty"),
}


def test_a_file_that_is_no_text_is_refused_in_one_sentence(page: Page, app_server: Server) -> None:
    open_text_page(page, app_server)
    paste(page, FOX)
    words = metric(page, "Words")
    for kind, (content, says) in FILES.items():
        upload(page, "notes.txt", content)
        sentence = page.get_by_text(re.compile(r"The text in the box is as it was\.|Nothing was changed\.")).first
        expect(sentence, kind).to_be_visible(timeout=SLOW)
        expect(sentence, kind).to_have_text(re.compile(says, re.IGNORECASE))
        expect(text_box(page), f"{kind}: what was pasted is still there").to_have_value(FOX)
        assert metric(page, "Words") == words, kind
    upload(page, "again.txt", "The cat sat. The cat ran. The dog sat.".encode("utf-16"))
    expect(text_box(page)).to_have_value("The cat sat. The cat ran. The dog sat.", timeout=SLOW)
    expect(page.get_by_text("The text in the box is as it was.")).to_have_count(0)
    assert metric(page, "Words") == "5"


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a file in the upload box, opening it if it is closed."""
    field = page.locator('input[type="file"]')
    if not field.count():
        page.get_by_role("button", name="Upload a text file").click()
    field.first.set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    wait_idle(page)


def test_a_text_that_cannot_be_trained_stays_in_the_box_with_a_sentence(page: Page, app_server: Server) -> None:
    open_text_page(page, app_server)
    for text in ("word", "?!", "one. two. three."):
        paste(page, text)
        expect(page.get_by_text("Nothing was changed.").first, repr(text)).to_be_visible(timeout=SLOW)
        expect(text_box(page)).to_have_value(text)
        page.get_by_role("button", name="Watch it learn").click()
        wait_idle(page)
        expect(text_box(page), "it does not go on with another text").to_have_value(text)
        expect(page.get_by_text("Still in use, here and on all pages: Calendar.")).to_be_visible()
    paste(page, "")
    expect(page.get_by_text("The box is empty.")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Nothing was changed.")).to_have_count(0)
    expect(page.get_by_text("Still in use, here and on all pages: Calendar.")).to_be_visible()
    paste(page, FOX)
    expect(page.get_by_text("Nothing was changed.")).to_have_count(0)
    watch_it_learn(page)
    assert last_update(page) == Run(Config(FOX)).n_steps


def made_up_text(words: int, vocabulary: int = 400) -> str:
    """Sentences of ten made-up words, the same every time."""
    rng = random.Random(3)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    lexicon = sorted({"".join(rng.choices(syllables, k=3)) for _ in range(vocabulary)})
    drawn = rng.choices(lexicon, weights=[1 / (i + 1) for i in range(len(lexicon))], k=words)
    return " ".join(" ".join(drawn[i : i + 10]) + "." for i in range(0, words, 10))


def test_a_long_training_shows_its_progress_and_can_be_stopped(page: Page, app_server: Server) -> None:
    text = made_up_text(1500)
    config = Config(text)
    open_text_page(page, app_server)
    paste(page, text)
    page.get_by_role("button", name="Watch it learn").click()
    progress = page.get_by_test_id("stProgress")
    expect(progress).to_be_visible(timeout=SLOW)
    expect(progress).to_contain_text(re.compile(r"Training: [\d,]+ of [\d,]+ updates"))
    planned = int(re.findall(r"[\d,]+", progress.inner_text())[-1].replace(",", ""))
    page.get_by_role("button", name="Stop and keep what is trained").click()
    sentence = page.get_by_text(re.compile(r"^You stopped after [\d,]+ of [\d,]+ updates; the model so far is kept\."))
    expect(sentence).to_be_visible(timeout=SLOW)
    wait_player(page)
    kept, of_all = (int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", sentence.inner_text()))
    assert of_all == planned
    assert last_update(page) == kept
    assert 0 < kept < planned
    press(page, "end")
    rests_at(page, kept)
    first, last = ask(page, "[p.state(0).V, p.state(a).V]", kept)
    assert first != last
    assert sum(x * x for x in last) > sum(x * x for x in first), "it has learned something"
    assert config.epochs == 40
    assert page.get_by_role("button", name="Train it to the end").is_visible()


def test_a_large_text_shows_its_frequent_words_and_finds_the_others(page: Page, app_server: Server) -> None:
    text = made_up_text(1500, vocabulary=1200)
    vocabulary = Corpus.from_text(text).vocabulary
    rare = vocabulary.words[-1]
    assert len(vocabulary) > 320
    open_page(page, f"{app_server.url}/text?epochs=1")
    paste(page, text)
    watch_it_learn(page)
    shown = {item["word"] for item in ask(page, "p.positions()")}
    assert len(shown) == 300
    assert rare not in shown
    expect(page.locator(".w2v-caption")).to_contain_text(f"The 300 most frequent of {len(vocabulary):,} words")
    page.locator('[data-action="find-word"]').fill(rare)
    expect(page.get_by_role("option", name=rare, exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(player(page)).to_have_attribute("data-word", str(vocabulary.ids[rare]))
    wait_idle(page)
    assert rare in {item["word"] for item in ask(page, "p.positions()")}
