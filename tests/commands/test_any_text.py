"""Whatever is typed is answered, pings nobody, fits into Slack and leaves the database sound."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bot.commands import SUBCOMMANDS
from bot.domain.member import Profile, Workspace
from bot.store import Store, connect, partner, workspace
from tests.commands.conftest import PARTNERS
from tests.commands.looking import ONE_DATABASE, is_sound
from tests.conftest import NOW, PEOPLE, TEAM, ZONE
from tests.invariants import check, dump
from tests.speaker import Inbox, Team, controls

WORDS = [each.name for each in SUBCOMMANDS]
# How many texts are made up; `make fuzz` asks for many more. Each clinic bears so many of them.
TEXTS, IN_A_CLINIC = int(os.environ.get("FUZZ_TEXTS", "60")), 250
WITHIN = 3.0
NASTY = (
    "<!channel>",
    "<!here|here>",
    "<!subteam^S1>",
    "@everyone",
    "@channel",
    "<@U1>",
    "<@U2|luis>",
    "<@U9>",
    "<@W1|x|y>",
    "&lt;@U1&gt;",
    "&lt;!channel&gt;",
    "&amp;lt;!here&amp;gt;",
    "<#C1|general>",
    "<https://example.com|riverside>",
    "<mailto:a@b.c|a>",
    "&lt;",
    "&amp;",
    "&",
    "```",
    "`riverside`",
    "*riverside*",
    "_x_",
    "~x~",
    "> x",
    "'; DROP TABLE partners; --",
    "%s %(x)s {0} {x}",
    "\\1 \\g<0>",
    "\u202ereversed\u202c",
    "\u200b\u2060\ufeff",
    "مرحبا",
    "🦴👩‍⚕️",
    "ﷺ" * 5,
    "e\u0301" * 5,
    "\x00\x07\x1b[31m",
    "\ud800",
    "R-1001",
    "R-9999999999999999999",
    "#1",
    "riverside",
    "dr lee",
    "bright",
    "harbor",
    "oakdale",
    "yesterday",
    "tomorrow",
    "2/30",
    "13/45/9999",
    "12/31/9999",
    "1/1/0001",
    "in 999999999 days",
    "for 999 years",
    "every 0 weeks",
    "every 99999999 months",
    "every day",
    "by Friday",
    "until next week",
    "99999999999 min",
    "$99999999999.999",
    "-5",
    "0",
    "51",
    "3",
    "called",
    "came in",
    "new patient from",
    "to",
    "from",
    "insurance",
    "all",
    ",",
    ";",
    ":",
    "and",
    "voicemail",
    "x" * 300,
    "word " * 400,
)
pieces = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=12),
    st.text("abcdeABC <>&@!#|`*_~\"'0123456789/-,", max_size=12),
)
texts = st.builds(
    lambda word, parts: f"{word} {' '.join(parts)}"[:8000],
    st.sampled_from([*WORDS, "", "called", "log riverside", "evals riverside"]),
    st.lists(pieces, max_size=5),
)


@pytest.fixture
def talked(sqlite_template: Path, tmp_path: Path) -> Iterator[Team]:
    """One clinic for many texts: what one of them leaves behind, the next has to bear."""
    path = tmp_path / "rapport.db"
    shutil.copy(sqlite_template, path)
    engine = connect(f"sqlite:///{path}")
    store = Store(engine)
    with store.begin() as connection:
        workspace.found(connection, Workspace(TEAM, "Practice", zone=ZONE), NOW)
        for user, name in PEOPLE.items():
            workspace.save_profile(connection, TEAM, user, Profile(name, ZONE), NOW)
        workspace.make_owners(connection, TEAM, ["U3"])
    with store.change(TEAM, NOW, "seed", "U3") as change:
        for name, category, _, liaison in PARTNERS:
            partner.add(change, name, NOW.date(), category=category, liaison=liaison)
    yield Team(store, Inbox({user: Profile(name, ZONE) for user, name in PEOPLE.items()}), NOW)
    engine.dispose()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("clinic_number", range(-(-TEXTS // IN_A_CLINIC)))
def test_any_text_is_answered_and_does_no_harm(talked: Team, clinic_number: int) -> None:
    @seed(clinic_number)
    @settings(
        max_examples=min(TEXTS, IN_A_CLINIC),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(texts, st.sampled_from(["U1", "U3"]))
    def bears(text: str, user: str) -> None:
        _is_answered(talked, text, user)

    bears()


def _is_answered(talked: Team, text: str, user: str) -> None:
    began = time.monotonic()
    said = talked.says(user, text)
    assert time.monotonic() - began < WITHIN
    is_sound(said)
    for control in controls(said)[:2]:
        for value in [v for _, v in getattr(control, "options", ())][:1] or [
            getattr(control, "value", "")
        ]:
            pressed = talked.press_value(user, control.action, value)
            assert pressed is not None
            is_sound(pressed)
    check(talked.store, NOW.date())


@pytest.mark.parametrize("third", range(3))
def test_each_of_the_nasty_ones_with_some_of_the_subcommands(talked: Team, third: int) -> None:
    words = ["", "log riverside", *WORDS]
    for at, nasty in enumerate(NASTY):
        for word in words[(at + third) % 3 :: 9]:
            is_sound(talked.says("U2", f"{word} {nasty}"))
    check(talked.store, NOW.date())


@ONE_DATABASE
def test_a_mention_that_was_only_typed_is_none(clinic: Team) -> None:
    before = dump(clinic.store)
    for text in ("assign harbor &lt;@U2&gt;", "next harbor &lt;@U2&gt;", "xyzzy &lt;@U2&gt;"):
        assert "<@U2>" not in clinic.says("U1", text).text
    assert dump(clinic.store) == before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_nasty_ones_on_postgresql(clinic: Team) -> None:
    words = ("log riverside", "add", "next riverside x by", "evals", "pause riverside")
    for at, nasty in enumerate(NASTY):
        for word in (words[at % 5], words[(at + 2) % 5]):
            is_sound(clinic.says("U1", f"{word} {nasty}"))
    check(clinic.store, clinic.now.date())


def test_absurd_amounts_do_no_harm(clinic: Team) -> None:
    for text in (
        "called riverside 99999999999999999999 min",
        "called riverside 999999 hours",
        "called riverside 2147483648 minutes",
        "lunch with dr lee $99999999999999999999",
        "lunch with dr lee $999,999,999,999.99",
        "gift for dr lee $0.001",
        "next riverside call by 12/31/9999",
        "pause riverside until 12/31/9999",
        "cadence harbor every 999 months",
        "refer harbor 1/1/1900",
        f"assign harbor <@U{'9' * 40}>",
        f"due <@U{'9' * 40}>",
    ):
        is_sound(clinic.says("U1", text))
    check(clinic.store, clinic.now.date())
