"""Home over both wires: opened, pressed in, fresh after whatever its person did."""

import json
from collections.abc import Callable

import pytest

from bot.practice import Answer, Person, PracticeSlack, View
from tests.end_to_end.conftest import HTTP, Clinic, Starts
from tests.end_to_end.filled import NINE, fill, kinds_logged
from tests.end_to_end.process import PATIENCE
from tests.end_to_end.test_commands import NOT_FOR_GUESTS


def text(view: View | None) -> str:
    """All that can be read in a view."""
    return json.dumps(view.body["blocks"], ensure_ascii=False) if view else ""


def shows(slack: PracticeSlack, person: Person, fits: Callable[[str], bool]) -> View:
    """Wait until somebody's Home fits."""
    slack.wait_for(lambda: fits(text(slack.home(person))), PATIENCE)
    found = slack.home(person)
    assert found is not None
    assert fits(text(found)), text(found)
    return found


def says(slack: PracticeSlack, person: Person, words: str) -> View:
    return shows(slack, person, lambda now: words in now)


def opened(slack: PracticeSlack, person: Person, words: str = "Log something") -> View:
    slack.open_home(person)
    return says(slack, person, words)


def pressed(slack: PracticeSlack, person: Person, label: str, value: object = None) -> Answer:
    home = slack.home(person)
    assert home is not None
    answer = slack.press(person, home, label=label, value=value)
    assert answer.error is None
    return answer


def top(view: View) -> list[str]:
    """What stands above the first section."""
    headers = [i for i, block in enumerate(view.body["blocks"]) if block["type"] == "header"]
    return [json.dumps(block, ensure_ascii=False) for block in view.body["blocks"][1 : headers[1]]]


def test_home_is_drawn_when_it_is_opened(clinic: Clinic) -> None:
    ana = clinic.person()
    clinic.partner(ana)
    home = opened(clinic.slack, ana)
    assert home.body["type"] == "home"
    assert "All partners" in text(home)


def test_another_tab_draws_nothing(clinic: Clinic) -> None:
    ana, luis = clinic.person(), clinic.person()
    channel = clinic.slack.dm(ana).id
    event = {"type": "app_home_opened", "user": ana.id, "channel": channel, "tab": "messages"}
    clinic.slack.send_event(event)
    opened(clinic.slack, luis)
    assert clinic.slack.home(ana) is None


def test_a_guest_is_told_why_there_is_nothing(clinic: Clinic) -> None:
    guest = clinic.person(is_restricted=True)
    assert "header" not in text(opened(clinic.slack, guest, NOT_FOR_GUESTS[:40]))


