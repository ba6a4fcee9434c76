"""The weekly digest: where it goes, once, and what becomes of it when Slack takes it for none."""

import pytest
import sqlalchemy as sa

from bot.domain.member import Workspace
from bot.domain.policy import Policy
from bot.errors import Permanent, Retryable, Uncertain
from bot.store import workspace
from bot.store.schema import deliveries
from tests.jobs.test_messages import at, tick
from tests.speaker import Post, Team

MONDAY = "2027-03-08 09:00"
SAID = "*Last week with our partners (Mar 1 to 7)*"


@pytest.fixture
def practice(team: Team) -> Team:
    """A week of work; the team reads the channel C1, and U3 (Maya) is the owner."""
    team.says("U3", "add Riverside Orthopedics, ortho, <@U1>")
    team.says("U3", "add Meals on Wheels, community")
    team.says("U1", "had lunch with riverside")
    team.says("U1", "refer riverside")
    team.says("U1", "next riverside send the protocol by 3/10")
    with team.store.change("T1", team.now, "channel", "U3") as change:
        workspace.post_in(change, "C1")
    tick(team)
    return team


def digests(team: Team, when: str) -> list[Post]:
    return [post for post in tick(team, when) if "Last week with our partners" in post.message.text]


def test_it_comes_to_the_channel_once_a_week(practice: Team) -> None:
    assert digests(practice, "2027-03-08 08:59") == []
    (post,) = digests(practice, MONDAY)
    assert post.member == "C1"
    assert post.message.text.startswith(SAID.strip("*"))
    for words in (
        "1 referral, 1 conversation.",
        "*Nice work:* Ana had lunch with Riverside Orthopedics. First referral ever: Riverside",
        "*Coming up:* Riverside Orthopedics, send the protocol (Wed).",
        "*For Maya:* Meals on Wheels needs a liaison.",
    ):
        assert words in post.message.text
    for later in ("2027-03-08 10:00", "2027-03-09 09:00", "2027-03-12 09:00"):
        assert digests(practice, later) == []
    assert [post.member for post in digests(practice, "2027-03-15 09:00")] == ["C1"]


def test_it_comes_after_an_outage_but_not_much_later(practice: Team) -> None:
    assert [post.member for post in digests(practice, "2027-03-09 11:00")] == ["C1"]
    assert digests(practice, "2027-03-17 11:00") == []


def test_it_may_be_turned_off(practice: Team) -> None:
    with practice.store.change("T1", practice.now, "settings", "U3") as change:
        workspace.save_policy(change, Policy(digest_day=None))
    assert digests(practice, MONDAY) == []


def test_outsiders_do_not_read_it(practice: Team) -> None:
    practice.inbox.obstacles["C1"] = "shared"
    (post,) = digests(practice, MONDAY)
    assert post.member == "U3"
    assert "people from outside the practice read <#C1>" in post.message.text
    assert SAID in post.message.text
    practice.inbox.obstacles.clear()
    assert digests(practice, "2027-03-08 10:00") == []


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("is_archived", "<#C1> is archived, gone, or private"),
        ("not_in_channel", "I'm not in <#C1>. Please add me there"),
        ("restricted_action", "I can't see whether it arrived"),
    ],
)
def test_a_channel_that_takes_nothing_is_the_owners_to_mend(
    practice: Team, reason: str, said: str
) -> None:
    practice.inbox.failing = [Permanent(reason)] * 3
    (post,) = _until_quiet(practice)
    assert post.member == "U3"
    assert said in post.message.text


def test_when_the_line_breaks_it_is_not_posted_twice(practice: Team) -> None:
    """A channel's past is not ours to read, so nobody knows; the owner has it at least."""
    practice.inbox.cut = [Uncertain("timeout")]
    posts = _until_quiet(practice)
    assert [post.member for post in posts] == ["C1", "U3"]
    assert "I can't see whether it arrived" in posts[1].message.text


def test_when_slack_is_busy_it_comes_later(practice: Team) -> None:
    practice.inbox.failing = [Retryable("ratelimited", after=30)]
    assert [post.member for post in _until_quiet(practice)] == ["C1"]


def _until_quiet(team: Team) -> list[Post]:
    """Let an hour pass, minute by minute."""
    start = at(MONDAY)
    return [
        post
        for minute in range(0, 60, 5)
        for post in digests(team, start.replace(minute=minute).strftime("%Y-%m-%d %H:%M"))
    ]


def test_an_empty_week_says_so(team: Team) -> None:
    with team.store.change("T1", team.now, "channel", "U3") as change:
        workspace.post_in(change, "C1")
    (post,) = digests(team, MONDAY)
    assert len(post.message.parts) == 1
    assert "A quiet week: nothing was logged, and no referral came." in post.message.text


def test_another_practices_figures_stay_there(practice: Team) -> None:
    with practice.store.begin() as connection:
        far = Workspace("T2", "Far", zone="Asia/Tokyo", channel="C9")
        workspace.found(connection, far, at(MONDAY))
    (post,) = digests(practice, MONDAY)
    assert post.member == "C1"
    with practice.store.peek() as connection:
        keys = set(connection.execute(sa.select(deliveries.c.key)).scalars())
    assert not any("C9" in key for key in keys)
