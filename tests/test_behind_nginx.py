"""Two processes of the app behind nginx, as deploy/nginx has it: who stays where, and what happens when one dies."""

import asyncio
import http.client
import os
import signal
import ssl
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.browser import ROOT, Server, open_page, run_server, wait_idle, wait_player
from tests.browsing import FOX, SLOW, ask, press, query_of, rests_at
from tests.proxy import port_of, program, run_nginx
from w2v import Config

MEGABYTE = 1024 * 1024
OWN_TEXT = Config(FOX, dim=6, epochs=3).to_query() | {"t": "137", "word": "fox"}


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Server]]:
    """Call it for a second process of the app, the same one until it is killed."""
    with ExitStack() as stack:
        running: list[Server] = []

        def server() -> Server:
            if not (running and running[-1].alive):
                log = tmp_path_factory.mktemp("another") / "log.txt"
                running.append(stack.enter_context(run_server(log)))
            return running[-1]

        yield server


def answer(
    url: str, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str
) -> http.client.HTTPResponse:
    """What a visitor gets who need not be a browser."""
    place = urlsplit(url)
    assert place.port
    connection: http.client.HTTPConnection
    if place.scheme == "https":
        trusting = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("localhost", place.port, timeout=20, context=trusting)
    else:
        connection = http.client.HTTPConnection("localhost", place.port, timeout=20)
    with closing(connection):
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        found = connection.getresponse()
        found.read()
    return found


def cookies(found: http.client.HTTPResponse) -> SimpleCookie:
    """The cookies that come with an answer."""
    jar = SimpleCookie()
    for value in found.headers.get_all("Set-Cookie", []):
        jar.load(value)
    return jar


# --- who stays where ------------------------------------------------------------------------------------------


async def session_of(socket: ClientConnection) -> str:
    """Ask for the page, and return the name of the session it is for."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    await socket.send(message.SerializeToString())
    while True:
        data = await asyncio.wait_for(socket.recv(), 60)
        assert isinstance(data, bytes)
        said = ForwardMsg.FromString(data)
        if said.WhichOneof("type") == "new_session":
            return said.new_session.initialize.session_id


def test_a_class_is_shared_out_and_everybody_stays_with_the_process_that_knows_them(
    tmp_path: Path, app_server: Server, another: Callable[[], Server]
) -> None:
    """All come from one address, as a class does. Only the process that has a visitor's session takes a file."""
    ports = [port_of(app_server), port_of(another())]
    limit = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["server"]["maxUploadSize"] * MEGABYTE

    def upload(url: str, token: str, session: str, replica: str, size: int) -> int:
        file = (
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n\r\n'
            + b"a" * size
            + b"\r\n--x--\r\n"
        )
        return answer(
            url,
            f"/_stcore/upload_file/{session}/1",
            "PUT",
            file,
            Cookie=f"replica={replica}; _streamlit_xsrf={token}",
            X_Xsrftoken=token,
            Content_Type="multipart/form-data; boundary=x",
        ).status

    async def sit_down(url: str, token: str, replica: str) -> None:
        address, own = url.replace("http", "ws", 1) + "/_stcore/stream", {"Cookie": f"replica={replica}"}
        protocols = ["streamlit"]
        async with connect(
            address,
            origin=url,
            additional_headers=own,
            subprotocols=protocols,
            max_size=None,
            proxy=None,  # type: ignore[arg-type]
        ) as socket:
            session = await session_of(socket)
            (other,) = set(ports) - {replica}
            assert await asyncio.to_thread(upload, url, token, session, replica, limit - 1_000) == 204
            assert await asyncio.to_thread(upload, url, token, session, other, 10) == 400  # what the cookie is for
            assert await asyncio.to_thread(upload, url, token, session, replica, limit + 8 * MEGABYTE) == 413

    with run_nginx(tmp_path, app_server, another()) as url:
        given = [cookies(answer(url))["replica"].value for _ in range(30)]
        assert {port: given.count(port) for port in ports} == dict.fromkeys(ports, 15)
        for port in ports:
            assert "replica" not in cookies(answer(url, Cookie=f"replica={port}"))
        assert cookies(answer(url, Cookie="replica=evil.example:80"))["replica"].value in ports
        token = cookies(answer(url, "/_stcore/health"))["_streamlit_xsrf"].value
        for port in ports:
            asyncio.run(sit_down(url, token, port))


# --- what is sent along ---------------------------------------------------------------------------------------