def test_a_partner_is_logged_from_home_and_taken_back(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.says(ana, f"assign {name} @{ana.name}")
    opened(clinic.slack, ana, name)
    pressed(clinic.slack, ana, "Log or look", "Called")
    home = says(clinic.slack, ana, "called today")
    assert f"✓ *{name}*: called today" in top(home)[0]
    assert "last today" in text(home)
    pressed(clinic.slack, ana, "Undo")
    home = says(clinic.slack, ana, "Undone: I took back")
    assert "nothing logged" in text(home)


def test_whatever_its_person_did_home_shows_it(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.says(ana, f"assign {name} @{ana.name}")
    opened(clinic.slack, ana, "My partners: 1")
    clinic.says(ana, f"called {name}, 20 min")
    says(clinic.slack, ana, "last today")
    other = clinic.name()
    answer = clinic.slack.slash(ana, None, "add")
    view = answer.wait_view()
    clinic.slack.submit_view(ana, view, {"name": other, "liaison": ana.id})
    says(clinic.slack, ana, other)


def test_what_slack_put_off_is_shown_by_itself(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.says(ana, f"assign {name} @{ana.name}")
    opened(clinic.slack, ana, "nothing logged")
    fault = clinic.slack.misbehave("rate_limited", "views.publish", retry_after=1)
    clinic.says(ana, f"called {name}, 20 min")
    says(clinic.slack, ana, "last today")
    assert fault.is_spent


def test_what_others_do_is_seen_at_the_next_opening(clinic: Clinic) -> None:
    ana, luis = clinic.person(), clinic.person()
    name = clinic.partner(ana)
    clinic.says(ana, f"assign {name} @{ana.name}")
    before = opened(clinic.slack, ana, "nothing logged").hash
    clinic.says(luis, f"called {name}, 20 min")
    opened(clinic.slack, luis)
    home = clinic.slack.home(ana)
    assert home is not None
    assert home.hash == before
    opened(clinic.slack, ana, "last today")


def test_nobody_gets_a_home_who_never_opened_it(clinic: Clinic) -> None:
    ana, luis = clinic.person(), clinic.person()
    clinic.partner(ana)
    opened(clinic.slack, luis)
    assert clinic.slack.home(ana) is None


def test_a_form_from_home_is_confirmed_in_home(clinic: Clinic) -> None:
    ana = clinic.person()
    opened(clinic.slack, ana)
    view = pressed(clinic.slack, ana, "Add partner").wait_view()
    name = clinic.name()
    answer = clinic.slack.submit_view(ana, view, {"name": name, "liaison": ana.id})
    assert (answer.error, answer.errors) == (None, {})
    home = says(clinic.slack, ana, f"✓ *{name}*")
    assert "Undo" in " ".join(top(home))
    assert clinic.slack.dms(ana) == []


def test_a_card_is_shown_over_home(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.says(ana, f"assign {name} @{ana.name}")
    opened(clinic.slack, ana, name)
    before = clinic.slack.home(ana)
    assert before is not None
    card = clinic.slack.press(
        ana, before, label="Log or look", index=place(before, name), value="Show the card"
    ).wait_view()
    assert card.body["type"] == "modal"
    assert name in text(card)
    assert "No referrals yet." in text(card)
    assert "actions" not in {block["type"] for block in card.body["blocks"]}


def place(view: View, name: str) -> int:
    """Which of the partners in a Home this one is."""
    rows = [b for b in view.body["blocks"] if b.get("accessory", {}).get("type") == "static_select"]
    return next(i for i, block in enumerate(rows) if name in block["text"]["text"])


def test_a_double_press_counts_once(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.says(ana, f"assign {name} @{ana.name}")
    opened(clinic.slack, ana, "My partners: 1")
    clinic.slack.misbehave("duplicate", "interactive")
    pressed(clinic.slack, ana, "Log or look", "Stopped by")
    home = says(clinic.slack, ana, "last today")
    assert "Undo" in " ".join(top(home))
    assert clinic.says(ana, f"show {name}").text.count("Visit by") == 1


def test_a_button_of_an_older_version_says_so_and_home_is_new(clinic: Clinic) -> None:
    ana = clinic.person()
    home = opened(clinic.slack, ana)
    old = json.loads(json.dumps(home.body))
    old["blocks"][1]["elements"][0]["action_id"] = "gone:1"
    clinic.slack.workspace.change_view(home, old)
    pressed(clinic.slack, ana, "Add partner")
    now = says(clinic.slack, ana, "from an older version of me")
    assert "gone:1" not in text(now)


def test_a_search_narrows_the_list_and_is_taken_away(clinic: Clinic) -> None:
    ana = clinic.person()
    one, other = clinic.partner(ana), clinic.partner(ana)
    for name in (one, other):
        clinic.says(ana, f"assign {name} @{ana.name}")
    home = opened(clinic.slack, ana, "My partners: 2")
    clinic.slack.press(ana, home, "home_words:1", value=one[:5].lower())
    home = says(clinic.slack, ana, "My partners: 1")
    assert one in text(home)
    assert other not in text(home)
    pressed(clinic.slack, ana, "Show all of them")
    says(clinic.slack, ana, "My partners: 2")


def test_what_waits_is_done_from_home(
    starts: Starts, slack: PracticeSlack, sqlite_url: str
) -> None:
    ana = slack.add_user("ana", "Ana Silva")
    fill(sqlite_url, slack, {"Riverside Orthopedics": ana, "Lee Family Medicine": ana})
    starts(sqlite_url, NINE, HTTP)
    slack.wait_for(lambda: slack.dms(ana), PATIENCE)
    opened(slack, ana, "2 check-ins waiting")
    pressed(slack, ana, "I did it", "Texted")
    home = says(slack, ana, "1 check-in waiting")
    assert "texted today" in top(home)[0]
    assert kinds_logged(sqlite_url) == ["text"]
    # The morning message says so, too.
    slack.wait_for(lambda: "texted today" in slack.dms(ana)[0].text, PATIENCE)


def test_a_form_sent_in_after_its_partner_was_archived(
    starts: Starts, slack: PracticeSlack, maya: Person, sqlite_url: str
) -> None:
    ana = slack.add_user("ana", "Ana Silva")
    fill(sqlite_url, slack, {"Riverside Orthopedics": ana})
    starts(sqlite_url, NINE, HTTP, maya.id)
    opened(slack, ana, "1 check-in waiting")
    view = pressed(slack, ana, "Not now", "Pick a day").wait_view()
    slack.slash(maya, None, "end riverside moved away")
    answer = slack.submit_view(ana, view, {"day": "2027-03-08"})
    assert (answer.error, answer.errors) == (None, {})
    home = says(slack, ana, "was dealt with already")
    assert "Nothing is waiting" in text(home)
    assert "Riverside" not in text(home).replace(top(home)[0], "")


def test_two_people_press_the_same_button(
    starts: Starts, slack: PracticeSlack, maya: Person, sqlite_url: str
) -> None:
    luis, olga = (slack.add_user(name) for name in ("luis", "olga"))
    fill(sqlite_url, slack, {})
    starts(sqlite_url, NINE, HTTP, f"{maya.id},{olga.id}")
    slack.slash(maya, None, "add Bright Smile, dental")
    forms = []
    for owner in (maya, olga):
        opened(slack, owner, "Without a liaison: 1")
        forms.append((owner, pressed(slack, owner, "Assign").wait_view()))
    for (owner, view), whom in zip(forms, (luis, olga), strict=True):
        slack.submit_view(owner, view, {"user": whom.id})
    says(slack, maya, f"*Bright Smile* is with <@{luis.id}> now")
    says(slack, olga, f"*Bright Smile* is with <@{luis.id}> already. Nothing was changed.")


def test_a_newer_home_is_not_overwritten_by_an_older(clinic: Clinic) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.says(ana, f"assign {name} @{ana.name}")
    home = opened(clinic.slack, ana, "nothing logged")
    # Another process of the bot drew it meanwhile.
    clinic.slack.workspace.change_view(home, home.body)
    clinic.says(ana, f"called {name}, 20 min")
    says(clinic.slack, ana, "last today")
    refused = [
        call
        for call in clinic.slack.calls_of("views.publish")
        if call.arguments.get("user_id") == ana.id and call.answer.get("error") == "hash_conflict"
    ]
    assert len(refused) == 1


@pytest.mark.parametrize("count", [4])
def test_opened_again_and_again_it_ends_with_what_is_true(clinic: Clinic, count: int) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.says(ana, f"assign {name} @{ana.name}")
    opened(clinic.slack, ana, "nothing logged")
    for _ in range(count):
        clinic.slack.open_home(ana)
        clinic.says(ana, f"called {name}, 20 min")
    says(clinic.slack, ana, "last today")
