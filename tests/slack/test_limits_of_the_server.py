"""What strangers may cost: long headers, silence, half requests."""

import socket
from contextlib import ExitStack

from bot.practice import Person
from bot.slack import server
from tests.slack.conftest import Bot


def connected(bot: Bot) -> socket.socket:
    return socket.create_connection(("127.0.0.1", bot.running.port), timeout=5)


def said(bot: Bot, request: bytes) -> bytes:
    with connected(bot) as line:
        line.sendall(request)
        return line.recv(100)


def test_headers_without_end(bot: Bot) -> None:
    long = b"x" * server.MOST_HEADER_BYTES
    answer = said(bot, b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: " + long + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.0 431 ")


def test_a_body_that_was_announced_too_large_is_not_waited_for(bot: Bot) -> None:
    answer = said(bot, b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_no_nonsense_is_a_fault_of_ours(bot: Bot) -> None:
    for request in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ):
        status = said(bot, request).split(b" ")[1]
        assert status[:1] == b"4" or status == b"501", request


def test_many_who_say_nothing_lock_nobody_out(bot: Bot, maya: Person) -> None:
    with ExitStack() as lines:
        for number in range(150):
            line = lines.enter_context(connected(bot))
            line.sendall(b"POST /slack/events HTTP/1.1\r\nContent-Le"[: number % 40])
        assert bot.get("/healthz") == (200, "ok\n")
