"""What a visitor does and sees, in words: paste a text, step, choose a word, read the numbers of a page."""

import base64
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from playwright.sync_api import Locator, Page, expect

from pages.components.joining import joined_modules
from pages.components.register import Component
from tests.browser import PATIENCE, Server, open_page, player, wait_idle, wait_player

SLOW = 30_000.0  # ms for whatever needs the server, on a busy computer

FOX = (
    "The red fox runs over the hill. The grey fox sleeps under the hill. The red hen runs over the field. "
    "The grey hen sleeps under the field. A red fox sees the grey hen. A grey fox sees the red hen."
)


# --- going somewhere ----------------------------------------------------------------------------------------


def visit(page: Page, server: Server, path: str = "/training", **query: object) -> Locator:
    """Open a page with a player by its link and return the player, drawn and at rest."""
    link = "&".join(f"{name}={value}" for name, value in query.items())
    open_page(page, f"{server.url}{path}?{link}")
    return wait_player(page)


def open_text_page(page: Page, server: Server) -> None:
    """Come to Text and windows with the text that everybody begins with."""
    open_page(page, f"{server.url}/text")
    page.locator(".w2v-windows").wait_for()


def turn_to(page: Page, title: str) -> None:
    """Change the page as a visitor does, by the navigation."""
    page.get_by_test_id("stTopNavLink").filter(has_text=title).click()
    expect(page.locator('[data-testid="stTopNavLink"][aria-current="page"]')).to_contain_text(title)
    wait_idle(page)


def text_box(page: Page) -> Locator:
    return page.get_by_label(re.compile("^Your text"))


def paste(page: Page, text: str) -> None:
    """Put a text into the box and leave the box, as one does on the way to a button."""
    text_box(page).fill(text)
    text_box(page).blur()
    wait_idle(page)


def paste_over(box: Locator, text: str) -> None:
    """Have a text in the clipboard, and paste it in place of all that is in a box, with the keys."""
    put_into_clipboard(box.page, text)
    box.press("ControlOrMeta+a")
    box.press("ControlOrMeta+v")


def put_into_clipboard(page: Page, text: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)


def watch_it_learn(page: Page, patience: float = PATIENCE) -> Locator:
    """Go on to Training, and bring what plays there by itself back to its start."""
    page.get_by_role("button", name="Watch it learn").click()
    there = wait_player(page, patience)
    if data(page, "playing") == "true":
        press(page, "start")
    return there


GROUND_IS_DARK = """wanted => {
    const ground = getComputedStyle(document.querySelector('.stApp')).backgroundColor;
    return wanted === ground.match(/\\d+/g).every(part => Number(part) < 60);
}"""


def change_theme(page: Page, theme: str) -> None:
    """Let the visitor's system change its theme, and wait until the page wears it."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.wait_for_function(GROUND_IS_DARK, arg=theme == "dark")
    wait_idle(page)


# --- the player -------------------------------------------------------------------------------------------


def press(page: Page, action: str) -> None:
    """Press a button of the transport: start, back, play, forward, end."""
    page.locator(f'[data-action="{action}"]').click()


def stands_at(page: Page, t: int) -> None:
    """The player comes to rest at moment t and shows exact numbers."""
    expect(player(page)).to_have_attribute("data-t", str(t), timeout=SLOW)
    expect(player(page)).to_have_attribute("data-playing", "false")
    expect(player(page)).to_have_attribute("data-exact", "true", timeout=SLOW)


def rests_at(page: Page, t: int) -> None:
    """The player comes to rest at moment t, shows exact numbers, and the link says so."""
    stands_at(page, t)
    link_says(page, t=str(t) if t else None)


def link_says(page: Page, **wanted: str | None) -> None:
    """Wait until the address holds these values (None: does not name it)."""
    page.wait_for_function(
        """wanted => {
            const link = new URL(location.href).searchParams;
            return Object.entries(wanted).every(([name, value]) => link.get(name) === value);
        }""",
        arg=wanted,
        timeout=SLOW,
    )


def query_of(page: Page) -> dict[str, str]:
    """What stands after the question mark of the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def data(page: Page, name: str) -> str:
    return player(page).get_attribute(f"data-{name}") or ""


def last_update(page: Page) -> int:
    """How many updates the run has."""
    return int(page.locator('[data-action="scrub"]').get_attribute("max") or -1)


