"""A visitor without a browser: speaks Streamlit's websocket protocol, and moves the player as its JavaScript does.

What the real frontend does and this does too: it keeps large messages and says which it has, so that the server
answers with their hash instead of sending them again; it asks for the fragment of a widget, not for the whole
page; it sends along the state of its widgets and the query string that the page has set.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0  # seconds until an answer counts as missing
PLAYER = "w2v_player"


class Visitor:
    """One open page.

    received : bytes, all messages together; errors : sentences about what should not have come
    run      : name of the run that the player shows, which has n_steps updates
    """

    def __init__(self, socket: ClientConnection, query: str) -> None:
        self.received = 0
        self.errors: list[str] = []
        self._socket = socket
        self._query = query
        self._page_hash = ""
        self._pages: dict[str, str] = {}  # address -> hash
        self._cached: dict[str, ForwardMsg] = {}
        self._player: tuple[str, str] | None = None  # widget, fragment
        self.components: dict[str, tuple[str, str]] = {}  # name of each on the page -> widget, fragment
        self.run = ""
        self._widgets: dict[str, str] = {}
        self.n_steps = 0

    async def open(self, page: str) -> None:
        """Load a page with a player by its address, as a link or a click in the navigation does."""
        await self.look_at(page)
        if self._player is None:
            raise RuntimeError(f"The page {page!r} has no player. {' '.join(self.errors)}")

    async def look_at(self, page: str) -> None:
        """Load any page by its address."""
        self._player = None
        self.components.clear()
        self._widgets.clear()
        self._page_hash = self._pages.get(page, "")
        await self._rerun(page_name="" if self._page_hash else page, fragment="")

    async def go_to(self, t: int) -> None:
        """Let the player come to rest at moment t, and wait until the server has answered with its numbers."""
        assert self._player is not None
        widget, fragment = self._player
        self._widgets[widget] = json.dumps({"moment": {"run": self.run, "t": t, "word": None}})
        await self._rerun(page_name="", fragment=fragment)

    async def say(self, component: str, state: WidgetState) -> None:
        """Send any state at all for a component of this page, as its JavaScript never would."""
        state.id, fragment = self.components[component]
        await self._rerun(page_name="", fragment=fragment, forged=state)

    @property
    def query(self) -> str:
        """The query string of the address."""
        return self._query

    async def _rerun(self, page_name: str, fragment: str, forged: WidgetState | None = None) -> None:
        message = BackMsg()
        wanted = message.rerun_script
        wanted.query_string = self._query
        wanted.page_script_hash = self._page_hash
        wanted.page_name = page_name
        wanted.fragment_id = fragment
        wanted.cached_message_hashes.extend(self._cached)
        wanted.context_info.timezone = "UTC"
        wanted.context_info.locale = "en-US"
        for widget, state in self._widgets.items():
            held = wanted.widget_states.widgets.add()
            held.id, held.json_value = widget, state
        if forged is not None:
            wanted.widget_states.widgets.append(forged)
        await self._socket.send(message.SerializeToString())
        await asyncio.wait_for(self._finished(), PATIENCE)

    async def _finished(self) -> None:
        """Read until the run of the script that was asked for is over."""
        while True:
            data = await self._socket.recv()
            assert isinstance(data, bytes)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                kept = self._cached.get(message.ref_hash)
                if kept is None:
                    self.errors.append("The server referred to a message this visitor never got.")
                    continue
                path = message.metadata
                message = ForwardMsg()
                message.CopyFrom(kept)
                message.metadata.CopyFrom(path)
                kind = message.WhichOneof("type")
            elif message.metadata.cacheable:
                self._cached[message.hash] = message
            if kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    self.errors.append("The script did not compile.")
                return
            self._read(kind, message)

    def _read(self, kind: str | None, message: ForwardMsg) -> None:
        if kind == "new_session" and message.new_session.page_script_hash:
            self._page_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "page_not_found":
            self.errors.append("The page was not found.")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                self.errors.append(f"{element.exception.type}: {element.exception.message}")
            elif element.WhichOneof("type") == "bidi_component":
                component = element.bidi_component
                self.components[component.component_name] = component.id, message.delta.fragment_id
                if component.component_name == PLAYER:
                    self._meet(component.id, message.delta.fragment_id, component.bytes)

    def _meet(self, widget: str, fragment: str, record: bytes) -> None:
        """Remember the player of this page: its widget, its fragment, and what its record says of the run."""
        room = int.from_bytes(record[:4], "little")
        header = json.loads(record[4 : 4 + room])
        self._player = widget, fragment
        self.run, self.n_steps = header["id"], header["n_steps"]


@asynccontextmanager
async def visit(url: str, query: str = "") -> AsyncIterator[Visitor]:
    """Connect to the app at http://... as one visitor, with the query string of a link."""
    address = url.replace("http://", "ws://", 1) + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, proxy=None) as socket:  # type: ignore[list-item]
        yield Visitor(socket, query)
