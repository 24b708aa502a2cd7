"""Who can open an address of this app: this computer only, or others in its network too. Nothing is sent for that."""

import socket
from collections.abc import Collection
from urllib.parse import urlsplit, urlunsplit

OF_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}
ELSEWHERE = ("192.0.2.1", 9)  # an address kept for documentation: asked for the way there, no packet leaves


def is_only_of_this_computer(address: str) -> bool:
    """Say whether an address leads nobody but this computer here."""
    return (urlsplit(address).hostname or "") in OF_THIS_COMPUTER


def name_in_network() -> str | None:
    """Return the address of this computer in its network, or None if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(ELSEWHERE)
            name = str(way.getsockname()[0])
        except OSError:
            return None
    return None if name.startswith("127.") or name == "0.0.0.0" else name


def address_for_others(address: str, name: str | None, listens_on: str | None, allowed: Collection[str]) -> str | None:
    """Return an address of this computer as others can open it, or None if they cannot.

    name : of this computer in its network;  listens_on, allowed : what the server was started with
    """
    if name is None or (listens_on or "") in OF_THIS_COMPUTER:
        return None
    if listens_on not in (None, "", "0.0.0.0", "::", name) or not {"*", name} & set(allowed):
        return None
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=f"{name}:{parts.port}" if parts.port else name))


def how_to_let_others_in(name: str | None) -> str:
    """Say how the app has to be started so that others can open it."""
    return f"streamlit run app.py --server.address 0.0.0.0 --server.allowedHosts {name or 'the-name-others-type'}"
