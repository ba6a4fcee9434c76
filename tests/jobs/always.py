"""What must always hold of the outbox, after whatever the machine did."""

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from hypothesis.stateful import invariant

from bot.domain.reminder import TOLD_ONCE
from bot.domain.when import local_day
from bot.store.outbox import ALONE, CANCELLED, DELIVERED, DISCARDED, EDIT, MORNING
from tests.jobs.world import Rows, Sending, World
from tests.speaker import Post

# England, whose Easter holidays are near.
DAYS_OFF = holidays.country_holidays("GB", subdiv="ENG", years=(2027, 2028))
WORK = time(9), time(17)
# Between asking what is true and Slack accepting it: a worker held up longer gives up.
ON_ITS_WAY = timedelta(seconds=45)


class Always:
    """The invariants, and what they have to remember from one step to the next."""

    world: World
    before: Rows
    known: Rows
    handed_over: set[int]
    not_wanted_since: dict[int, int]
    put_off_in: dict[int, int]
    checked: int

    @invariant()
    def holds(self) -> None:
        deliveries, reminders = self.world.deliveries(), self.world.reminders()
        self._note_changes(reminders)
        self._each_delivery_is_sent_once()
        self._sent_when_people_work()
        self._one_reminder_once_a_day()
        self._sent_what_was_true()
        self._one_row_for_one_occurrence(reminders)
        self._put_off_until_its_day(reminders)
        self._one_morning_a_day(deliveries)
        self._what_is_settled_stays(deliveries)
        self._delivered_means_posted(deliveries)
        self._given_up_for_a_reason(deliveries, reminders)
        self.before, self.known = deliveries, reminders
        self.checked = len(self.world.inbox.posts)

    def _note_changes(self, reminders: Rows) -> None:
        for number, row in self.known.items():
            now = reminders.get(number)
            if now is None or now["closed_at"] or now["recipient"] != row["recipient"]:
                self.not_wanted_since.setdefault(number, self.world.turn)
            else:
                self.not_wanted_since.pop(number, None)
            if now is not None and now["recipient"] != row["recipient"]:
                self.handed_over.add(number)
            if now is not None and now["back_on"] != row["back_on"]:
                self.put_off_in[number] = self.world.turn

    def _new_posts(self) -> list[Post]:
        return self.world.inbox.posts[self.checked :]

    def _sending(self, post: Post) -> Sending:
        return self.world.inbox.sendings[post.delivery_id][-1]

    def _each_delivery_is_sent_once(self) -> None:
        counted = Counter(post.delivery_id for post in self.world.inbox.posts)
        assert not counted or max(counted.values()) == 1, "sent twice"

    def _sent_when_people_work(self) -> None:
        for post in self._new_posts():
            at, zone = self._sending(post).at, self.world.zones[post.member]
            # The clock may have been set back, a little, on the way.
            times = at, at - ON_ITS_WAY, at + ON_ITS_WAY
            is_in_time = any(_are_at_work(one, zone) for one in times)
            assert is_in_time, f"sent at {at.isoformat()}"

    def _one_reminder_once_a_day(self) -> None:
        shown = Counter(
            (post.member, self._sending(post).day, number)
            for post in self.world.inbox.posts
            for number in post.rows
            if number not in self.handed_over
        )
        assert not shown or max(shown.values()) == 1, f"shown twice in a day: {shown}"

    def _sent_what_was_true(self) -> None:
        for post in self._new_posts():
            sending = self._sending(post)
            for number in post.rows:
                row = self.known.get(number)
                since = self.not_wanted_since.get(number)
                assert since is None or since >= sending.began, "shown though it was dealt with"
                is_back = row is None or row["back_on"] is None or row["back_on"] <= sending.day
                put_off = self.put_off_in.get(number, 0)
                assert is_back or put_off >= sending.began, "shown though put off"

    def _one_row_for_one_occurrence(self, reminders: Rows) -> None:
        counted = Counter(
            (row["kind"], row["subject"], row["occurrence"][:10])
            for row in reminders.values()
            # Of what is told once, a database holds each occurrence once by itself.
            if row["kind"] not in TOLD_ONCE
        )
        assert not counted or max(counted.values()) == 1, "two rows for one occurrence"

    def _put_off_until_its_day(self, reminders: Rows) -> None:
        for row in reminders.values():
            who, back_on = row["recipient"], row["back_on"]
            if row["closed_at"] is None and who and back_on and back_on > self.world.day(who):
                due_on = local_day(row["due_at"], self.world.zones[who])
                days = back_on, max(back_on, row["show_on"])
                assert due_on in days, f"put off to {back_on}: {due_on}"

    def _one_morning_a_day(self, deliveries: Rows) -> None:
        days = Counter(
            re.match(r"morning:\w+:[\d-]{10}", row["key"])[0]
            for row in deliveries.values()
            if row["kind"] == MORNING
        )
        assert not days or max(days.values()) == 1, "two mornings of one day"

    def _what_is_settled_stays(self, deliveries: Rows) -> None:
        for number, before in self.before.items():
            now = deliveries[number]
            assert now["attempt"] >= before["attempt"]
            if before["settled_at"] and now["kind"] != EDIT:
                assert now == before, "settled again"

    def _delivered_means_posted(self, deliveries: Rows) -> None:
        for row in deliveries.values():
            if row["state"] == DELIVERED and row["kind"] != EDIT:
                post = self.world.inbox.post(row["delivery_id"])
                assert post is not None, "settled without being sent"
                assert (list(post.rows), post.ts) == (row["shows"], row["ts"])

    def _given_up_for_a_reason(self, deliveries: Rows, reminders: Rows) -> None:
        for number, row in deliveries.items():
            if row["state"] == DISCARDED:
                enough = 1 if row["kind"] == EDIT else 3
                refused = self._refused(deliveries, row)
                assert refused >= enough, "given up without being refused"
            was = self.before.get(number)
            if row["state"] == CANCELLED and (was is None or was["state"] != CANCELLED):
                assert not self._owed(row, reminders), "cancelled though it was owed"

    def _refused(self, deliveries: Rows, row) -> int:
        target = deliveries[row["edits"]] if row["kind"] == EDIT else row
        return self.world.inbox.refused[target["delivery_id"]]

    def _owed(self, delivery, reminders: Rows) -> bool:
        if delivery["kind"] != ALONE:
            planned_on = local_day(delivery["created_at"], self.world.zones[delivery["recipient"]])
            is_over = planned_on < self.world.day(delivery["recipient"])
            return delivery["kind"] == MORNING and not is_over and self._waits(delivery, reminders)
        row = reminders.get(delivery["subject"])
        return (
            row is not None
            and row["closed_at"] is None
            and row["recipient"] == delivery["recipient"]
            and not row["shown_count"]
            and row["back_on"] is None
        )

    def _waits(self, delivery, reminders: Rows) -> bool:
        told_alone = {
            row["subject"]
            for row in self.before.values()
            if row["kind"] == ALONE and row["settled_at"] is None
        }
        return any(
            row["closed_at"] is None
            and row["recipient"] == delivery["recipient"]
            and row["due_at"] < delivery["run_at"]
            and row["id"] not in told_alone
            and row["id"] in self.known
            and self.known[row["id"]]["due_at"] < delivery["run_at"]
            for row in reminders.values()
        )


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in DAYS_OFF


def _are_at_work(at: datetime, zone: str) -> bool:
    local = at.astimezone(ZoneInfo(zone))
    return WORK[0] <= local.time() < WORK[1] and is_working_day(local.date())
