"""People who type, as Slack passes it on by signed HTTP, and hear what comes back."""

import http.client
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

from bot.practice.signed import FORM, headers
from bot.slack.app import COMMAND
from tests.bench.seed import TEAM

SECRET = "practice-secret"
PATIENCE = 30.0


class Typist:
    """Types to whatever listens on a port; `hear` is where later answers arrive."""

    def __init__(self, port: int, hear: "Ear") -> None:
        self.port, self.hear, self.numbers = port, hear, itertools.count()

    def type(self, text: str, is_late: bool = False) -> float:
        """Return how many milliseconds it takes until the answer has come."""
        number = f"{next(self.numbers)}.{time.time_ns()}"
        body = urlencode(
            {
                "command": COMMAND,
                "text": text,
                "team_id": TEAM,
                "user_id": "U1",
                "channel_id": "C1",
                "trigger_id": number,
                "response_url": f"http://127.0.0.1:{self.hear.port}/{number}",
            }
        ).encode()
        signed = headers(SECRET, body, FORM)
        came = self.hear.expect(f"/{number}") if is_late else None
        began = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.request("POST", "/slack/events", body, signed)
        answer = line.getresponse()
        said = answer.read()
        assert answer.status == 200, (answer.status, said)
        assert came is None or came.wait(PATIENCE), text
        took = 1000 * (time.perf_counter() - began)
        line.close()
        return took


class Ear:
    """Where a response_url leads."""

    def __init__(self) -> None:
        self._awaited: dict[str, threading.Event] = {}
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"ok")
                ear._awaited[self.path].set()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def expect(self, path: str) -> threading.Event:
        return self._awaited.setdefault(path, threading.Event())

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def at_once(clients: int, count: int, work: Callable[[int], float]) -> list[float]:
    """Have `count` pieces of work done by so many people, each one after the other."""
    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(work, range(count)))