def test_the_headers_say_who_may_frame_the_app_and_keep_addresses_to_this_site(
    tmp_path: Path, app_server: Server, another: Callable[[], Server]
) -> None:
    with run_nginx(tmp_path, app_server, another()) as url:
        for path in ("/", "/training", "/_stcore/health", "/_stcore/upload_file/nobody/1"):
            sent = answer(url, path).headers
            assert sent["Content-Security-Policy"] == "frame-ancestors 'self'"
            assert sent["X-Frame-Options"] == "SAMEORIGIN"
            assert sent["X-Content-Type-Options"] == "nosniff"
            assert sent["Referrer-Policy"] == "same-origin"
            assert "Strict-Transport-Security" not in sent  # it would mean nothing without HTTPS
        longest = "/training?text=" + "x" * (8_000 - len(f"{url}/training?text="))
        assert answer(url, longest, Referer=url + longest).status == 200


def test_with_a_certificate_and_a_course_page(
    tmp_path: Path, app_server: Server, another: Callable[[], Server]
) -> None:
    """As certbot changes the file, and with the site of a course named in its first lines."""
    openssl = program("openssl", "openssl")
    key = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "certificate")]
    made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", *key]
    subprocess.run([openssl, *made, "-subj", "/CN=localhost"], check=True, capture_output=True, timeout=30)
    listen = f" ssl; ssl_certificate {tmp_path}/certificate; ssl_certificate_key {tmp_path}/key;"
    course = {"default \"'self'\";": "default \"'self' https://lessons.school.example\";"}
    with run_nginx(tmp_path, app_server, another(), listen, course) as url:
        found = answer(url)
        assert found.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert found.headers["Content-Security-Policy"] == "frame-ancestors 'self' https://lessons.school.example"
        assert "X-Frame-Options" not in found.headers  # it cannot name a site
        (replica,) = [cookie for cookie in found.headers.get_all("Set-Cookie", []) if cookie.startswith("replica=")]
        assert "; Secure; SameSite=None; Partitioned" in replica  # sent in a frame too

        async def knock() -> None:
            trusting, address = ssl._create_unverified_context(), url.replace("http", "ws", 1) + "/_stcore/stream"
            async with connect(address, origin=url, ssl=trusting, subprotocols=["streamlit"], proxy=None):  # type: ignore[arg-type,list-item]
                pass

        asyncio.run(knock())


# --- when one dies --------------------------------------------------------------------------------------------


def sit_down(browser: Browser, url: str, server: Server) -> tuple[Page, list[list[object]]]:
    """A visitor of that process of the app, with an own text, and what came through each websocket of the page."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.add_cookies([{"name": "replica", "value": port_of(server), "url": url}])
    page, sockets = context.new_page(), list[list[object]]()

    def listen(socket: WebSocket) -> None:
        came: list[object] = []
        sockets.append(came)
        socket.on("framereceived", lambda frame: came.append(frame))

    page.on("websocket", listen)
    open_page(page, f"{url}/training?{urlencode(OWN_TEXT)}")
    wait_player(page)
    rests_at(page, 137)
    return page, sockets


def wait_for(done: Callable[[], bool], page: Page) -> None:
    deadline = time.monotonic() + SLOW / 1000
    while not done() and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert done()


@pytest.mark.browser
def test_when_a_process_is_killed_its_visitors_go_on_with_the_other(
    tmp_path: Path, app_server: Server, another: Callable[[], Server], browser: Browser
) -> None:
    killed = another()
    with run_nginx(tmp_path, app_server, killed) as url:
        (theirs, their_sockets), (ours, our_sockets) = (sit_down(browser, url, one) for one in (killed, app_server))
        vectors = ask(theirs, "p.state(137)")
        killed.ended = True
        os.kill(killed.pid, signal.SIGKILL)
        wait_for(lambda: len(their_sockets) == 2 and bool(their_sockets[1]), theirs)
        wait_idle(theirs)
        for page in (theirs, ours):
            rests_at(page, 137)
            press(page, "forward")
            rests_at(page, 138)  # the server has heard it
            press(page, "back")
            rests_at(page, 137)
        assert len(our_sockets) == 1  # nothing happened there

        theirs.reload()
        wait_player(theirs)
        rests_at(theirs, 137)
        assert query_of(theirs) == OWN_TEXT
        assert ask(theirs, "p.state(137)") == vectors
        (replica,) = [cookie for cookie in theirs.context.cookies() if cookie["name"] == "replica"]
        assert replica["value"] == port_of(app_server)
        for page in (theirs, ours):
            page.context.close()
