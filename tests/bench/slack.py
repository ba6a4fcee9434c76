"""The practice Slack with people in it, in a process of its own: `slack PEOPLE`."""

import sys
import threading

from bot.practice import PracticeSlack
from tests.bench.seed import TEAM

if __name__ == "__main__":
    with PracticeSlack(team_id=TEAM) as slack:
        for number in range(1, int(sys.argv[1]) + 1):
            slack.add_user(f"u{number}", id=f"U{number}")
        sys.stdout.write(f"SLACK_API_URL={slack.api_url}\n")
        sys.stdout.flush()
        threading.Event().wait()
