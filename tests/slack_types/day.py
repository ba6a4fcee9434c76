"""Some days of a clinic with the real bot: all is typed, pressed, filled in and sent at least once.

What a message offers is tried whatever it is: a new button, menu or form is met here by itself.
"""

from datetime import datetime, timedelta
from typing import Any

from bot.practice import Answer, Message, Person, PracticeSlack, View
from bot.practice.blocks import children
from bot.practice.inputs import left_empty, options, state_values, stateful
from bot.slack.elements import action_of
from tests.commands.test_contract import EXAMPLES
from tests.end_to_end.conftest import NOW
from tests.end_to_end.process import PATIENCE, Process

Json = Any

FIRST = (
    "add Riverside Orthopedics, physician, every 2 weeks, @ana",
    "add Lee Family Medicine, physician, every 2 weeks, @ana",
    "add Iron Peak CrossFit, gym, every 2 weeks, @ana",
    "add Bright Path, school",
    "add Bright Smile, school",
    "add Riversdale Clinic, physician, every 2 weeks, @ana",
    *(f"add {name} Gym, gym, every 2 weeks, @ana" for name in ("Westside", "Eastgate", "Downtown")),
)
SAID = (
    *("", "help", "help log", "say what", "called", "zzz"),
    *("called riverside, 20 min", "log lee emailed to set up lunch on 3/12", "called bright"),
    *("log oakdale visit", "called riverside left a voicemail", "called riverside on 11/2"),
    *("called riverside about MRN 123456", "log", "add", "edit", "refer", "next"),
    *("add Oak Park, gym", "add Riverside Orthopedics", "add Oak & <Park> @ana #general"),
    *("refer riverside", "refer to lee", "refer iron", "refer iron yesterday"),
    *("new patient from riverside", "convert riverside", "convert R-1001", "iron came in"),
    *("evals riverside 2, lee", "evals iron", "lost riverside", "lost R-1003 insurance"),
    *("next lee send the protocol by Friday", "due", "due all", "show riverside", "iron"),
    *("list", "list gym", "assign bright path @ana", "cadence lee every 6 weeks", "pause iron"),
    *("resume iron", "edit riverside", "undo", "end bright smile", "end bright path moved away"),
    *("merge riversdale into riverside", "stats @ana", "stats", "stats riverside year"),
)
BY_MAYA = ("end riversdale closed", "due all", "assign lee @luis", "stats @ana")
# From the morning until the desk is asked.
AFTERNOON = timedelta(hours=5, minutes=45)
HEARD_WITHIN, DRAWN_WITHIN = 15.0, 1.0
CHARTS = ("data_visualization", "data_table", "table")
# What is put into the fields of these names; others take anything.
WORDS = {
    "cadence": "every 3 weeks",
    "lines": "Northside Gym, gym\nStride Running\n,,,",
    "day": "2027-03-03",
    "ends": "17:00",
}


