"""Help for the browser tests: find a browser, run the app's server, watch what a page does, wait for it.

`python -m tests.browser` says which browser the tests will use, and tries to download one when there is none.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SCREENSHOTS = Path(os.environ.get("W2V_SCREENSHOTS") or ROOT / ".screenshots")
PATIENCE = 30.0  # seconds until a page that is still busy counts as stuck

NO_BROWSER = (
    "No browser for the tests: install Chromium or Chrome (Debian and Ubuntu: apt install chromium), "
    "or name one in the environment variable W2V_BROWSER, or run: python -m playwright install chromium"
)
COMMANDS = (
    "chromium-headless-shell",  # Chromium without its window, which nobody sees here: a third less work
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES(X86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES}/Microsoft/Edge/Application/msedge.exe",
    "{PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",
)


# A page that is open for two seconds does not live to see what optimizing its code would bring, nor what is compiled
# once more in other threads although it is there already; what was compiled for one visitor serves the next, however
# late. A fifth less work for a visit, and the same pages. Room for all that a visit makes, so that it is not looked
# through for what can go, and one process instead of three that tell each other everything: a tenth less again.
# (Chromium takes the last list of features: the others are of Playwright's own lists.)
BRIEF_VISITS = (
    "--js-flags=--no-opt,--no-maglev,--no-flush-bytecode,--min-semi-space-size=32",
    "--disable-features=ScriptStreaming,PaintHolding,HttpsUpgrades,MediaRouter,OptimizationHints",
    "--enable-features=CDPScreenshotNewSurface,NetworkServiceInProcess2",
    "--in-process-gpu",
)


class NoBrowser(Exception):
    """No browser can be had; the message says in one sentence how to get one."""


# --- the browser ------------------------------------------------------------------------------------------


def find_browser(playwright: Playwright) -> str:
    """Path of the browser to test with.

    In this order: W2V_BROWSER, an installed Chromium, Chrome or Edge, Playwright's own download.
    Raises NoBrowser.
    """
    named = os.environ.get("W2V_BROWSER")
    if named:
        path = shutil.which(named)
        if path is None:
            raise NoBrowser(f"W2V_BROWSER names {named!r}, which is not a program on this computer.")
        return path
    for command in COMMANDS:
        if path := shutil.which(command):
            return path
    for place in PLACES:
        candidate = re.sub(r"\{(.+?)\}", lambda m: os.environ.get(m[1], ""), place)
        if Path(candidate).is_file():
            return candidate
    if Path(playwright.chromium.executable_path).is_file():
        return playwright.chromium.executable_path
    raise NoBrowser(NO_BROWSER)


def launch_arguments() -> list[str]:
    """Chromium's switches: no background chatter, and no way out to any other computer."""
    switches = [
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--process-per-site",  # pages of one context share what was compiled for another
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        switches.append("--no-sandbox")  # Chromium refuses to start as root with it
    return switches


# --- the server -------------------------------------------------------------------------------------------


class Server:
    """One running `streamlit run app.py` with the settings of the repository.

    Attributes: url (no slash at the end), pid, log (Path of everything the server printed), ended (whether
    the test itself has ended it).
    """

    def __init__(self, url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.url = url
        self.pid = process.pid
        self.log = log
        self.ended = False
        self._process = process
        self._read = 0

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def new_errors(self) -> list[str]:
        """The last line of each Python traceback printed since this was last asked."""
        news = self.log.read_bytes()[self._read :]
        self._read += len(news)
        text = news.decode(errors="replace")
        blocks = re.split(r"^.*Traceback \(most recent call last\).*$", text, flags=re.MULTILINE)[1:]
        return [last_line_of_traceback(block) for block in blocks]


def last_line_of_traceback(block: str) -> str:
    """ "ValueError: ..." of a traceback whose first line was cut off."""
    for line in block.splitlines():
        if line.strip() and not line[0].isspace() and not set(line) <= set(" ^~│─╭╮╰╯"):
            return line
    return block.strip()[-200:]


@contextmanager
def run_server(
    log: Path, *options: str, root: Path = ROOT, port: int | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Start the app on a free port, wait until it answers, and end that process (and no other) afterwards.

    settings : variables of the environment besides
    """
    port = port or free_port()
    arguments = ["--server.headless=true", f"--server.port={port}", "--server.fileWatcherType=none", *options]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=root,
            env={**environment, **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://localhost:{port}", process, log)
    try:
        wait_until_healthy(server)
        yield server
    finally:
        server.ended = True
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of this computer that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(server: Server) -> None:
    """Return when the server answers; AssertionError with its output when it does not within a minute."""
    deadline = time.monotonic() + 60
    while server.alive and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"The app did not start; it printed:\n{server.log.read_text(errors='replace')}")


# --- watching a page --------------------------------------------------------------------------------------

# Opened at /training, Streamlit 1.67 asks whether its server lives under /training/ before it asks at the root.
LOOKS_FOR_SERVER = re.compile(r"^http://localhost:\d+/\w+/_stcore/(health|host-config)$")


class Watch:
    """Everything that must not happen in a page unseen: console errors, page errors, requests elsewhere.

    `allow("pattern")` excuses complaints that match; `requests` holds every address that was asked for.
    """

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._complaints: list[str] = []
        self._allowed: list[str] = []
        self._servers: list[Server] = []

    def allow(self, pattern: str) -> None:
        """Excuse every complaint of this test in which the regular expression is found."""
        self._allowed.append(pattern)

    def follow(self, context: BrowserContext) -> Callable[[], None]:
        """Listen to all pages of a browser context; returns what ends that."""
        listeners: dict[Any, Callable[[Any], None]] = {
            "console": lambda message: self._console(message.type, message.text, message.location["url"]),
            "weberror": lambda error: self._complain(f"page error: {error.error}"),
            "request": lambda request: self._request(request.url),
            "page": lambda page: page.on("websocket", lambda socket: self._request(socket.url)),
        }
        for event, listener in listeners.items():
            context.on(event, listener)

        def end() -> None:
            for event, listener in listeners.items():
                context.remove_listener(event, listener)

        return end

    def serve(self, server: Server) -> None:
        """Count requests to this server as expected, and tracebacks in its log as complaints."""
        if server not in self._servers:
            server.new_errors()  # what others left behind is not ours
            self._servers.append(server)

    def complaints(self) -> list[str]:
        """What happened and was not allowed."""
        found = list(self._complaints)
        own = {urlsplit(server.url).netloc for server in self._servers}
        for url in self.requests:
            parts = urlsplit(url)
            if parts.scheme not in ("data", "blob", "about") and parts.netloc not in own:
                found.append(f"request to another host: {url}")
        for server in self._servers:
            found += [f"the server printed: {error}" for error in server.new_errors()]
            if not server.alive and not server.ended:
                found.append(f"the server ended: {server.log.read_text(errors='replace')[-500:]}")
        return [text for text in found if not any(re.search(pattern, text) for pattern in self._allowed)]

    def _console(self, kind: str, text: str, url: str) -> None:
        if kind == "error" and not ("404" in text and LOOKS_FOR_SERVER.search(url)):
            self._complain(f"console error: {text} ({url})")

    def _complain(self, text: str) -> None:
        self._complaints.append(text)

    def _request(self, url: str) -> None:
        self.requests.append(url)


# --- waiting and looking ----------------------------------------------------------------------------------

IDLE = """settle => {
    const app = document.querySelector('[data-testid="stApp"]');
    const unfinished = '[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]';
    const busy = !app
        || app.dataset.testScriptState !== 'notRunning'
        || app.dataset.testConnectionState !== 'CONNECTED'
        || document.querySelector(unfinished);
    if (busy) { window.idleSince = null; return false; }
    window.idleSince ??= performance.now();
    return performance.now() - window.idleSince >= settle;
}"""


def open_page(page: Page, url: str) -> None:
    """Go to an address of the app and wait until the page is complete."""
    page.goto(url, wait_until="domcontentloaded")
    wait_idle(page)


def wait_idle(page: Page, settle: float = 0.3, patience: float = PATIENCE) -> None:
    """Wait until Streamlit has had nothing to do for `settle` seconds: no running script, nothing faded.

    `settle` must be longer than what a widget waits before it reports (the player: 120 ms).
    """
    page.evaluate("window.idleSince = null")
    page.wait_for_function(IDLE, arg=1000 * settle, polling=50, timeout=1000 * patience)


def player(page: Page) -> Locator:
    """The animation's outermost element (Playwright looks into open shadow roots by itself)."""
    return page.locator(".w2v-player")


def wait_player(page: Page, patience: float = PATIENCE) -> Locator:
    """Wait until the first player of the page is drawn and the page is idle; returns its locator."""
    first = player(page).first
    first.wait_for(state="visible", timeout=1000 * patience)
    wait_idle(page, patience=patience)
    return first


def screenshot(page: Page, name: str, full_page: bool = False) -> Path:
    """Save a picture of the page as `name`.png in .screenshots (or W2V_SCREENSHOTS) and return its path."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path, full_page=full_page)
    return path


def main() -> None:
    """Say which browser there is; without one, let Playwright try its own download, at most five minutes."""
    with sync_playwright() as playwright:
        try:
            print(f"Browser for the tests: {find_browser(playwright)}")
            return
        except NoBrowser as problem:
            if os.environ.get("W2V_BROWSER"):
                print(problem)
                return
    print("No browser found; trying Playwright's own download ...", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        done = False
    print("Downloaded." if done else NO_BROWSER)


if __name__ == "__main__":
    main()
