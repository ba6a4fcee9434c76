"""`/partner stats`, asked of a real database."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bot.commands.request import Context, Request
from bot.commands.stats import STATS
from bot.domain.member import LIAISON, MEMBER, OWNER, Member, Workspace
from bot.domain.message import Button, Chart, Controls, Message, Row
from bot.domain.referral import RECEIVED, SENT
from bot.errors import UserError
from bot.store import Store, interaction, partner, referral
from tests.conftest import NOW, TEAM, ZONE

TODAY = date(2027, 3, 3)
Ids = dict[str, int]


def ask(store: Store, text: str, user: str = "U1", role: str = LIAISON, **more: Any) -> Message:
    member = Member(TEAM, user, role=role, zone="America/Los_Angeles", profile_at=NOW)
    request = Request(member, Workspace(TEAM, zone=ZONE), NOW, "key", text=f"stats {text}", **more)
    return STATS.run(text, request, Context(store, None))  # type: ignore[arg-type]


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def ids(store: Store) -> Ids:
    """Riverside: 8 received, 6 came in, one lost, one open for long; Iron Peak: one interaction."""
    with store.change(TEAM, NOW, "setup", "U1") as change:
        add = {
            "riverside": partner.add(
                change, "Riverside Orthopedics", TODAY, category="physician", liaison="U1"
            ),
            "iron": partner.add(change, "Iron <Peak> CrossFit", TODAY, category="gym"),
            "path": partner.add(change, "Bright Path", TODAY, category="vet", liaison="U2"),
            "smile": partner.add(change, "Bright Smile", TODAY, category="physician", liaison="U2"),
        }
        for days in range(40, 80, 5):
            ended: dict[str, Any] = {"evaluated_on": days_ago(days - 6)}
            if days == 40:
                ended = {"lost_on": days_ago(30), "lost_reason": "cost"}
            if days == 45:
                ended = {}
            referral.add(change, add["riverside"], RECEIVED, days_ago(days), **ended)
        referral.add(change, add["riverside"], SENT, days_ago(3))
        interaction.add(change, add["iron"], "visit", days_ago(10), by="U1")
    return add


def buttons(message: Message) -> list[tuple[str, str]]:
    rows = (part for part in message.parts if isinstance(part, Row))
    controls = (control for row in rows for control in row.controls)
    return [(each.action, each.value) for each in controls if isinstance(each, Button)]


def again(message: Message) -> dict[str, Any]:
    rows = (part for part in message.parts if isinstance(part, Controls))
    controls = (control for row in rows for control in row.controls)
    asked = (each for each in controls if isinstance(each, Button) and each.action == "again")
    return {each.text: json.loads(each.value) for each in asked}


def test_the_practice_by_default_for_all_to_see(store: Store, ids: Ids) -> None:
    found = ask(store, "")
    assert STATS.is_public
    assert found.is_public
    for words in (
        "*Referral partners, Dec 4 to Mar 3* (the 90 days before in parentheses)",
        "Received: *8* (0)",
        "Came in: *6 so far*; 1 didn't, 1 still open",
        "Conversion rate: 6 of 8 so far. Too early to compare rates.",
        "Referral to evaluation: *6 days*, median of 6 evaluations",
        "Sent to partners: *1* (0)",
        "Balance: *7 more received than sent*",
        "Interactions: *1* (0)",
        "Came in = first evaluation done",
    ):
        assert words in found.text


def test_worth_a_look_ends_the_report_with_buttons(store: Store, ids: Ids) -> None:
    found = ask(store, "")
    riverside, iron = str(ids["riverside"]), str(ids["iron"])
    quiet = "no referral since Jan 22, usually 7 a month; 1 open over three weeks"
    assert (
        f"• Riverside Orthopedics: {quiet}\n• Iron &lt;Peak&gt; CrossFit: no liaison" in found.text
    )
    assert buttons(found) == [("show", riverside), ("assign", iron)]


def test_the_chart_counts_what_the_lines_count(store: Store, ids: Ids) -> None:
    [chart] = [part for part in ask(store, "").parts if isinstance(part, Chart)]
    assert chart.title == "Received and came in, by month"
    assert [(name, sum(values)) for name, values in chart.series] == [
        ("Received", 8),
        ("Came in", 6),
    ]
    assert chart.labels == ("Dec 2026 (part)", "Jan 2027", "Feb 2027", "Mar 2027 (part)")


def test_a_partner_by_part_of_its_name(store: Store, ids: Ids) -> None:
    found = ask(store, "iron peak")
    assert found.is_public
    assert "*Iron &lt;Peak&gt; CrossFit, Dec 4 to Mar 3*" in found.text
    assert "Received: *0*" in found.text
    assert "Last contact: Feb 21" in found.text
    assert buttons(found) == [("assign", str(ids["iron"]))]


@pytest.mark.parametrize(
    ("words", "heading", "received"),
    [
        ("physicians", "Physicians", 8),
        ("gym", "Gyms", 0),
        ("gyms last quarter", "Gyms, Q4 2026", 0),
        ("vet", "Vet", 0),
        ("physician 2026", "Physicians, 2026", 3),
        ("school", "Schools", 0),
    ],
)
def test_a_category(store: Store, ids: Ids, words: str, heading: str, received: int) -> None:
    found = ask(store, words)
    assert f"*{heading}" in found.text
    assert f"{received} received" in found.preview


def test_a_category_wins_over_a_partner_of_that_name(store: Store, ids: Ids) -> None:
    with store.change(TEAM, NOW, "setup", "U1") as change:
        partner.add(change, "Gym", TODAY, category="gym")
    assert "*Gyms, " in ask(store, "gym").text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("month", "March 2027 so far* (Mar 1 to 3; February 2027 up to the same day"),
        ("quarter", "Q1 2027 so far* (Jan 1 to Mar 3; Q4 2026 up to the same day"),
        ("2026-Q3", "Q3 2026* (Jul 1 to Sep 30; Q2 2026 in parentheses)"),
        ("30d", "Referral partners, Feb 2 to Mar 3* (the 30 days before in parentheses)"),
    ],
)
def test_every_period_is_said(store: Store, words: str, said: str) -> None:
    assert said in ask(store, words).text


def test_periods_are_in_the_time_zone_of_the_workspace(store: Store) -> None:
    """At 01:30 in New York it is still the day before where the person is."""
    member = Member(TEAM, "U1", zone="America/Los_Angeles", profile_at=NOW)
    now = NOW.replace(day=1, hour=6, minute=30)
    request = Request(member, Workspace(TEAM, zone=ZONE), now, "key")
    found = STATS.run("month", request, Context(store, None))  # type: ignore[arg-type]
    assert "March 2027 so far" in found.text


def test_a_long_time_is_drawn_by_quarter_or_year(store: Store, ids: Ids) -> None:
    for words, unit in (("36 months", "quarter"), ("3000d", "year")):
        [chart] = [part for part in ask(store, words).parts if isinstance(part, Chart)]
        assert chart.title == f"Received and came in, by {unit}"
        assert len(chart.labels) <= 20
        assert sum(chart.series[0][1]) == 8


def test_an_ambiguous_name_asks_which(store: Store, ids: Ids) -> None:
    found = ask(store, "bright quarter")
    assert not found.is_public
    assert "Bright Path and Bright Smile" in found.text
    assert again(found)["Bright Smile"] == {
        "text": "stats bright quarter",
        "chosen": [],
        "chosen_now": ids["smile"],
    }
    chosen = ask(store, "bright quarter", chosen=frozenset((ids["smile"],)))
    assert "*Bright Smile, Q1 2027 so far*" in chosen.text


def test_an_unknown_word_gets_usage_and_suggestions(store: Store, ids: Ids) -> None:
    found = ask(store, "riversid <orto> clinic month")
    assert not found.is_public
    assert '"riversid &lt;orto&gt; clinic"' in found.text
    assert "/partner stats" in found.text
    assert again(found)["I meant Riverside Orthopedics"]["chosen_now"] == ids["riverside"]


def test_a_period_that_has_not_begun_is_refused(store: Store) -> None:
    with pytest.raises(UserError):
        ask(store, "2028-Q1")


@pytest.mark.parametrize(("user", "role"), [("U1", LIAISON), ("U9", OWNER)])
def test_a_person_sees_their_own_figures_and_owners_see_all(
    store: Store, ids: Ids, user: str, role: str
) -> None:
    found = ask(store, "<@U1> quarter", user, role)
    assert not found.is_public
    assert not any(isinstance(part, Chart) for part in found.parts)
    for words in ("*<@U1>, Q1 2027 so far*", "Interactions: *1*", "Looks after 1 partner"):
        assert words in found.text


@pytest.mark.parametrize("role", [LIAISON, MEMBER])
def test_nobody_else_sees_a_person(store: Store, ids: Ids, role: str) -> None:
    found = ask(store, "<@U1|ana>", "U2", role)
    assert not found.is_public
    assert "only <@U1> and the owners" in found.text
    assert "Interactions" not in found.text


def test_me_is_whoever_asks(store: Store, ids: Ids) -> None:
    assert ask(store, "me quarter").text == ask(store, "<@U1> quarter").text


def test_one_person_at_a_time(store: Store) -> None:
    for words in ("<@U1> <@U2>", "<@U1> gym"):
        assert "One person at a time" in ask(store, words, "U3", OWNER).text


def test_an_empty_practice_is_told_how_to_begin(store: Store) -> None:
    found = ask(store, "")
    assert "Nothing was recorded in this time" in found.text


def titles(message: Message) -> list[str]:
    return [part.title for part in message.parts if isinstance(part, Chart)]


BY_MONTH, BY_CATEGORY = "Received and came in, by month", "Received and came in, by category"
BY_PARTNER = "Received and sent, by partner"


@pytest.fixture
def more(store: Store, ids: Ids) -> None:
    """Beside Riverside: a gym that sends three, gets two; another physician who sends five."""
    with store.change(TEAM, NOW, "setup", "U1") as change:
        for days in (12, 50, 60):
            referral.add(change, ids["iron"], RECEIVED, days_ago(days))
            referral.add(change, ids["iron"], SENT, days_ago(days))
        for days in (15, 16, 35, 44, 66):
            referral.add(change, ids["smile"], RECEIVED, days_ago(days))


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("", [BY_MONTH, BY_CATEGORY]),
        ("by category", [BY_CATEGORY]),
        ("by month", [BY_MONTH]),
        ("by partner", [BY_PARTNER]),
        ("by partner 90d", [BY_PARTNER]),
        ("90d by partners", [BY_PARTNER]),
        ("physicians", [BY_MONTH, BY_PARTNER]),
        ("physicians by category", []),
        ("gyms", []),
        ("riverside", ["Received, came in and sent, by month"]),
        ("bright smile", [BY_MONTH]),
        ("iron peak", ["Received, came in and sent, by month"]),
        ("bright path", []),
        ("month", []),
        ("me", []),
    ],
)
def test_what_is_drawn_follows_from_what_is_asked(
    store: Store, ids: Ids, more: None, words: str, drawn: list[str]
) -> None:
    assert titles(ask(store, words)) == drawn


def test_the_figures_of_every_chart_are_said(store: Store, ids: Ids, more: None) -> None:
    said = ask(store, "").text
    assert "Physicians: Received 13, Came in 6" in said
    assert "Gyms: Received 3, Came in 0" in said
    assert "Iron &lt;Peak&gt; CrossFit: Received 3, Sent 3" in ask(store, "by partner").text
