"""The edge to Slack: translate, call one thing, render. The only Bolt and slack_sdk."""
