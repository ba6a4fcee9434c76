"""Run the practice Slack by itself: python -m bot.practice --port 4000."""

import argparse
import sys

from bot.practice import PracticeSlack, control, page
from bot.signals import told_to_end


def main() -> None:
    arguments = _parser().parse_args()
    slack = PracticeSlack(arguments.port, team_id=arguments.team, request_url=arguments.request_url)
    control.mount(slack.server.app, slack)
    page.mount(slack.server.app, page.Show(slack))
    told = told_to_end()
    with slack:
        for name, value in slack.environment.items():
            sys.stdout.write(f"{name}={value}\n")
        sys.stdout.flush()
        told.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.practice", description=__doc__)
    parser.add_argument("--port", type=int, default=4000, help="0 picks a free one")
    parser.add_argument("--team", default="T0PRACTICE", help="the workspace's id")
    parser.add_argument("--request-url", help="reach the bot by signed HTTP at this address")
    return parser


if __name__ == "__main__":
    main()
