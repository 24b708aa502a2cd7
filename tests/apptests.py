"""What every AppTest does again and again with the same end, done once."""

import math
from functools import cache
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, local_script_runner

from pages.session import garbage


def search_packages_once(patch: pytest.MonkeyPatch) -> None:
    """Every AppTest looks for components in all installed packages: two thirds of its start."""
    patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))


def visit_a_server_that_was_visited(patch: pytest.MonkeyPatch) -> None:
    """Every run of an AppTest is as the first one of a server: the app is compiled, and its page found by its file.

    Of a server that only goes for its first visit (tests/test_pages.py makes that one): then it keeps what is compiled,
    and app.py, which has said what its pages are, is run itself.
    """
    compiled = ScriptCache()

    def visited(*arguments: Any, **options: Any) -> PagesManager:
        PagesManager.uses_pages_directory = False
        return PagesManager(*arguments, **options)

    for module in (app_test, local_script_runner):
        patch.setattr(module, "ScriptCache", lambda: compiled)
    patch.setattr(app_test, "PagesManager", visited)


def wait_for_the_end(patch: pytest.MonkeyPatch) -> None:
    """An AppTest asks a thousand times a second whether its script is over; a thread tells when it ends."""
    asking = local_script_runner.require_widgets_deltas

    def wait(runner: Any, timeout: float = 3) -> None:
        runner._script_thread.join(timeout)
        if not runner.script_stopped():
            asking(runner, timeout)  # gives it as long again, and ends it then

    patch.setattr(local_script_runner, "require_widgets_deltas", wait)


def keep_what_was_let_go_of(patch: pytest.MonkeyPatch) -> None:
    """The app looks for garbage in all of memory at times, and when a visitor lets go of a large text: here in all of
    these tests.

    tests/test_gate.py has that done, and tests/test_books.py sees who asks for it.
    """
    patch.setattr(garbage, "give_back", lambda: None)
    patch.setattr(garbage, "SECONDS", math.inf)
