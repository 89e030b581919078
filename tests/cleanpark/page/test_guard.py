"""Who may speak to the server."""

import asyncio
import socket

import pytest

from cleanpark.page import limits
from cleanpark.page.guard import LOOPBACK, Guard, is_loopback
from cleanpark.page.serve import Door
from cleanpark.scenarios.errors import InputError
from tests.cleanpark.page.browsing import free_port
from tests.cleanpark.terminal import refused, typed


def answer_of(guard, headers, kind="http", query=b"", body=b""):
    """What is sent back: a status, or a websocket's close code; and the headers sent."""
    sent = []

    async def receive():
        return {"type": "http.request" if kind == "http" else "websocket.connect", "body": body}

    async def send(message):
        sent.append(message)

    raw = [(key.encode(), value.encode()) for key, value in headers.items()]
    scope = {"type": kind, "headers": raw, "path": "/", "query_string": query}
    asyncio.run(guard(scope, receive, send))
    status = sent[0].get("status", sent[0].get("code"))
    return status, dict(sent[0].get("headers", ()))


async def app(scope, receive, send):
    message = await receive()
    if message["type"] == "http.disconnect":
        await send({"type": "http.response.start", "status": 400, "headers": []})
        return
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})


HERE = Guard(app, LOOPBACK, False, None)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "localhost.evil.example:8080"},
        {"host": "192.168.0.7:8080"},
        {"host": ""},
        {},
        {"host": "localhost:8080", "origin": "http://evil.example"},
        {"host": "localhost:8080", "origin": "http://localhost:9999"},
        {"host": "localhost:8080", "origin": "null"},
        {"host": "[::1", "origin": "http://[::1"},
    ],
)
def test_foreign_names_and_origins_are_refused(headers, kind):
    status, _ = answer_of(HERE, headers, kind)
    assert status in ((421, 403) if kind == "http" else (1008,))


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"])
def test_this_machines_own_names_are_served(host):
    status, headers = answer_of(HERE, {"host": host, "origin": f"http://{host}"})
    assert status == 200
    assert b"default-src 'self'" in headers[b"content-security-policy"]
    assert answer_of(HERE, {"host": host}, "websocket")[0] is None


def test_a_name_that_merely_points_here_is_refused_on_an_open_server_too():
    guard = Guard(app, ["park.example"], True, None)
    assert answer_of(guard, {"host": "10.0.0.3:8080"})[0] == 200
    assert answer_of(guard, {"host": "park.example"})[0] == 200
    assert answer_of(guard, {"host": "rebound.example"})[0] == 421


def test_a_token_is_taken_once_and_then_known_by_a_cookie():
    guard = Guard(app, LOOPBACK, False, "secret")
    host = {"host": "localhost"}
    assert answer_of(guard, host)[0] == 401
    assert answer_of(guard, host, query=b"token=wrong")[0] == 401
    assert answer_of(guard, host, "websocket", query=b"token=secret")[0] == 1008
    status, headers = answer_of(guard, host, query=b"token=secret&park=heavy")
    assert status == 303
    assert headers[b"location"] == b"/?park=heavy"
    assert b"HttpOnly" in headers[b"set-cookie"]
    known = {**host, "cookie": "a=b; cleanpark_token=secret"}
    assert answer_of(guard, known)[0] == 200
    assert answer_of(guard, {**host, "cookie": "cleanpark_token=secre"})[0] == 401


def test_bodies_larger_than_an_upload_are_refused_whatever_they_say():
    host = {"host": "localhost"}
    assert answer_of(HERE, {**host, "content-length": str(10**9)})[0] == 413
    assert answer_of(HERE, {**host, "content-length": "-1"})[0] == 413
    large = b"x" * (limits.UPLOAD_BYTES + 2_000_000)
    assert answer_of(HERE, host, body=large)[0] == 400


def test_only_a_loopback_door_needs_no_token():
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert Door().with_token().token is None
    opened = Door("0.0.0.0").with_token()
    assert opened.open_to_others
    assert len(opened.token) > 20
    assert opened.token in opened.address
    assert Door("0.0.0.0", token="mine").with_token().token == "mine"


def test_a_port_that_cannot_be_used_is_refused():
    with pytest.raises(InputError, match="port = 0"):
        Door(port=0).check()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match="another with --port"):
            Door(port=taken.getsockname()[1]).check()


@pytest.mark.parametrize("sessions", ["0", "-3"])
def test_a_server_for_nobody_is_refused(sessions):
    told = refused("serve", "--sessions", sessions, "--no-open")
    assert f"sessions = {sessions} (--sessions): a whole number of at least 1" in told


def test_what_is_no_number_of_sessions_is_refused():
    result = typed("serve", "--sessions", "many")
    assert result.exit_code == 2
    assert "--sessions" in result.stderr


def test_a_server_that_is_ended_says_so_and_was_not_broken_off(monkeypatch):
    def ended(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("cleanpark.page.command.run_server", ended)
    result = typed("serve", "--no-open", "--port", str(free_port()))
    assert result.exit_code == 0
    assert "The page is closed." in result.output
    assert not result.stderr
