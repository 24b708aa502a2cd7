"""Under which names the app can be reached: this computer's own, and those that whoever hosts it allows."""

import asyncio
import http.client
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.browser import ROOT, Server, run_server


def opens(server: Server, host: str, origin: str | None = None) -> bool:
    """Whether a page under this name can talk to the server, which is reached by its number in any case."""
    port = urlsplit(server.url).port
    assert port is not None

    async def knock() -> bool:
        address = f"ws://{host.format(port=port)}/_stcore/stream"
        said = None if origin is None else origin.format(port=port)
        protocols = ["streamlit"]
        try:
            async with connect(address, host="127.0.0.1", port=port, origin=said, subprotocols=protocols, proxy=None):  # type: ignore[arg-type]
                return True
        except InvalidStatus as answer:
            if answer.response.status_code != 403:
                raise
            return False

    return asyncio.run(knock())


@pytest.mark.parametrize(
    "host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "LOCALHOST:{port}", "localhost"]
)
def test_the_names_of_this_computer_are_answered(host: str, app_server: Server) -> None:
    assert opens(app_server, host)
    assert opens(app_server, host, f"http://{host}")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:{port}",
        "evil.example",
        "localhost.evil.example:{port}",
        "evil-localhost:{port}",
        "127.0.0.1.evil.example:{port}",
        "0.0.0.0:{port}",
        "192.168.1.20:{port}",
        "[::2]:{port}",
    ],
)
def test_a_name_that_only_leads_here_is_refused(host: str, app_server: Server) -> None:
    """DNS rebinding: the page of another site, whose name now has the number of this computer."""
    assert not opens(app_server, host)
    assert not opens(app_server, host, f"http://{host}")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://localhost.evil.example", "http://127.0.0.1.nip.example", "null"]
)
def test_the_page_of_another_site_is_refused(origin: str, app_server: Server) -> None:
    assert not opens(app_server, "localhost:{port}", origin)


def hosting() -> str:
    return (ROOT / "docs/hosting.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server started with the options of the command in docs/hosting.md."""
    (command,) = re.findall(r"^\.venv/bin/streamlit run app\.py (.+)$", hosting(), re.MULTILINE)
    with run_server(tmp_path_factory.mktemp("hosted") / "log.txt", *shlex.split(command)) as server:
        yield server


def test_the_command_for_a_class_opens_it_under_its_name_only(hosted: Server) -> None:
    host = "192.168.1.20:{port}"
    assert opens(hosted, host)
    assert opens(hosted, host, f"http://{host}")
    assert not opens(hosted, "evil.example:{port}", "http://evil.example:{port}")
    assert not opens(hosted, host, "http://evil.example")
    said = Path(hosted.log).read_text(errors="replace")
    assert "disallowed Origin or Host header" in said
    assert hosted.new_errors() == []


def test_several_names_and_all_below_one_can_be_allowed(tmp_path: Path) -> None:
    """Behind a server with HTTPS, the page's address and the Host header agree but for the scheme."""
    options = ["--server.allowedHosts", "words.school.example", "--server.allowedHosts", "*.lessons.example"]
    with run_server(tmp_path / "log.txt", *options) as server:
        assert opens(server, "words.school.example", "https://words.school.example")
        assert opens(server, "a.lessons.example", "https://a.lessons.example")
        assert not opens(server, "school.example", "https://school.example")
        assert not opens(server, "words.school.example", "https://evil.example")


def test_variables_of_the_environment_do_where_no_options_can_be_given(tmp_path: Path) -> None:
    settings = dict(re.findall(r"^(STREAMLIT_\w+)=(.+)$", hosting(), re.MULTILINE))
    assert settings.keys() == {"STREAMLIT_SERVER_ADDRESS", "STREAMLIT_SERVER_ALLOWED_HOSTS"}
    name = settings["STREAMLIT_SERVER_ALLOWED_HOSTS"]
    settings["STREAMLIT_SERVER_ALLOWED_HOSTS"] += " *.lessons.example"
    with run_server(tmp_path / "log.txt", settings=settings) as server:
        assert opens(server, name, f"https://{name}")
        assert opens(server, "a.lessons.example", "https://a.lessons.example")
        assert not opens(server, "evil.example", "https://evil.example")
        assert "started on 0.0.0.0:" in server.log.read_text(errors="replace")


def test_any_name_can_be_allowed(tmp_path: Path) -> None:
    with run_server(tmp_path / "log.txt", "--server.allowedHosts", "*") as server:
        assert opens(server, "anything.example:{port}", "http://anything.example:{port}")
        assert not opens(server, "anything.example:{port}", "http://evil.example")


def test_nginx_sends_the_headers_that_the_app_does_not_send(app_server: Server) -> None:
    """What comes through it then is in tests/test_behind_nginx.py."""
    nginx = (ROOT / "deploy/nginx/word2vec.conf").read_text(encoding="utf-8")
    place = urlsplit(app_server.url)
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=10)
    connection.request("GET", "/")
    sent = {name.lower() for name, _ in connection.getresponse().getheaders()}
    connection.close()
    needed = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Strict-Transport-Security")
    for name in needed:
        assert f"add_header {name} " in nginx
        assert name.lower() not in sent, f"the app sends {name} now: nginx need not"
    assert "frame-ancestors" in nginx
    for name in ("Upgrade", "Connection", "Host"):
        assert f"proxy_set_header {name} " in nginx
