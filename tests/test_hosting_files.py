"""The files in deploy/ and what docs/hosting.md says of them: checked as far as that goes without Docker or systemd."""

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.browser import ROOT
from tests.proxy import program

DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
UNIT = (DEPLOY / "word2vec@.service").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "docker/Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "docker/compose.yaml").read_text(encoding="utf-8"))
APPS = [COMPOSE["services"][name] for name in ("app1", "app2")]


@cache
def options() -> set[str]:
    """The options that this Streamlit knows, such as server.port."""
    command = [sys.executable, "-m", "streamlit", "config", "show"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout
    found, section = set(), ""
    for line in re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines():
        if head := re.fullmatch(r"\[([\w.]+)\]", line.strip()):
            section = head[1]
        elif named := re.match(r"(?:# )?(\w+) = ", line.strip()):
            found.add(f"{section}.{named[1]}")
    return found


def as_variables() -> set[str]:
    """The same as variables of the environment: STREAMLIT_SERVER_PORT."""
    return {"STREAMLIT_" + re.sub(r"([a-z])([A-Z])", r"\1_\2", name).replace(".", "_").upper() for name in options()}


def test_what_is_said_to_streamlit_is_what_it_knows() -> None:
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    texts = [PAGE, *(path.read_text(encoding="utf-8") for path in files)]
    named = {name for text in texts for name in re.findall(r"--(server\.\w+)", text)}
    assert {"server.port", "server.address", "server.allowedHosts", "server.headless"} <= named <= options()
    variables = {name for text in texts for name in re.findall(r"STREAMLIT_\w+", text)}
    assert {"STREAMLIT_SERVER_PORT", "STREAMLIT_SERVER_ALLOWED_HOSTS"} <= variables <= as_variables()


def test_every_file_and_part_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"(?<![\w/])(?:deploy|\.streamlit)/[\w./@*-]*[\w/]", PAGE))
    assert len(named) > 6
    assert [name for name in named if not list(ROOT.glob(name))] == []
    assert [name for name in re.findall(r" (?:-r|-c|run) (\S+\.(?:txt|py))", PAGE) if not (ROOT / name).is_file()] == []
    titles = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    places = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
    assert places == set(re.findall(r"\]\(#([\w-]+)\)", PAGE))
    shipped = {path.relative_to(ROOT).as_posix() for path in DEPLOY.rglob("*") if path.is_file()}
    told = PAGE + "".join(str(part) for part in COMPOSE.values())
    assert [name for name in shipped if Path(name).name not in told and "ignore" not in name] == []


# --- the unit of systemd --------------------------------------------------------------------------------------


def test_systemd_takes_the_unit_and_finds_little_that_it_could_harm(tmp_path: Path) -> None:
    analyze = program("systemd-analyze", "systemd")
    unit = tmp_path / "word2vec@8501.service"
    unit.write_text(UNIT.replace("/opt/word2vec/.venv/bin/python", sys.executable), encoding="utf-8")

    def ask(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([analyze, *arguments, str(unit)], capture_output=True, text=True, timeout=60)

    verified = ask("verify")
    assert (verified.returncode, verified.stderr) == (0, "")
    judged = ask("security", "--offline=true", "--threshold=20")  # 2.0, of 10 for a service that may do anything
    assert judged.returncode == 0, judged.stdout[-200:]
    for line in ("DynamicUser=yes", "ProtectSystem=strict", "MemoryMax=2G", "Restart=always"):
        assert f"\n{line}\n" in UNIT


def test_the_steps_of_the_page_make_what_the_unit_wants() -> None:
    settings = dict(re.findall(r"^(\w+)=(.+)$", UNIT, re.MULTILINE))
    (step,) = re.findall(r"^cp deploy/word2vec\.env (\S+)", PAGE, re.MULTILINE)
    assert settings["EnvironmentFile"] == step
    assert f"cd {settings['WorkingDirectory']}\n" in PAGE
    python, *_ = shlex.split(settings["ExecStart"])
    assert python == f"{settings['WorkingDirectory']}/.venv/bin/python"
    assert "%i" in settings["ExecStart"]  # the port


# --- Docker ---------------------------------------------------------------------------------------------------


def copied() -> Iterator[str]:
    for arguments in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE):
        yield from arguments.split()[:-1]


