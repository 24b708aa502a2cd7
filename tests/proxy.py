"""nginx in front of the servers of a test: the very files of deploy/nginx, with other ports."""

import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser import ROOT, Server, free_port

PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"])
PORTS = ("8501", "8502")  # of the app, in deploy/nginx/replicas.conf
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
AROUND = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    {temporary}
    include {folder}/*.conf;
}}
"""


def program(name: str, package: str) -> str:
    """Path of a program that whoever hosts the app has. Only where nobody but oneself is looking may it be missing."""
    found = shutil.which(name, path=PLACES)
    if found is None:
        missing = f"{name} is not installed (Debian and Ubuntu: apt install {package})"
        pytest.fail(missing, pytrace=False) if "CI" in os.environ else pytest.skip(missing)
    return found


def port_of(server: Server) -> str:
    """The port of a server, as replicas.conf names it."""
    return str(urlsplit(server.url).port)


@contextmanager
def run_nginx(
    folder: Path, first: Server, second: Server, listen: str = "", changes: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Start nginx in front of two servers; the value is its address.

    listen : what certbot adds to `listen`;  changes : other words of word2vec.conf, by those that stand there
    """
    nginx, port = program("nginx", "nginx-light"), free_port()
    ports = dict(zip(PORTS, map(port_of, (first, second))))
    for file in (ROOT / "deploy/nginx").glob("*.conf"):
        text = file.read_text(encoding="utf-8")
        if file.name == "replicas.conf":
            text = re.sub("|".join(PORTS), lambda found: ports[found[0]], text)
        else:
            for old, new in {"listen 80;": f"listen 127.0.0.1:{port}{listen or ';'}", **(changes or {})}.items():
                assert old in text
                text = text.replace(old, new)
        (folder / file.name).write_text(text, encoding="utf-8")
    temporary = "".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    (folder / "nginx").write_text(AROUND.format(folder=folder, temporary=temporary), encoding="utf-8")
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx"), "-e", str(folder / "error.log")]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        yield ready(f"{'https' if 'ssl' in listen else 'http'}://localhost:{port}", process, folder / "error.log")
    finally:
        process.terminate()
        process.wait(10)


def ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Wait until it listens, and return the address; AssertionError with what nginx said, if it does not."""
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return url
        except urllib.error.URLError as problem:
            if not isinstance(problem.reason, ConnectionRefusedError):  # a certificate of our own: it does listen
                return url
            time.sleep(0.05)
    raise AssertionError(f"nginx did not start: {log.read_text(errors='replace')}")
