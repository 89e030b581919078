"""Who may speak to the server: its own names and origins, a token for other machines, and no
request larger than an upload.

A page elsewhere could reach a server on this machine through the visitor's browser: by a name made
to point here (DNS rebinding, seen in the Host header) or by a script of its own origin (seen in
the Origin header). Both are refused, websockets too.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from cleanpark.page import limits

LOOPBACK = ("localhost", "127.0.0.1", "::1")
COOKIE = "cleanpark_token"
MOST_BODY = limits.UPLOAD_BYTES + 1_000_000
"""Bytes of a request: an upload and the form around it."""
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""Nothing is loaded from another host. NiceGUI's own scripts are inline and compile templates."""
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: Any, names: Iterable[str], any_address: bool, token: str | None):
        """Serve under these host names, and under any IP address if ``any_address``; ask for a
        token unless it is None."""
        self.app = app
        self.names = frozenset(name.lower() for name in names)
        self.any_address = any_address
        self.token = token

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on what is allowed, refuse the rest in a sentence."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in
                   scope["headers"]}  # fmt: skip
        problem = self.problem_of(headers)
        if problem is not None:
            await _refuse(scope, receive, send, *problem)
            return
        if self.token is not None and not self._knows(headers):
            await self._ask(scope, receive, send)
            return
        await self.app(scope, _counted(receive), _with_headers(send))

    def problem_of(self, headers: dict[str, str]) -> tuple[int, str] | None:
        """Status and sentence for a request that is refused; None for one that is allowed."""
        host = headers.get("host", "")
        if not self.serves(host):
            return 421, "This server does not go by that name (see --name)."
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return 403, "Requests from other origins are refused."
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BODY:
            most = limits.UPLOAD_BYTES // 1_000_000
            return 413, f"Files of at most {most} MB are taken."
        return None

    def serves(self, host: str) -> bool:
        """Whether a Host header names this server; a name that merely points here does not."""
        name = host_name(host)
        if name in self.names:
            return True
        return self.any_address and _is_address(name)

    def _knows(self, headers: dict[str, str]) -> bool:
        try:
            jar = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        given = jar[COOKIE].value if COOKIE in jar else ""
        return hmac.compare_digest(given.encode(), (self.token or "").encode())

    async def _ask(self, scope: Any, receive: Any, send: Any) -> None:
        """Take the token from the address into a cookie, or refuse."""
        pairs = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
        given = dict(pairs).get("token", "")
        right = hmac.compare_digest(given.encode(), (self.token or "").encode())
        if scope["type"] != "http" or not right:
            told = "Open the address with its token, as `cleanpark serve` printed it."
            await _refuse(scope, receive, send, 401, told)
            return
        rest = urlencode([(key, value) for key, value in pairs if key != "token"])
        place = scope["path"] + (f"?{rest}" if rest else "")
        cookie = f"{COOKIE}={self.token}; Path=/; HttpOnly; SameSite=Strict"
        headers = [(b"location", place.encode()), (b"set-cookie", cookie.encode())]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def host_name(host: str) -> str:
    """The name in a Host header, without its port.

    >>> host_name("LocalHost:8080"), host_name("[::1]:8080"), host_name("127.0.0.1")
    ('localhost', '::1', '127.0.0.1')
    """
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server bound to this host."""
    return host in LOOPBACK or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _counted(receive: Any) -> Any:
    """Receive a body no longer than allowed, whatever its header says."""
    seen = 0

    async def counted() -> Any:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > MOST_BODY:
                return {"type": "http.disconnect"}
        return message

    return counted


def _with_headers(send: Any) -> Any:
    async def sent(message: Any) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
        await send(message)

    return sent


async def _refuse(scope: Any, receive: Any, send: Any, status: int, told: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": told})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{told}\n".encode()})
