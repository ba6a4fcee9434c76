"""Shortcuts: the form of an interaction, with what a message says read into it."""

from datetime import date, timedelta

import pytest

from bot.commands.dispatch import message_words, shortcut
from bot.commands.request import OpenForm, Reply, identify
from bot.commands.shortcut import Quoted
from bot.domain.message import Message
from tests.commands.filling import partner_id, pressed_open, refused, sent_in
from tests.commands.looking import is_sound
from tests.speaker import TEAM, Team

LINK = "https://practice.slack.com/archives/C0PARTNERS/p1804174200123456"


def used(team: Team, text: str | None, said_on: date | None = None, name: str = "") -> Reply:
    request = identify(team.context, TEAM, "U1", team.now, team.key(), "C1")
    quoted = None if text is None else Quoted(text, said_on or request.today, LINK)
    callback_id = name or ("log_interaction" if text is None else "log_message")
    reply = shortcut(callback_id, quoted, request, team.context)
    is_sound(reply)
    return reply


def form(team: Team, text: str | None, said_on: date | None = None) -> OpenForm:
    reply = used(team, text, said_on)
    assert isinstance(reply, OpenForm), reply
    return reply


def test_the_global_one_opens_an_empty_form_of_today(clinic: Team) -> None:
    assert form(clinic, None) == OpenForm("log", {"day": "2027-03-03"})


def test_a_message_is_read_as_the_log_reads_it(clinic: Team) -> None:
    opened = form(
        clinic, "Had lunch with Riverside yesterday, 45 min, $31.20\nThey want a protocol"
    )
    assert opened.prefill == {
        "partner": partner_id(clinic, "Riverside Orthopedics"),
        "partner_name": "Riverside Orthopedics",
        "kind": "lunch",
        "day": "2027-03-02",
        "minutes": "45",
        "cost": "31.20",
        "step": "",
        "step_day": "",
        "note": f"Had lunch with Riverside yesterday, 45 min, $31.20\nThey want a protocol\n{LINK}",
    }
    said = sent_in(clinic, "U1", opened)
    assert "✓ *Lunch with Riverside Orthopedics*, yesterday, 45 min, $31.20" in said.text


def test_yesterday_is_the_day_before_the_message(clinic: Team) -> None:
    opened = form(clinic, "called dr patel yesterday", date(2027, 2, 20))
    assert opened.prefill["day"] == "2027-02-19"
    assert opened.prefill["partner_name"] == "Dr. Raj Patel, Riverside Orthopedics"
    ahead = form(clinic, "called riverside", date(2027, 3, 9))
    assert ahead.prefill["day"] == "2027-03-03"


def test_what_a_message_leaves_open_stays_empty(clinic: Team) -> None:
    opened = form(clinic, "that went well")
    assert (opened.prefill["kind"], opened.prefill.get("partner", "")) == ("", "")
    assert refused(clinic, "U1", opened)[0] == "partner"
    missed = form(clinic, "riverside left a voicemail")
    assert missed.prefill["kind"] == "message"


def test_the_guard_applies_and_a_link_is_no_record_number(clinic: Team) -> None:
    opened = form(clinic, "called riverside about MRN 123456, DOB 4/1/1980")
    at, why = refused(clinic, "U1", opened, kind="call")
    assert (at, "looks like patient information" in why) == ("note", True)
    assert sent_in(clinic, "U1", form(clinic, "called riverside")).text.startswith("✓ *Call with")


def test_a_long_message_is_cut_and_keeps_its_link(clinic: Team) -> None:
    note = form(clinic, "called riverside " + "word " * 3000).prefill["note"]
    assert len(note) <= 3000
    assert note.endswith(f"…\n{LINK}")


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_message_without_words_says_so(clinic: Team, text: str) -> None:
    said = used(clinic, text)
    assert isinstance(said, Message)
    assert "no words that I can read" in said.text
    assert pressed_open(clinic, "U1", said, "Log with a link to it").prefill["note"] == LINK


def test_a_shortcut_of_an_older_version_says_so(clinic: Team) -> None:
    said = used(clinic, None, name="gone")
    assert isinstance(said, Message)
    assert "older version" in said.text


@pytest.mark.parametrize(
    ("slack", "read"),
    [
        ("&lt;b&gt; &amp; c", "<b> & c"),
        ("see <https://example.com/a|the site> or <https://example.com>", None),
        ("<mailto:a@b.co|a@b.co>, <tel:555-0100|555-0100>", "a@b.co, 555-0100"),
        ("<!here> in <#C1|general> on <!date^1^{date}|Mar 3>", " in general on Mar 3"),
        ("one\n\ttwo\x00", "one\ntwo"),
        ("<@U1> called", "<@U1> called"),
    ],
)
def test_slacks_text_is_read_as_people_see_it(slack: str, read: str | None) -> None:
    expected = read or "see the site or https://example.com"
    assert message_words(slack) == expected.strip()


def test_a_day_far_back_is_kept(clinic: Team) -> None:
    long_ago = clinic.now.date() - timedelta(days=400)
    assert form(clinic, "called riverside", long_ago).prefill["day"] == long_ago.isoformat()


def test_a_partner_that_was_ended_meanwhile_takes_no_log(clinic: Team) -> None:
    opened = form(clinic, "called riverside, 5 min")
    clinic.says("U3", "end riverside moved away")
    at, why = refused(clinic, "U1", opened)
    assert (at, why) == ("partner", "That is no longer there. Nothing was changed.")
