"""What the bot counts: one file per statistic, in the order of a report."""

from bot.stats import (
    balance,
    came_in,
    check_ins,
    conversion_rate,
    evaluation_days,
    interactions,
    received,
    sent,
    thanked,
)
from bot.stats.statistic import Statistic

RECEIVED = Statistic("received", "Received", received.line)
CAME_IN = Statistic("came_in", "Came in", came_in.line, came_in.MEANS)
CONVERSION_RATE = Statistic(
    "conversion_rate", "Conversion rate", conversion_rate.line, conversion_rate.MEANS
)
EVALUATION_DAYS = Statistic(
    "evaluation_days", "Referral to evaluation", evaluation_days.line, evaluation_days.MEANS
)
SENT = Statistic("sent", "Sent to partners", sent.line)
BALANCE = Statistic("balance", "Balance", balance.line)
INTERACTIONS = Statistic("interactions", "Interactions", interactions.line)
CHECK_INS = Statistic("check_ins", "Check-ins on time", check_ins.line, check_ins.MEANS)
THANKED = Statistic("thanked", "Thanked within 2 working days", thanked.line, thanked.MEANS)

STATISTICS = (
    RECEIVED,
    CAME_IN,
    CONVERSION_RATE,
    EVALUATION_DAYS,
    SENT,
    BALANCE,
    INTERACTIONS,
    CHECK_INS,
    THANKED,
)

# What is said of a person: what they did first, then how their partners did.
PERSONAL = (INTERACTIONS, CHECK_INS, THANKED, RECEIVED, CAME_IN, CONVERSION_RATE)
