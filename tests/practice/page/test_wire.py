"""The inspector and the clock."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.practice import Channel, Person, PracticeSlack
from bot.practice.page import moves

from ..apps import connected
from .conftest import Visit

CHICAGO = ZoneInfo("America/Chicago")


def test_the_inspector_shows_both_directions_and_refusals(
    slack: PracticeSlack, app: App, web: WebClient, visit: Visit, dana: Person, general: Channel
) -> None:
    page = visit(slack, dana.id, general.id)
    page.get_by_role("button", name="Inspector").click()
    wire = page.locator("#wire")
    app.command("/partner")(lambda ack: ack("hello"))
    with connected(slack, app):
        slack.slash(dana, general, "due")
        line = wire.locator("details", has_text="/partner due")
        expect(line).to_contain_text("ok")
        line.locator("summary").click()
        expect(line.locator("pre").first).to_contain_text('"command": "/partner"')
        expect(line.locator("pre").last).to_contain_text("hello")
    too_long = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    with pytest.raises(SlackApiError):
        web.chat_postMessage(channel=general.id, text="x", blocks=[too_long])
    refused = wire.locator(".refused")
    expect(refused).to_contain_text("invalid_blocks")
    expect(refused).to_contain_text("must be less than 151 characters")


def test_the_clock_moves_for_everybody(
    slack: PracticeSlack, visit: Visit, dana: Person, general: Channel
) -> None:
    moved: list[float] = []
    slack.clock.on_move.append(lambda: moved.append(slack.clock()))
    page = visit(slack, dana.id, general.id)
    page.get_by_role("button", name="Next working morning").click()
    expect(page.locator("#clock")).to_contain_text(re.compile(r"(Mon|Tue|Wed|Thu|Fri), .* 9:00 AM"))
    slack.say(dana, general, "now")
    expect(page.locator("article time")).to_have_text(re.compile("9:0. AM"))
    before = slack.clock()
    page.get_by_role("button", name="+1 week").click()
    slack.wait_for(lambda: slack.clock() - before >= 6.9 * 24 * 3600)
    page.get_by_role("button", name="Play").click()
    slack.wait_for(lambda: len(moved) > 4)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2027-03-03T08:59", "2027-03-03T09:00"),
        ("2027-03-03T09:00", "2027-03-04T09:00"),
        ("2027-03-05T12:00", "2027-03-08T09:00"),
        ("2027-03-13T12:00", "2027-03-15T09:00"),
    ],
)
def test_the_next_working_morning(now: str, morning: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=CHICAGO)
    found = moves.target("morning", at, moves.is_weekday)
    assert found.isoformat().startswith(morning)


def test_a_holiday_is_no_working_morning() -> None:
    at = datetime(2027, 3, 3, 12, tzinfo=CHICAGO)
    found = moves.next_morning(at, lambda day: day > date(2027, 3, 9))
    assert found.date() == date(2027, 3, 10)
