"""What people find in their Home."""

from datetime import timedelta

from bot.commands.request import OpenForm
from bot.domain.home import Place
from bot.domain.message import Ask, Button, Chart, Menu, Message, Pick, Row, say
from bot.store import workspace
from tests.commands.looking import is_sound, labels
from tests.home.given import at, row, seen, titles, under
from tests.speaker import Team, find_control


def busy(team: Team) -> Team:
    """Riverside waits for a check-in and thanks, and a step comes up on Friday."""
    team.says("U1", "cadence riverside every week")
    team.says("U4", "refer dr lee 2/1")
    team.says("U4", "evals riverside 2")
    team.says("U1", "next riverside send the protocol by 3/15")
    team.now += timedelta(days=9)
    return team


def test_a_liaison_sees_what_waits_as_in_the_morning(clinic: Team) -> None:
    found = seen(busy(clinic), "U1")
    assert titles(found)[:2] == ["Good morning, Ana.", "2 things waiting"]
    sorts, thanks, check_in = under(found, "2 things")
    assert sorts == "1 thank-you and 1 check-in"
    assert thanks.startswith("*First referrals from Riverside Orthopedics!*")
    assert "*Riverside Orthopedics*: check-in" in check_in
    menus = [one.text for one in row(found, "*First referrals").controls]
    assert menus == ["Mark sent", "Not now", "Not needed"]
    assert row(found, "*First referrals").draft.startswith("Dear")
    assert "Waiting since Wed, Mar 10." in row(found, "check-in").small
    is_sound(found)


def test_what_comes_up_can_be_done_before_its_day(clinic: Team) -> None:
    found = seen(busy(clinic), "U1")
    (line,) = under(found, "Coming up")
    assert line == "Mon, Mar 15: *Riverside Orthopedics*: send the protocol, for Mon, Mar 15"
    assert [one.text for one in row(found, "send the protocol").controls] == ["Done"]
    assert clinic.presses("U1", found, "Done")
    assert under(seen(clinic, "U1"), "Coming up") == []


def test_a_quiet_day_says_what_is_next(clinic: Team) -> None:
    found = seen(clinic, "U1")
    assert titles(found)[1] == "Nothing is waiting for you"
    assert under(found, "Nothing") == ["Next: Riverside Orthopedics, Wed, Apr 14."]


def test_my_partners_stand_by_stage(clinic: Team) -> None:
    for name, stage in (("Riverside Orthopedics", "warm"), ("Dr. Amy Lee", "active")):
        put_in_stage(clinic, name, stage)
    clinic.says("U1", "called riverside, 20 min")
    assert under(seen(clinic, "U1"), "My partners: 2") == [
        "*active*, 1 partner",
        "*Dr. Amy Lee*\nphysician, nothing logged, next Thu, Jun 3",
        "*warm*, 1 partner",
        "*Riverside Orthopedics*\nphysician, last today, next Wed, Apr 14",
    ]


def put_in_stage(team: Team, name: str, stage: str) -> None:
    from bot.store import partner

    with team.store.change("T1", team.now, "edit", "U1") as change:
        found = partner.named(change, name)
        assert found
        partner.update(change, found.id, stage=stage)


def test_who_has_no_partners_sees_all(clinic: Team) -> None:
    found = seen(clinic, "U4")
    assert titles(found)[-1] == "All partners: 6"
    lines = under(found, "All partners")
    assert "*Iron Peak CrossFit*\ngym, with <@U2>, nothing logged, next Thu, Jun 3" in lines
    assert (
        "*Harbor Chiropractic*\nchiropractor, no liaison, nothing logged, next Thu, Jun 3" in lines
    )


def test_only_an_owner_sees_the_practice(clinic: Team) -> None:
    assert "The practice" in titles(seen(clinic, "U3"))
    for user in ("U1", "U2", "U4"):
        found = seen(clinic, user)
        assert "The practice" not in titles(found)
        assert "Assign" not in labels(found)
        assert not any(isinstance(part, Chart) for part in found.parts)


def test_an_owners_glance(clinic: Team) -> None:
    for day in ("1/11", "1/12", "1/13", "1/18", "2/1"):
        clinic.says("U4", f"refer riverside {day}")
    clinic.says("U4", "evals riverside 2 2/10")
    clinic.says("U1", "cadence riverside every week")
    clinic.now += timedelta(days=9)
    found = seen(clinic, "U3")
    lines = under(found, "The practice")
    assert "Received: *5* (0)" in lines[0]
    assert "in parentheses" in lines[0]
    assert "Came in: *2 so far*; 0 didn't, 3 still open" in lines[0]
    assert any(isinstance(part, Chart) for part in found.parts)
    assert "*Without a liaison: 2*. Nobody is asked to look after them." in lines
    assert [line for line in lines if line.startswith("• ")] == [
        "• Bright Smile Dental",
        "• Harbor Chiropractic",
    ]
    assert "*Waiting longest, by liaison*\n• <@U1>: 1 thing, the oldest since" in "\n".join(lines)
    is_sound(Message(tuple(p for p in found.parts if not isinstance(p, Row | Chart))))


