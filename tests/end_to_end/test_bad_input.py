"""Anything may be typed or posted: it is answered in words, in time, and never pings anybody."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.practice import Message, Person, PracticeSlack
from bot.practice.signed import FORM, headers
from tests.end_to_end.conftest import HTTP, NOW, SOCKET, Clinic, Starts
from tests.end_to_end.filled import DAY, fill, kinds_logged
from tests.end_to_end.process import ask

JSON = "application/json"
MARKER = "marzipan"

TEXTS = {
    "empty": "",
    "spaces": " \t\n ",
    "long": f"{MARKER} " * 900,
    "one long word": "x" * 8000,
    "emoji": "🏥👩‍⚕️👍🏽 :+1: 🇺🇸",
    "right to left": "\u202eהתקשרתי אל المركز\u202c",
    "combining": "Z̷̢̛a̸l̵g̶o̷ visit",
    "control characters": "called\x00\x07\x1b[31m riverside\x7f",
    "markup": "*bold* _it_ ~no~ `code` ```pre``` <https://example.com|here> > quote",
    "sql": "'; DROP TABLE partners; -- %s ? :name {0}",
    "everybody": "<!channel> <!here|here> <!everyone> @channel",
    "a group": "called <!subteam^S0123|@doctors> and <#C0123|general>",
    "a stranger": "assign riverside <@U0NOBODY|nobody>",
    "odd escapes": "&lt;!channel&gt; &amp;lt;!here&amp;gt; &#60;!here&#62;",
    "numbers": "convert R-99999999999999999999999",
    "arabic numbers": "evals riverside ٣",
    "dates": "log riverside call on 31/31/99999, $1e999, 99999999999 min",
    "no such day": "refer riverside 2/30",
    "json": '{"type": "block_actions"}',
    "template": "{{7*7}} ${7*7} %(now)s %n",
    "half a surrogate": "called \ud83d riverside",
    "help of nonsense": "help <!channel>",
}
PINGS = ("<!", "<@U0NOBODY", "@channel", "<#", "<http")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_whatever_is_typed_gets_words_for_its_author_only(clinic: Clinic, text: str) -> None:
    ana = clinic.person()
    place = clinic.channel(ana)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    # Without more these open a form.
    forms = ("add ", "log ") if text.strip() else ()
    for subcommand in ("", *forms, "show ", "stats "):
        message = clinic.says(ana, subcommand + text, place)
        assert message.text.strip()
        assert "went wrong on my side" not in message.text, subcommand
        assert not pings(message), subcommand


def test_what_was_typed_as_raw_markup_pings_nobody(by_http: Clinic) -> None:
    """As if Slack had not escaped it."""
    ana, slack = by_http.person(), by_http.slack
    slack.should_escape = False
    try:
        for text in ("<!channel> hello", "add <!here> Clinic", "show <!everyone>", "log <!here> x"):
            message = by_http.says(ana, text)
            assert not pings(message), text
    finally:
        slack.should_escape = True


def test_nothing_that_was_typed_nor_a_secret_is_logged(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    for text in (
        f"called {name} about {MARKER}",
        f"next {name} send {MARKER} by Friday",
        f"{MARKER} {MARKER}",
        f"show {MARKER}",
        f"stats {MARKER}",
        f"convert {MARKER}",
    ):
        clinic.says(ana, text)
    output, slack = clinic.bot.output, clinic.slack
    secrets = (slack.bot_token, slack.app_token, slack.signing_secret, MARKER, name)
    assert not [secret for secret in secrets if secret in output]
    assert "Traceback" not in output


@pytest.mark.parametrize("skew", [-301, -86_400, 301, 86_400])
def test_old_and_future_requests_are_refused(by_http: Clinic, skew: int) -> None:
    assert posted(by_http, command("help"), skew=skew)[0] == 401


def test_a_wrong_signature_is_refused(by_http: Clinic) -> None:
    good, body = command("help"), command("stats")
    signed = headers(by_http.slack.signing_secret, good, FORM)
    assert by_http.bot.post(good, signed)[0] == 200
    assert by_http.bot.post(body, signed)[0] == 401
    assert by_http.bot.post(good, headers("another-secret", good, FORM))[0] == 401
    assert by_http.bot.post(good, {})[0] == 401
    for changed in ("", "v0=", "v1=" + "0" * 64, "v0=é"):
        sent = {**signed, "X-Slack-Signature": changed.encode("latin-1").decode("latin-1")}
        assert by_http.bot.post(good, sent)[0] == 401
    for timestamp in ("", "now", "1e9", "-1", "9" * 400):
        assert by_http.bot.post(good, {**signed, "X-Slack-Request-Timestamp": timestamp})[0] == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b"payload=null",
        b"payload=%7B",
        b"payload=[]",
        b"payload={}",
        b"\xff\xfe\x00",
        b"command=%FF",
        b"a" * 2000,
        b"&&&===",
        b'{"type":' * 5000,
        b"[" * 100_000,
        b'payload={"type":"block_actions"}',
        b'payload={"type":"block_actions","actions":[],"user":{}}',
        b'payload={"type":"view_submission"}',
        b'{"type":"event_callback"}',
        b'{"type":"event_callback","event":7}',
        b'{"type":"url_verification"}',
        b"command=%2Fpartner",
        b"command=%2Fpartner&text=help",
        b"command=%2Fpartner&text=help&user_id=U1&team_id=T1",
    ],
)
@pytest.mark.parametrize("content_type", [FORM, JSON, "", "text/plain"])
def test_no_body_makes_it_fail(by_http: Clinic, body: bytes, content_type: str) -> None:
    status, answer = posted(by_http, body, content_type)
    assert status < 500
    assert "Traceback" not in answer
    assert status in (200, 400, 401, 404)


def test_what_is_too_large_is_refused(by_http: Clinic) -> None:
    assert posted(by_http, b"text=" + b"x" * 1_100_000)[0] == 413
    assert "What you can say" in by_http.says(by_http.owner, "help").text


def test_other_pages_and_methods(by_http: Clinic, by_socket: Clinic) -> None:
    for method, path, status in (
        ("GET", "/", 404),
        ("GET", "/slack/events", 405),
        ("POST", "/healthz", 405),
        ("GET", "/../../etc/passwd", 404),
    ):
        assert ask(by_http.bot.port, method, path)[0] == status
    assert ask(by_socket.bot.port, "POST", "/slack/events", b"x=1")[0] == 404


def test_a_command_that_comes_twice_lands_once(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.slack.misbehave("duplicate", "slash_commands")
    clinic.says(ana, f"refer {name}")
    assert "1 referral received" in clinic.says(ana, f"show {name}").text


def test_everybody_at_once_lands(clinic: Clinic) -> None:
    people = [clinic.person() for _ in range(8)]
    name = clinic.partner(people[0])
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(lambda who: clinic.says(who, f"refer {name}"), people))
    numbers = {message.text.rpartition("(")[2] for message in answers}
    assert len(numbers) == len(people)
    assert f"{len(people)} referrals received" in clinic.says(people[0], f"show {name}").text


@pytest.mark.parametrize("way", [SOCKET, HTTP])
def test_while_the_database_is_locked_the_text_is_given_back(
    starts: Starts, slack: PracticeSlack, sqlite_url: str, way: str
) -> None:
    ana = slack.add_user("ana")
    fill(sqlite_url, slack, {"Riverside Orthopedics": ana}, due_on=DAY.replace(day=24))
    bot = starts(sqlite_url, NOW, way)
    assert "today, 5 min" in slack.slash(ana, None, "called riverside, 5 min").text
    line = sqlite3.connect(path_of(sqlite_url), isolation_level=None)
    line.execute("BEGIN EXCLUSIVE")
    said, seconds = timed(lambda: slack.slash(ana, None, f"texted riverside, {MARKER}").messages)
    line.execute("ROLLBACK")
    line.close()
    assert "That was NOT saved." in said[-1].text
    assert f'You typed: "texted riverside, {MARKER}"' in said[-1].text
    assert seconds < 3
    assert kinds_logged(sqlite_url) == ["call"]
    assert "today" in slack.slash(ana, None, "texted riverside, knees").text
    assert MARKER not in bot.output


def pings(message: Message) -> list[str]:
    """Whatever of a message Slack would make a ping or a link of; plain text stays as it is."""
    found = [message.text, *mrkdwn(message.blocks)]
    return [text for text in found if any(ping in text for ping in PINGS)]


def mrkdwn(part: object) -> Iterator[str]:
    if isinstance(part, dict) and part.get("type") == "mrkdwn":
        yield part["text"]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for each in inner:
        yield from mrkdwn(each)


def timed(work: Callable[[], list[Message]]) -> tuple[list[Message], float]:
    began = time.monotonic()
    return work(), time.monotonic() - began


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def command(text: str) -> bytes:
    """A command by somebody whom nobody knows."""
    person = Person("U0NOBODY", "nobody", "Nobody", "T0PRACTICE")
    fields = {
        "command": "/partner",
        "text": text,
        "user_id": person.id,
        "team_id": person.team_id,
        "channel_id": "C0NOWHERE",
        "trigger_id": f"{time.monotonic_ns()}",
        "response_url": "http://127.0.0.1:1/response",
    }
    return urlencode(fields).encode()


def posted(
    clinic: Clinic, body: bytes, content_type: str = FORM, skew: float = 0
) -> tuple[int, str]:
    """Post something that is signed as Slack would, `skew` seconds from now."""
    secret = clinic.slack.signing_secret
    return clinic.bot.post(body, headers(secret, body, content_type, time.time() + skew))
