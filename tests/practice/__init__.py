"""Tests of the Slack to practise on."""