def test_quiet_partners_against_their_own_rate(clinic: Team) -> None:
    for month in (4, 5, 6, 7, 8, 9, 10):
        clinic.says("U4", f"refer dr lee 2026-{month:02}-10")
    lines = under(seen(clinic, "U3"), "The practice")
    assert "*Quiet: 1*. Nothing from them for much longer than usual." in lines
    assert "• Dr. Amy Lee: no referral since Oct 10, usually 1 a month" in lines


def test_an_owner_assigns_from_there(clinic: Team) -> None:
    form = clinic.presses("U3", seen(clinic, "U3"), "Assign")
    assert isinstance(form, OpenForm)
    said = clinic.sends_in("U3", form, user="U2")
    assert said
    assert said.text.startswith("✓ *Bright Smile Dental* is with <@U2> now.")
    assert "*Without a liaison: 1*" in "".join(under(seen(clinic, "U3"), "The practice"))


def test_the_welcome_ticks_off_what_is_done(team: Team) -> None:
    found = seen(team, "U3")
    assert "Three steps and we're live: 0 of 3 done" in titles(found)
    controls = [row(found, f"{n}. ").controls[0] for n in (1, 2, 3)]
    assert [type(one) for one in controls] == [Button, Pick, Pick]
    team.press_value("U3", "asked", "U4")
    team.says("U3", "add Riverside, ortho")
    found = seen(team, "U3")
    assert "Three steps and we're live: 2 of 3 done" in titles(found)
    assert row(found, "Add your partners").text.startswith("✓ Done: 1.")
    assert row(found, "Add your partners").controls == ()
    team.press_value("U3", "posted", "C1")
    assert "Three steps" not in " ".join(titles(seen(team, "U3")))


def test_without_any_partner_there_is_nothing_else_to_see(team: Team) -> None:
    for user in ("U1", "U3"):
        found = seen(team, user)
        assert found.parts[-1].text.startswith("There are no partners yet.")
        assert not any(isinstance(part, Ask) for part in found.parts)


def test_the_welcome_is_for_owners_and_can_be_put_away(team: Team) -> None:
    assert "I'm all set, hide this" in labels(seen(team, "U3"))
    assert "I'm all set, hide this" not in labels(seen(team, "U1"))
    team.presses("U3", seen(team, "U3"), "I'm all set, hide this")
    assert "Three steps" not in " ".join(titles(seen(team, "U3")))
    with team.store.read("T1") as tx:
        assert workspace.desk(tx) == []


def test_what_was_just_done_stands_first_and_only_once(clinic: Team) -> None:
    said = say("✓ *Riverside*: called today.", controls=(Button("Undo", "undo", "1"),))
    found = seen(clinic, "U1", said)
    assert found.parts[1:3] == said.parts
    assert "called today" not in seen(clinic, "U1").text


def test_settings_are_behind_buttons(clinic: Team) -> None:
    both = ["Add partner", "Log something", "My settings", "Practice settings"]
    assert labels(seen(clinic, "U3"))[:4] == both
    assert "Practice settings" not in labels(seen(clinic, "U1"))
    for user, label in (("U3", "Practice settings"), ("U1", "My settings"), ("U1", "Add partner")):
        assert isinstance(clinic.presses(user, seen(clinic, user), label), OpenForm)


def test_a_place_that_is_gone_is_the_nearest(clinic: Team) -> None:
    found = at(clinic, "U4", Place(partners=99, waiting=99, coming=99))
    assert titles(found)[-1] == "All partners: 6"
    assert len(under(found, "All partners")) == 6


def test_everything_beside_a_partner(clinic: Team) -> None:
    found = seen(clinic, "U1")
    menu = row(found, "*Riverside").controls[0]
    assert isinstance(menu, Menu)
    answers = {}
    for label, value in menu.options:
        reply = clinic.press_value("U1", menu.action, value)
        answers[label] = reply.name if isinstance(reply, OpenForm) else reply and reply.text
    assert answers["Called"].startswith("✓ *Riverside Orthopedics*: called today.")
    assert answers["More …"] == "log"
    assert answers["Show the card"].startswith("Riverside Orthopedics\nPhysician")
    assert "R-1001" in answers["New referral"]
    assert answers["Edit"] == "edit"
    assert find_control(found, "Called")