def ask(page: Page, expression: str, argument: Any = None) -> Any:
    """Evaluate JavaScript with `p`, the player's own interface, and `a`, the argument. Numbers arrive unrounded."""
    text = player(page).evaluate(
        f"(root, a) => {{ const p = root.player; return JSON.stringify(({expression}) ?? null); }}", argument
    )
    return json.loads(text)


def positions(page: Page) -> dict[str, tuple[float, float]]:
    """Where each word stands on the map, in pixels of the map."""
    return {item["word"]: (item["px"], item["py"]) for item in ask(page, "p.positions()")}


def picture(page: Page, view: str) -> str:
    """What is painted: the map, the bars or the loss, as data."""
    return str(page.locator(f".w2v-{view} canvas").first.evaluate("canvas => canvas.toDataURL()"))


def readout(page: Page) -> Locator:
    """The sentence under the bars."""
    return page.locator('.w2v-bars [data-role="readout"]')


# --- the page ---------------------------------------------------------------------------------------------


def equation(page: Page, begins: str) -> str:
    """The LaTeX source of the first equation that begins like this."""
    sources = page.locator(".katex annotation").all_text_contents()
    return next(source for source in sources if source.strip().startswith(begins))


def last_vector(latex: str) -> list[float]:
    """The numbers in the last brackets of an equation."""
    inside = latex.rsplit(r"\left(", 1)[1].split(r"\right)")[0]
    return [number_of(entry) for entry in inside.split(r",\;")]


def last_number(latex: str) -> float:
    """The number after the last equals sign of an equation."""
    return number_of(latex.rsplit("=", 1)[1].split(r"\ \text")[0].replace(r"\end{aligned}", ""))


def number_of(text: str) -> float:
    """-0.0123, 1{,}230 or 1.2\\cdot 10^{-7}."""
    plain = text.replace("{,}", "").strip()
    mantissa, _, power = plain.partition(r"\cdot 10^{")
    return float(mantissa) * 10.0 ** int(power.rstrip("}") or 0)


def same_to_three_digits(shown: Any, wanted: Any) -> None:
    """Every shown number is the wanted one, rounded to three significant digits."""
    wanted = np.atleast_1d(np.asarray(wanted, dtype=np.float64))
    unit = 10.0 ** (np.floor(np.log10(np.abs(wanted))) - 2)
    difference = np.abs(np.atleast_1d(shown) - wanted)
    assert (difference <= 0.5000001 * unit).all(), f"shown {shown}, wanted {wanted}"


def metric(page: Page, label: str) -> str:
    """A number of the health card: of Tokens, Words, Sentences or Examples."""
    numbers = page.get_by_text(re.compile(r"tokens .* sentences .* examples")).first.inner_text()
    found = re.search(rf"([\d,]+) {label.lower()}", numbers)
    assert found, numbers
    return found[1]


# --- a component by itself ------------------------------------------------------------------------------------

_MOUNT = """([name, record, style]) => {
    const bytes = Uint8Array.from(atob(record), (letter) => letter.charCodeAt(0));
    let host = document.querySelector("main");
    if (!host) {
        host = document.body.appendChild(document.createElement("main"));
        host.attachShadow({mode: "open"}).append(document.createElement("style"));
        host.shadowRoot.firstChild.textContent = style;
        window.reports = [];
    }
    const report = (name, value) => window.reports.push([name, value]);
    const heard = {setStateValue: report, setTriggerValue: report};
    window.unmount = window[name]({data: bytes, parentElement: host.shadowRoot, ...heard});
}"""


def add_component(page: Page, component: Component, name: str) -> None:
    """Put the code of a component into a page without the app: `name` is the function that mounts it."""
    page.add_script_tag(content=f"{joined_modules(component.entry)}\nwindow.{name} = {name};", type="module")
    page.wait_for_function("name => !!window[name]", arg=name)


def mount_component(page: Page, name: str, record: bytes, style: str) -> None:
    """Mount a component without the app, or give it another record: `name` is its function, put into the page before.

    What it reports is gathered in `window.reports`; `window.unmount` takes it away.
    """
    page.evaluate(_MOUNT, [name, base64.b64encode(record).decode(), style])


def unmount_component(page: Page) -> None:
    """Take away what is mounted without the app, if anything is: the next one begins anew."""
    page.evaluate("() => { window.unmount?.(); document.querySelector('main')?.remove(); }")
