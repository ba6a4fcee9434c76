"""What to do about each of Slack's errors, in words for somebody who made one Slack app."""

from bot.slack.trial import UNREACHABLE

PAGE = "api.slack.com/apps"
SCOPES_PAGE = f"at {PAGE}, OAuth & Permissions"

REINSTALL = f"Install the app again ({PAGE}, Install App) and copy the new bot token."
BOT_TOKEN = {
    "invalid_auth": f"Copy the Bot User OAuth Token (xoxb-) anew from {SCOPES_PAGE[3:]}.",
    "not_allowed_token_type": "SLACK_BOT_TOKEN wants the token that begins with xoxb-.",
    **dict.fromkeys(("account_inactive", "token_revoked", "token_expired"), REINSTALL),
}
APP_TOKENS_PAGE = f"{PAGE}, Basic Information, App-Level Tokens"
NEW_APP_TOKEN = f"Generate one with connections:write ({APP_TOKENS_PAGE})."
APP_TOKEN = {
    "invalid_auth": NEW_APP_TOKEN,
    "token_revoked": NEW_APP_TOKEN,
    "missing_scope": NEW_APP_TOKEN,
    "not_allowed_token_type": "SLACK_APP_TOKEN wants the token that begins with xapp-.",
    "socket_mode_not_enabled": f"Switch Socket Mode on ({PAGE}, Socket Mode).",
}
ANYWHERE = {
    UNREACHABLE: "Is this machine on the network, may it reach slack.com, is SLACK_API_URL right?",
    "ratelimited": "Slack wants a pause: try again in a minute.",
    "missing_scope": f"Paste manifest.yml again {SCOPES_PAGE[:2]} {PAGE}, App Manifest; reinstall.",
}
OTHERWISE = "Slack's reference explains the error; try again if it is Slack's own."


def remedy(error: str, *tables: dict[str, str]) -> str:
    """Return what to do about an error code of Slack; the first table that has it speaks."""
    for table in (*tables, ANYWHERE):
        if error in table:
            return table[error]
    return OTHERWISE
