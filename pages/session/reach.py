"""Who can open an address of this app: this computer only, or others in its networks too. Nothing is sent for that."""

import contextlib
import socket
import struct
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

OF_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}
ELSEWHERE = ("192.0.2.1", 9)  # an address kept for documentation: asked for the way there, no packet leaves
ASK_ADDRESS = {"linux": 0x8915, "darwin": 0xC0206921}  # SIOCGIFADDR: how the system is asked for that of an interface
LONGEST_NAME = 15  # bytes of the name of one
ALONE = ("127.", "169.254.", "0.")  # of this computer, or of one that got no address


def is_only_of_this_computer(address: str) -> bool:
    """Say whether an address leads nobody but this computer here."""
    return name_in(address) in OF_THIS_COMPUTER


def name_in(address: str) -> str:
    """Return the name of the computer in an address."""
    return urlsplit(address).hostname or ""


def names_in_networks() -> tuple[str, ...]:
    """Return the addresses of this computer in its networks, IPv4: first the one by which it reaches others."""
    found = [*_on_the_way_out(), *_of_interfaces(), *_of_own_name()]
    return tuple(name for name in dict.fromkeys(found) if not name.startswith(ALONE))


def _on_the_way_out() -> Iterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way, contextlib.suppress(OSError):
        way.connect(ELSEWHERE)
        yield str(way.getsockname()[0])


def _of_interfaces() -> Iterator[str]:
    """The addresses of all interfaces, where the system can be asked for them."""
    if sys.platform not in ASK_ADDRESS:
        return
    import fcntl  # which Windows does not have

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # this one has none
                request = struct.pack("256s", name.encode()[:LONGEST_NAME])
                answer = fcntl.ioctl(asking.fileno(), ASK_ADDRESS[sys.platform], request)
                yield socket.inet_ntoa(answer[20:24])


def _of_own_name() -> Sequence[str]:
    """What Windows knows of its own name by itself; elsewhere a server of names might be asked."""
    if sys.platform != "win32":
        return ()
    with contextlib.suppress(OSError):
        return socket.gethostbyname_ex(socket.gethostname())[2]
    return ()


def addresses_for_others(
    address: str, names: Sequence[str], listens_on: str | None, allowed: Collection[str]
) -> tuple[str, ...]:
    """Return the addresses of this computer by which others can open it; none if they cannot.

    names : of this computer in its networks;  listens_on, allowed : what the server was started with
    """
    if (listens_on or "") in OF_THIS_COMPUTER:
        return ()
    everywhere, parts = listens_on in (None, "", "0.0.0.0", "::"), urlsplit(address)
    heard = [name for name in names if (everywhere or name == listens_on) and {"*", name} & set(allowed)]
    return tuple(urlunsplit(parts._replace(netloc=f"{name}:{parts.port}" if parts.port else name)) for name in heard)


def how_to_let_others_in(names: Sequence[str]) -> str:
    """Say how the app has to be started so that others can open it, where it was started from."""
    allowed = " ".join(f"--server.allowedHosts {name}" for name in names or ["the-name-others-type"])
    return f"{_python()} -m streamlit run app.py --server.address 0.0.0.0 {allowed}"


def _python() -> str:
    """Return what one types for the Python that runs this: of a folder of the app, the way there."""
    here = Path(sys.executable)
    return str(here.relative_to(Path.cwd())) if here.is_relative_to(Path.cwd()) else "python"
