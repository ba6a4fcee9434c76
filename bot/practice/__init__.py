"""A Slack to practise on, on this machine: Web API, Socket Mode, signed HTTP, no network.

state, records       what is true in the workspace; knows nothing of the wire
objects, payloads    how Slack writes it down in JSON
inputs, modal        what people put into menus and forms, and what becomes of it
api/                 the Web API: one function per method, one table
blocks, limits       what Slack refuses in messages and views
link, signed         the two ways to reach the bot: Socket Mode and signed HTTP
response_url         answers that come later
faults               misbehaviour on demand
server               the aiohttp application and its thread
stage                start, stop, fill with people, look, misbehave
driver               PracticeSlack: be the people who use the bot
control              the same over HTTP, for another process
"""

from bot.practice.answer import Answer
from bot.practice.driver import PracticeSlack
from bot.practice.faults import Fault
from bot.practice.records import Call, Channel, Delivery, Message, Person, View
from bot.practice.state import Workspace

__all__ = [
    "Answer",
    "Call",
    "Channel",
    "Delivery",
    "Fault",
    "Message",
    "Person",
    "PracticeSlack",
    "View",
    "Workspace",
]
