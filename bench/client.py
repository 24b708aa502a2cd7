"""A visitor without a browser: speaks Streamlit's websocket protocol, and moves the player as its JavaScript does.

What the real frontend does and this does too: it keeps large messages and says which it has, so that the server
answers with their hash instead of sending them again; it asks for the fragment of a widget, not for the whole
page; it sends along the state of its widgets, a pasted book too, and the query string that the page has set; it comes
back for a fragment that runs by itself.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
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
        self._met: tuple[str, str] | None = None  # the same, of the run of the script that is under way
        self.run = ""
        self._widgets: dict[str, WidgetState] = {}
        self._ids: dict[str, tuple[str, str]] = {}  # key of a box or a button on this page -> widget, fragment
        self._by_itself: tuple[str, float] | None = None  # fragment that is to be asked for again, seconds between
        self._announced: tuple[str, float] | None = None
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
        self._ids.clear()
        self._page_hash = self._pages.get(page, "")
        await self._rerun(page_name="" if self._page_hash else page, fragment="")

    async def go_to(self, t: int) -> None:
        """Let the player come to rest at moment t, and wait until the server has answered with its numbers."""
        assert self._player is not None
        widget, fragment = self._player
        moment = json.dumps({"moment": {"run": self.run, "t": t, "word": None}})
        self._widgets[widget] = WidgetState(id=widget, json_value=moment)
        await self._rerun(page_name="", fragment=fragment)

    async def put(self, key: str, text: str) -> None:
        """Write into a box, or choose an option, by its key, and wait for the page."""
        widget, fragment = self._ids[key]
        self._widgets[widget] = WidgetState(id=widget, string_value=text)
        await self._rerun(page_name="", fragment=fragment)

    async def press(self, key: str) -> None:
        """Press a button by its key, and wait for the page."""
        widget, fragment = self._ids[key]
        self._widgets[widget] = WidgetState(id=widget, trigger_value=True)
        await self._rerun(page_name="", fragment=fragment)

    def has(self, key: str) -> bool:
        """Say whether the page has a box or a button of this key."""
        return key in self._ids

    @property
    def has_picture(self) -> bool:
        """Whether the page has a player: also that of a training that is under way."""
        return self._player is not None

    @property
    def waits(self) -> bool:
        """Whether a part of the page comes again by itself, as it does while a whole text is trained."""
        return self._by_itself is not None

    async def wait_a_turn(self) -> None:
        """Let the part of the page that comes by itself come once more."""
        assert self._by_itself is not None
        fragment, seconds = self._by_itself
        await asyncio.sleep(seconds)
        await self._rerun(page_name="", fragment=fragment, by_itself=True)

    async def say(self, component: str, state: WidgetState, *, once: bool = False) -> None:
        """Send any state at all for a component of this page, as its JavaScript never would.

        once : as what it brings, instead of what it reports
        """
        base, fragment = self.components[component]
        state.id = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{base}__events" if once else base
        await self._rerun(page_name="", fragment=fragment, forged=state)

    @property
    def query(self) -> str:
        """The query string of the address."""
        return self._query

    async def _rerun(
        self, page_name: str, fragment: str, by_itself: bool = False, forged: WidgetState | None = None
    ) -> None:
        message = BackMsg()
        wanted = message.rerun_script
        wanted.query_string = self._query
        wanted.page_script_hash = self._page_hash
        wanted.page_name = page_name
        wanted.fragment_id = fragment
        wanted.is_auto_rerun = by_itself
        wanted.cached_message_hashes.extend(self._cached)
        wanted.context_info.timezone = "UTC"
        wanted.context_info.locale = "en-US"
        wanted.widget_states.widgets.extend(self._widgets.values())
        pressed = [widget for widget, state in self._widgets.items() if state.trigger_value]
        for widget in pressed:  # once
            del self._widgets[widget]
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
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:  # the whole page
                    self._by_itself, self._player = self._announced, self._met
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    self.errors.append("The script did not compile.")
                return
            self._read(kind, message)

    def _read(self, kind: str | None, message: ForwardMsg) -> None:
        if kind == "new_session":
            self._begin(message.new_session)
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._announced = message.auto_rerun.fragment_id, message.auto_rerun.interval
        elif kind == "page_not_found":
            self.errors.append("The page was not found.")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                self.errors.append(f"{element.exception.type}: {element.exception.message}")
            elif element.WhichOneof("type") == "bidi_component":
                component = element.bidi_component
                self.components[component.component_name] = component.id, message.delta.fragment_id
                if component.component_name == PLAYER and component.bytes:  # else it only brings its script ahead
                    self._meet(component.id, message.delta.fragment_id, component.bytes)
            elif element.WhichOneof("type") in ("text_area", "button", "radio"):
                widget = str(getattr(element, str(element.WhichOneof("type"))).id)
                self._ids[widget.rsplit("-", 1)[1]] = widget, message.delta.fragment_id

    def _begin(self, session: NewSession) -> None:
        """The server begins with a whole page or with fragments."""
        if session.page_script_hash and session.page_script_hash != self._page_hash:
            self._page_hash = session.page_script_hash
            self._widgets.clear()
            self._ids.clear()
        self._announced = self._met = None

    def _meet(self, widget: str, fragment: str, record: bytes) -> None:
        """Remember the player of this page: its widget, its fragment, and what its record says of the run."""
        room = int.from_bytes(record[:4], "little")
        header = json.loads(record[4 : 4 + room])
        self._player = self._met = widget, fragment
        self.run, self.n_steps = header["id"], header["n_steps"]


@asynccontextmanager
async def visit(url: str, query: str = "") -> AsyncIterator[Visitor]:
    """Connect to the app at http://... as one visitor, with the query string of a link."""
    address = url.replace("http://", "ws://", 1) + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, ping_interval=None, proxy=None) as socket:  # type: ignore[list-item]
        yield Visitor(socket, query)
