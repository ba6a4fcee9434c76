"""Rapport keeps a clinic's referral partnerships alive.

The map of the house:

    domain/     what is true: values and pure rules
    commands/   what people say: one file per /partner subcommand
    home/       what stands in a person's Home: one file per part
    reminders/  what the bot says by itself: one file per kind
    stats/      what it counts: one file per statistic
    store/      rows in, values out: the only SQL
    slack/      Slack's edge: the only Bolt
    practice/   a Slack to practise on, on this machine
    ../jobs/    the clock's edge: plan, deliver, prune
"""

__version__ = "0.1.0"