def test_the_image_has_a_python_that_is_tested_and_all_that_the_app_is_made_of() -> None:
    (tag,) = re.findall(r"^FROM python:(\d\.\d+)-slim-\w+$", DOCKERFILE, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"Programming Language :: Python :: {tag}" in project["classifiers"]
    names = set(copied())
    assert names == {"requirements.txt", "constraints.txt", "app.py", "w2v", "pages", ".streamlit"}
    assert [name for name in names if not (ROOT / name).exists()] == []
    assert re.search(r"^USER (?!0|root)\w+$", DOCKERFILE, re.MULTILINE)
    (checks,) = re.findall(r"^HEALTHCHECK .*CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    _, _, script = yaml.safe_load(checks)
    compile(script, "the health check", "exec")
    assert "/_stcore/health" in script


def test_the_compose_file_names_what_is_there() -> None:
    folder = DEPLOY / "docker"
    for app in APPS:
        context = (folder / app["build"]["context"]).resolve()
        assert context == ROOT
        assert (context / app["build"]["dockerfile"]).is_file()
    for name in ("nginx", "caddy"):
        service = COMPOSE["services"][name]
        assert service["profiles"] == [name]
        assert f"--profile {name}" in PAGE
        files = [volume.split(":")[0] for volume in service["volumes"]]
        assert [path for path in files if path.startswith(".") and not (folder / path).is_file()] == []
        assert {path for path in files if not path.startswith(".")} <= set(COMPOSE["volumes"])
        assert re.fullmatch(r"\w+:\d[\d.]*", service["image"])


def replicas(text: str) -> str:
    """What of replicas.conf is not an address or a comment."""
    return re.sub(r"#.*|\d+\.\d+\.\d+\.\d+", "", text).strip()


def test_the_processes_stand_where_nginx_and_caddy_look_for_them() -> None:
    here, there = ((DEPLOY / name / "replicas.conf").read_text(encoding="utf-8") for name in ("nginx", "docker"))
    assert replicas(here) == replicas(there)
    places = [
        f"{app['networks']['inside']['ipv4_address']}:{app['environment']['STREAMLIT_SERVER_PORT']}" for app in APPS
    ]
    assert set(re.findall(r"server (\S+?)(?: backup)?;", there)) == set(places)
    ports = [place.split(":")[1] for place in places]
    assert set(re.findall(r"server (\S+?)(?: backup)?;", here)) == {f"127.0.0.1:{port}" for port in ports}
    named = COMPOSE["services"]["caddy"]["environment"]["REPLICAS"].split()
    assert named == [f"app{number}:{port}" for number, port in enumerate(ports, 1)]
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "{$REPLICAS:" + " ".join(f"127.0.0.1:{port}" for port in ports) + "}" in caddy


# --- nginx and Caddy ------------------------------------------------------------------------------------------


def test_caddy_sends_and_takes_what_nginx_does() -> None:
    """nginx is tried in tests/test_behind_nginx.py."""
    nginx, caddy = ((DEPLOY / name).read_text(encoding="utf-8") for name in ("nginx/word2vec.conf", "Caddyfile"))
    (ours,), (theirs,) = re.findall(r"client_max_body_size (\d+)m;", nginx), re.findall(r"max_size (\d+)MB", caddy)
    limit = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["server"]["maxUploadSize"]
    assert int(ours) == int(theirs) > limit
    headers = set(re.findall(r"add_header (\S+) ", nginx)) - {"Set-Cookie", "X-Frame-Options"}
    assert headers
    for name in headers:
        assert re.search(rf"^\t\t{name} ", caddy, re.MULTILINE), name


@pytest.mark.parametrize("name", ["nginx/word2vec.conf", "docker/compose.yaml", "Caddyfile", "word2vec.env"])
def test_the_name_to_change_is_the_same_everywhere(name: str) -> None:
    assert set(re.findall(r"\bwords\.[\w.]+", (DEPLOY / name).read_text(encoding="utf-8"))) == {"words.school.example"}
