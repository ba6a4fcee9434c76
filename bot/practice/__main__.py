"""Run the practice Slack by itself: python -m bot.practice --port 4000."""

import argparse
import signal
import sys
import time

from bot.practice import PracticeSlack, control, page

# How soon a signal ends it.
LOOK_SECONDS = 0.2


def main() -> None:
    arguments = _parser().parse_args()
    slack = PracticeSlack(arguments.port, team_id=arguments.team, request_url=arguments.request_url)
    control.mount(slack.server.app, slack)
    page.mount(slack.server.app, page.Show(slack))
    ended: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: ended.append(received))
    with slack:
        for name, value in slack.environment.items():
            sys.stdout.write(f"{name}={value}\n")
        sys.stdout.flush()
        # A signal that another thread was given ends no wait of this one.
        while not ended:
            time.sleep(LOOK_SECONDS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.practice", description=__doc__)
    parser.add_argument("--port", type=int, default=4000, help="0 picks a free one")
    parser.add_argument("--team", default="T0PRACTICE", help="the workspace's id")
    parser.add_argument("--request-url", help="reach the bot by signed HTTP at this address")
    return parser


if __name__ == "__main__":
    main()
