"""The server: which pages there are, who reaches them, where it listens."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cleanpark.page import limits
from cleanpark.scenarios.errors import InputError


@dataclass(frozen=True)
class Door:
    """Where the page is reached: host and port to bind, further names, token; how many pages may
    be open at once."""

    host: str = "127.0.0.1"
    port: int = 8080
    names: Sequence[str] = ()
    token: str | None = None
    sessions: int = limits.SESSIONS

    @property
    def open_to_others(self) -> bool:
        """Whether other machines can reach it."""
        from cleanpark.page.guard import is_loopback

        return not is_loopback(self.host)

    def with_token(self) -> Door:
        """The same door, with a token of its own where others can reach it and none was given."""
        if self.token is not None or not self.open_to_others:
            return self
        return replace(self, token=secrets.token_urlsafe(18))

    @property
    def address(self) -> str:
        """What to open in a browser."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        shown = f"[{host}]" if ":" in host else host
        token = f"?token={self.token}" if self.token else ""
        return f"http://{shown}:{self.port}/{token}"

    def check(self) -> None:
        """Refuse what cannot be served: no page at all, a port that is none or is taken."""
        if self.sessions < 1:
            raise InputError(
                "sessions = {count} (--sessions): a whole number of at least 1", count=self.sessions
            )
        if not 1 <= self.port <= 65_535:
            raise InputError("port = {port} (--port): a number from 1 to 65535", port=self.port)
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((self.host, self.port))
            except OSError as cause:
                raise InputError(
                    "{host}:{port} cannot be used ({cause}): choose another with --port",
                    host=self.host, port=self.port, cause=cause.strerror or cause,
                ) from cause  # fmt: skip


def missing() -> bool:
    """Whether the extra that the page needs is not installed."""
    from importlib.util import find_spec

    return find_spec("nicegui") is None


def serve(door: Door, show: bool = False, results: Path | None = None) -> None:
    """Serve until interrupted; the results under a folder are shown in Studies."""
    from nicegui import app, ui

    from cleanpark.page import compare, explore, learn, studies
    from cleanpark.page.frame import ICON
    from cleanpark.page.guard import LOOPBACK, Guard
    from cleanpark.page.work import Worker

    worker = Worker()
    compare.register(worker)
    explore.register(worker)
    learn.register(worker)
    studies.register(worker, results)
    own = [*LOOPBACK, *door.names, door.host]
    if door.open_to_others:
        own.append(socket.gethostname())
    app.state.sessions = door.sessions
    app.get("/ready")(lambda: {"ready": worker.ready.done()})
    # Quasar's bar above the page for each request has no name that a screen reader could tell; the
    # page says itself how far it is, in words.
    app.config.quasar_config["loadingBar"]["skipHijack"] = True
    app.add_middleware(Guard, names=own, any_address=door.open_to_others, token=door.token)
    ui.run(
        host=door.host,
        port=door.port,
        title="cleanpark",
        favicon=ICON,
        reload=False,
        show=door.address if show else False,
        show_welcome_message=False,
        reconnect_timeout=60.0,
    )
