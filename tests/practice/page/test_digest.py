"""In the browser: the week's digest in the team channel, and the owner who turns it off."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from bot.demo.clinic import CALENDAR, ZONE
from bot.domain.when import local_day
from bot.practice import PracticeSlack
from bot.reminders.week_ahead import is_first_of_week

from .conftest import Visit
from .test_demo import clinic
from .test_settings import form, send

__all__ = ["clinic"]


def mornings_until_digest(slack: PracticeSlack) -> int:
    """How many working mornings it is to the first one of a week, today's among them."""
    day, count = local_day(datetime.fromtimestamp(slack.clock(), UTC), ZONE), 1
    while not is_first_of_week(day, CALENDAR):
        day, count = CALENDAR.add_working_days(day, 1), count + 1
    return count


def test_the_digest_comes_to_the_channel_until_it_is_turned_off(
    clinic: PracticeSlack, visit: Visit
) -> None:
    channel = clinic.workspace.channel("partners").id
    page = visit(clinic, clinic.workspace.person("maya").id, channel)
    for _ in range(mornings_until_digest(clinic)):
        page.get_by_role("button", name="Next working morning").click()
    digest = page.locator("article", has_text="Last week with our partners").last
    expect(digest).to_contain_text("conversation")
    expect(digest.locator("svg").first).to_be_visible()
    digest.get_by_role("button", name="Assign Meals on Wheels").click()
    form(page).get_by_label("Who looks after them?").select_option("Kim Doyle")
    form(page).get_by_role("button", name="Assign").click()
    expect(page.locator("article.ephemeral").last).to_contain_text("is with @Kim Doyle now")
    send(page, "/partner help")
    page.get_by_role("button", name="Practice settings").last.click()
    form(page).get_by_label("The week's digest there").select_option("Never")
    form(page).get_by_role("button", name="Save").click()
    said = page.locator("article.ephemeral").last
    expect(said).to_contain_text("digest there: Never")
