"""A link for others: who can open it is said, and how to let them."""

import ipaddress
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.session.reach import (
    addresses_for_others,
    how_to_let_others_in,
    is_only_of_this_computer,
    names_in_networks,
)
from tests.browser import Server, open_page, run_server
from tests.browsing import SLOW, visit

HERE = "http://localhost:8501/training?preset=royal&t=7"
THERE = "http://192.168.1.20:8501/training?preset=royal&t=7"


@pytest.mark.parametrize(
    ("address", "only"),
    [
        (HERE, True),
        ("http://127.0.0.1/", True),
        ("http://[::1]:80/map", True),
        (THERE, False),
        ("https://words.school.example/?t=1", False),
        ("http://localhost.school.example/", False),
    ],
)
def test_an_address_of_this_computer_is_known(address: str, only: bool) -> None:
    assert is_only_of_this_computer(address) == only


@pytest.mark.parametrize(
    ("names", "listens_on", "allowed", "others"),
    [
        (["192.168.1.20"], "0.0.0.0", ["localhost", "192.168.1.20"], [THERE]),
        (["192.168.1.20"], "", ["*"], [THERE]),
        (["192.168.1.20"], "192.168.1.20", ["*"], [THERE]),
        (["192.168.1.20"], "localhost", ["*"], []),
        (["192.168.1.20"], "0.0.0.0", ["localhost"], []),
        (["192.168.1.20"], "10.0.0.7", ["*"], []),
        ([], "0.0.0.0", ["*"], []),
        (["10.0.0.7", "192.168.1.20"], "0.0.0.0", ["192.168.1.20"], [THERE]),
        (["10.0.0.7", "192.168.1.20"], "192.168.1.20", ["*"], [THERE]),
        (["192.168.1.20", "10.0.0.7"], "0.0.0.0", ["*"], [THERE, THERE.replace("192.168.1.20", "10.0.0.7")]),
    ],
)
def test_others_get_the_addresses_that_they_can_open(
    names: list[str], listens_on: str, allowed: list[str], others: list[str]
) -> None:
    assert list(addresses_for_others(HERE, names, listens_on, allowed)) == others


def test_the_names_in_the_networks_are_none_of_this_computer_alone() -> None:
    names = names_in_networks()
    assert len(set(names)) == len(names)
    for name in names:
        assert ipaddress.IPv4Address(name)
        assert not is_only_of_this_computer(f"http://{name}/")
        assert f"--server.allowedHosts {name}" in how_to_let_others_in(names)
    assert "the-name" in how_to_let_others_in([])


def test_the_line_that_lets_others_in_begins_with_the_python_of_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    for python, typed in (
        (Path.cwd() / ".venv" / "bin" / "python", str(Path(".venv", "bin", "python"))),
        (Path.cwd().parent / "elsewhere" / "python", "python"),
    ):
        monkeypatch.setattr(sys, "executable", str(python))
        assert how_to_let_others_in(["10.0.0.7"]).startswith(
            f"{typed} -m streamlit run app.py --server.address 0.0.0.0"
        )


@pytest.mark.skipif(sys.platform != "linux", reason="the name of this interface is that of Linux")
def test_every_interface_is_asked_for_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.session.reach.ALONE", ())
    assert "127.0.0.1" in names_in_networks(), "not only the one on the way out"


def share(page: Page) -> str:
    page.get_by_role("button", name="Share").click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("http", timeout=SLOW)
    return code.inner_text().strip()


@pytest.mark.browser
def test_share_says_that_the_address_is_only_of_this_computer(page: Page, app_server: Server) -> None:
    visit(page, app_server, preset="royal", epochs=1)
    assert is_only_of_this_computer(share(page))
    expect(page.get_by_text("It works on this computer only.")).to_be_visible()
    expect(page.get_by_text("--server.address 0.0.0.0")).to_be_visible()


@pytest.mark.browser
def test_share_gives_the_address_that_others_can_open(browser: Browser, tmp_path: Path) -> None:
    names = names_in_networks()
    if not names:
        pytest.skip("this computer is in no network")
    name = names[0]
    hosts = [part for host in ("localhost", name) for part in ("--server.allowedHosts", host)]
    started = run_server(tmp_path / "log.txt", "--server.address=0.0.0.0", *hosts)
    with started as server, browser.new_context() as context:
        page = context.new_page()
        open_page(page, f"{server.url}/training?preset=royal&epochs=1&t=7")
        link = share(page)
        expect(page.get_by_text("For everybody in your network.")).to_be_visible()
    assert urlsplit(link).hostname == name
    assert urlsplit(link).port == urlsplit(server.url).port
    assert dict(parse_qsl(urlsplit(link).query)) == {"preset": "royal", "epochs": "1", "t": "7"}
