"""Nothing that comes from another origin is answered."""

import http.client

import pytest

from bot.practice import PracticeSlack
from bot.practice.control import mount
from bot.practice.page import Show
from bot.practice.page import mount as mount_page

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def status(port: int, path: str, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    found = connection.getresponse().status
    connection.close()
    return found


@pytest.fixture
def port() -> object:
    slack = PracticeSlack()
    slack.add_user("dana")
    mount(slack.server.app, slack)
    mount_page(slack.server.app, Show(slack))
    with slack:
        yield slack.port


PATHS = ("/", "/page/page.js", "/page/socket", "/control/users", "/api/auth.test")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=lambda headers: "-".join((*headers, *headers.values())),
)
def test_it_is_refused(port: int, path: str, foreign: dict[str, str]) -> None:
    assert status(port, path, **UPGRADE, **foreign) == 403


def test_its_own_page_is_served(port: int) -> None:
    own = f"http://127.0.0.1:{port}"
    assert status(port, "/") == 200
    assert status(port, "/page/page.css", Origin=own, Sec_Fetch_Site="same-origin") == 200
    assert status(port, "/page/socket", **UPGRADE, Origin=own) == 101
    assert status(port, "/page/secret.py") == 404