class Day:
    """One clinic; `tried` are the controls that were used already, by action and wording."""

    def __init__(self, slack: PracticeSlack, bot: Process) -> None:
        self.slack, self.bot = slack, bot
        self.tried: set[tuple[str, str]] = set()
        # What may silence whoever sets it comes last.
        self.put_off = {"my_settings", "practice_settings"}
        self.ana, self.luis, self.maya = (
            slack.workspace.person(name) for name in ("ana", "luis", "maya")
        )

    def live(self) -> None:
        """Live through it; afterwards the bot is stopped and nothing is under way."""
        self.try_everything(self.maya, self.heard(self.maya))
        for text in FIRST:
            self.types(self.ana, text)
        for text in (*SAID, *EXAMPLES.values()):
            self.types(self.ana, text)
        for text in BY_MAYA:
            self.types(self.maya, text)
        self.refused()
        self.mornings()
        self.opens_from_rows()
        self.put_off.clear()
        for person in (self.ana, self.maya):
            for text in EXAMPLES:
                self.types(person, text)
            self.looks_home(person)
        assert self.bot.stop() == 0

    def mornings(self) -> None:
        """Two weeks later, in the afternoon when the desk is asked, and a week after that."""
        for person, later in (
            (self.ana, timedelta(days=14)),
            (self.luis, timedelta(days=14) + AFTERNOON),
            (self.ana, timedelta(days=21)),
        ):
            self.hears_at(NOW + later, person)
            for reader in (self.ana, self.luis, self.maya):
                for message in self.slack.dms(reader):
                    self.try_everything(reader, message)

    def opens_from_rows(self) -> None:
        """Open what a row opens from rows that wait for sure: in a message they may be done."""
        for words in ("Pick a day", "Hand over"):
            self.tried = {one for one in self.tried if one[1] != words}
            waiting = self.asks(self.ana, "due").wait()[-1]
            offered = next(one for one in self.offers(waiting) if one[1] == words)
            self.presses(self.ana, waiting, *offered)

    def hears_at(self, now: datetime, person: Person) -> None:
        before = len(self.slack.dms(person))
        self.bot.set_clock(now)
        self.slack.workspace.wait_for(lambda: len(self.slack.dms(person)) > before, HEARD_WITHIN)

    def refused(self) -> None:
        """Charts that the workspace does not take, a form that comes too late, outsiders."""
        for count in range(1, len(CHARTS) + 1):
            self.slack.support_blocks(*CHARTS[:count], supported=False)
            self.slack.slash(self.ana, "partners", "stats year").wait()
        self.slack.support_blocks(*CHARTS)
        self.slack.misbehave("error", "views.open", error="expired_trigger_id")
        self.slack.slash(self.ana, "partners", "log").wait()
        self.slack.slash(self.ana, "joint", "stats").wait()
        self.slack.slash("guest", "partners", "help").wait()

    def looks_home(self, person: Person) -> None:
        """Look at the Home tab, and try what stands there."""
        self.slack.open_home(person)
        self.slack.wait_for(lambda: self.slack.home(person), PATIENCE)
        home = self.slack.home(person)
        assert home is not None
        while offered := self.offers(home)[:1]:
            self.presses(person, home, *offered[0])

    def heard(self, person: Person) -> Message:
        self.slack.wait_for(lambda: self.slack.dms(person), PATIENCE)
        return self.slack.dms(person)[-1]

    def types(self, person: Person, text: str) -> None:
        """Type it, and once more for everything that its answer offers."""
        answer = self.asks(person, text)
        if answer.view:
            self.fills_in(person, answer.view)
            return
        for offered in dict.fromkeys(self.offers(answer.wait()[-1])):
            fresh = self.asks(person, text)
            if not fresh.view:
                self.presses(person, fresh.wait()[-1], *offered)

    def asks(self, person: Person, text: str) -> Answer:
        answer = self.slack.slash(person, "partners", text)
        assert answer.error is None, (text, answer.error)
        return answer

    def try_everything(self, person: Person, message: Message) -> None:
        """One after the other, for each press may change what the message offers."""
        while offered := self.offers(message)[:1]:
            before, opened = message.edited_ts, len(self.slack.calls_of("views.open"))
            self.presses(person, message, *offered[0])
            # What opened a form may have changed nothing.
            if len(self.slack.calls_of("views.open")) == opened:
                self.slack.workspace.wait_for(lambda: message.edited_ts != before, DRAWN_WITHIN)  # noqa: B023

    def offers(self, where: Message | View) -> list[tuple[str, str, Json]]:
        """What was not tried yet: the control, its wording, and what is chosen in it."""
        return [
            (element["action_id"], words, value)
            for block in (where.body["blocks"] if isinstance(where, View) else where.blocks)
            for element in children(block)
            for words, value in self._choices(element)
            if (action_of(element["action_id"]), words) not in self.tried
            and action_of(element["action_id"]) not in self.put_off
        ]

    def _choices(self, element: Json) -> list[tuple[str, Json]]:
        match element["type"]:
            case "button":
                # Names of partners differ, and what happens is the same.
                words = element["text"]["text"]
                return [(words if len(words.split()) == 1 else words.split()[0], None)]
            case "static_select":
                # What ends a row at once stands first; the forms can be tried before that.
                return [(one["text"]["text"], one["value"]) for one in options(element)[::-1]]
            case "plain_text_input":
                return [("words", "river")]
            case "users_select":
                return [("a person", self.luis.id)]
            case "conversations_select" | "channels_select":
                return [("a channel", self.slack.workspace.channel("partners").id)]
        raise AssertionError(f"nobody knows how to use {element['type']}")

    def presses(
        self, person: Person, where: Message | View, action_id: str, words: str, value: Json
    ) -> None:
        try:
            answer = self.slack.press(person, where, action_id, value=value)
        except LookupError:
            return  # it was drawn anew meanwhile
        self.tried.add((action_of(action_id), words))
        assert answer.error is None, (action_id, answer.error)
        if answer.view:
            self.fills_in(person, answer.view)

    def fills_in(self, person: Person, view: View) -> None:
        """Send a form in as it is, then full, then once more, and close it."""
        if not view.body.get("submit"):
            return  # it only says something
        first = self._values(person, view, only_needed=True)
        self._sends_in(person, view, first)
        self._sends_in(person, view, self._values(person, view, only_needed=False))
        self._sends_in(person, view, {})
        self.slack.close_view(person, view)

    def _sends_in(self, person: Person, view: View, values: dict[str, Json]) -> None:
        blocks = view.body["blocks"]
        if not left_empty(blocks, state_values(blocks, values, view.values)):
            assert self.slack.submit_view(person, view, values).error is None

    def _values(self, person: Person, view: View, only_needed: bool) -> dict[str, Json]:
        return {
            block["block_id"]: self._value(person, view, block["block_id"], element)
            for block, element in stateful(view.body["blocks"])
            if not (only_needed and block.get("optional"))
        }

    def _value(self, person: Person, view: View, name: str, element: Json) -> Json:
        if name in WORDS:
            return WORDS[name]
        kind = element["type"]
        if kind == "external_select":
            return self.slack.type_ahead(person, view, element["action_id"], "r").options[0]
        first = [one["value"] for one in options(element)[:1]]
        place = self.slack.workspace.channel("partners").id
        return {
            "plain_text_input": "Sample words",
            "number_input": element.get("initial_value", "20"),
            "datepicker": "2027-05-05",
            "timepicker": "09:30",
            "static_select": (first or [None])[0],
            "radio_buttons": (first or [None])[0],
            "multi_static_select": first,
            "checkboxes": first,
            "users_select": self.luis.id,
            "multi_users_select": [self.luis.id, self.maya.id],
            "conversations_select": place,
            "channels_select": place,
        }[kind]
