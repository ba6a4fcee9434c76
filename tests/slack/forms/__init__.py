"""The forms as Slack takes them."""
