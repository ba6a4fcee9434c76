"""The check-in: a partner is to hear from us."""

from datetime import date

from bot.domain.fact import Facts
from bot.domain.interaction import done_words
from bot.domain.message import Control, Menu
from bot.domain.words import count_words, list_words, plain, span_words
from bot.reminders.kind import Kind, Said, options
from bot.reminders.put_off import not_now
from bot.reminders.question import answers, question

# A partner is quiet when this many times its usual gap passed without a referral.
QUIET_AFTER_GAPS = 2.0

DID = {
    "call": "Called",
    "text": "Texted",
    "email": "Emailed",
    "visit": "Stopped by",
    "message": "Left a message",
}
# Asks for the rest in a form.
MORE = "more"
_CHOICES = {**DID, MORE: "More …"}


def _row(facts: Facts) -> Said | None:
    if facts.partner.ended_on or facts.partner.is_paused(facts.today):
        return None
    if facts.reminder.is_question:
        return question(facts)
    name = plain(facts.partner.name)
    sentences = [f"*{name}*: check-in.", _last(facts), _news(facts), _silence(facts)]
    return Said(
        " ".join(sentence for sentence in sentences if sentence),
        short=f"{_verb(facts)} {name}",
        small=_contact(facts),
    )


def _last(facts: Facts) -> str:
    if facts.last is None:
        return "Nothing logged yet." if not facts.partner.baseline_on else _baseline(facts)
    what = done_words(facts.last.kind, facts.last.is_reached).split()[0].lower()
    return f"Last: {_day(facts.last.happened_on, facts)}, {what}."


def _baseline(facts: Facts) -> str:
    day = facts.partner.baseline_on
    return f"Last: {_day(day, facts)}." if day else ""


def _day(day: date, facts: Facts) -> str:
    return span_words(day, day, facts.today)


def _news(facts: Facts) -> str:
    """Say what is new; who came in from a partner that does not treat them stays unsaid here."""
    new, came_in = facts.news, facts.news.came_in if facts.partner.is_treating else 0
    said = (
        count_words(new.received, "referral") if new.received else "",
        f"{came_in:,} came in" if came_in else "",
        f"{count_words(new.steps_done, 'next step')} done" if new.steps_done else "",
    )
    news = [one for one in said if one]
    return f"New since: {list_words(news)}." if news else ""


def _silence(facts: Facts) -> str:
    rate, last = facts.referrals_per_month, facts.last_referral_on
    if not rate or not last:
        return ""
    if (facts.today - last).days < QUIET_AFTER_GAPS * 30.4 / rate:
        return ""
    usual = f"usually {rate:.0f} a month" if rate >= 1 else f"usually one in {1 / rate:.0f} months"
    return f"No referral since {_day(last, facts)}, {usual}."


def _contact(facts: Facts) -> str:
    contact = facts.contact
    if contact is None:
        return ""
    likes = f"likes {contact.preferred_channel}s" if contact.preferred_channel else None
    parts = (contact.name, contact.role, contact.phone, likes)
    about = f"They care about {plain(contact.cares_about)}. " if contact.cares_about else ""
    return about + ", ".join(plain(part) for part in parts if part)


def _verb(facts: Facts) -> str:
    favourite = facts.contact.preferred_channel if facts.contact else None
    return {"text": "text", "email": "email", "call": "call"}.get(favourite or "", "check in with")


def _controls(facts: Facts) -> tuple[Control, ...]:
    if facts.reminder.is_question:
        return answers(facts)
    did = Menu(
        "I did it",
        "did",
        options(facts, _CHOICES),
        label=f"I did it: {plain(facts.partner.name)}",
    )
    return (did, not_now(facts))


CHECK_IN = Kind("check_in", rank=3, row=_row, controls=_controls)
