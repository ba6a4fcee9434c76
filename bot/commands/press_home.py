"""What is pressed in Home: pages, filters, and what can be begun from there."""

from collections.abc import Callable

from bot.commands.add import add
from bot.commands.did import LOG_IT
from bot.commands.edit import EDIT_IT
from bot.commands.form import storable
from bot.commands.guarded import finding, refusal
from bot.commands.log import log
from bot.commands.press_referral import REFERRED
from bot.commands.press_reply import SHOW_IT
from bot.commands.request import Context, Press, Reply, Request
from bot.commands.value import GONE, number
from bot.domain.home import LISTS, MOST_WORDS, WHOSE, Place
from bot.domain.message import say
from bot.errors import UserError
from bot.store import Tx, home

Move = Callable[[Tx, Place, str, Request], Place]

# The longest category or stage that a partner can have.
LONGEST = 60
ANY = "any"
MOVED = "Your Home shows that now."
# What is picked beside a partner, other than what was done with them.
BESIDE = {press.action: press for press in (SHOW_IT, REFERRED, EDIT_IT)}


def _moved(move: Move) -> Callable[[str, Request, Context], Reply | None]:
    """Make a press that takes whoever pressed to another place in their Home."""

    def run(value: str, request: Request, context: Context) -> Reply | None:
        with context.store.read(request.workspace) as tx:
            before = home.get(tx, request.user) or Place()
            after = move(tx, before, value, request)
        with context.store.begin() as connection:
            home.save(Tx(connection, request.workspace), request.user, after, request.now)
        return None if request.is_home else say(MOVED)

    return run


def _turn(_tx: Tx, place: Place, value: str, _request: Request) -> Place:
    name, _, page = value.partition(":")
    if name not in LISTS:
        raise UserError(GONE)
    return place.turned(name, number(page))


def _whose(_tx: Tx, place: Place, value: str, _request: Request) -> Place:
    if value not in WHOSE:
        raise UserError(GONE)
    return place.narrowed(whose=value)


def _category(_tx: Tx, place: Place, value: str, _request: Request) -> Place:
    return place.narrowed(category=_one_of_theirs(value))


def _stage(_tx: Tx, place: Place, value: str, _request: Request) -> Place:
    return place.narrowed(stage=_one_of_theirs(value))


def _one_of_theirs(value: str) -> str:
    picked = storable(value)
    if not picked or len(picked) > LONGEST:
        raise UserError(GONE)
    return "" if picked == ANY else picked


def _words(tx: Tx, place: Place, value: str, request: Request) -> Place:
    words = " ".join(storable(value).split())[:MOST_WORDS]
    found = finding(tx, words, request)
    if found:
        raise UserError(refusal(found))
    return place.narrowed(words=words)


def _clear(_tx: Tx, place: Place, _value: str, _request: Request) -> Place:
    return place.narrowed(category="", stage="", words="")


def _settle(_tx: Tx, place: Place, _value: str, _request: Request) -> Place:
    return place.settled()


def _beside(value: str, request: Request, context: Context) -> Reply | None:
    partner_id, _, choice = value.partition(":")
    if choice in BESIDE:
        return BESIDE[choice].run(partner_id, request, context)
    return LOG_IT.run(value, request, context)


def _add(_value: str, request: Request, context: Context) -> Reply:
    return add("", request, context)


def _log(_value: str, request: Request, context: Context) -> Reply:
    return log("", request, context)


TURN_PAGE = Press("home_page", _moved(_turn))
PICK_WHOSE = Press("home_whose", _moved(_whose))
PICK_CATEGORY = Press("home_category", _moved(_category))
PICK_STAGE = Press("home_stage", _moved(_stage))
FIND_WORDS = Press("home_words", _moved(_words))
SHOW_ALL = Press("home_clear", _moved(_clear))
SETTLED = Press("home_settled", _moved(_settle))
BESIDE_PARTNER = Press("partner", _beside)
ADD_PARTNER = Press("add_partner", _add)
LOG_SOMETHING = Press("log_something", _log)

HOME_PRESSES = (
    TURN_PAGE,
    PICK_WHOSE,
    PICK_CATEGORY,
    PICK_STAGE,
    FIND_WORDS,
    SHOW_ALL,
    SETTLED,
    BESIDE_PARTNER,
    ADD_PARTNER,
    LOG_SOMETHING,
)
