"""Slack's limits as numbers, each group with the address of the page that states it."""

# https://docs.slack.dev/reference/methods/chat.postMessage
MESSAGE_TEXT = 40_000
# https://docs.slack.dev/reference/methods/chat.update
UPDATE_TEXT = 4_000
# https://docs.slack.dev/reference/block-kit/blocks
MESSAGE_BLOCKS = 50
# Not on Slack's pages: `msg_blocks_too_long` begins at about 13,200 characters in all blocks,
# see https://github.com/slackapi/bolt-js/issues/2509
BLOCKS_TEXT = 12_000

# https://docs.slack.dev/reference/block-kit/blocks/section-block
SECTION_TEXT = 3_000
# https://docs.slack.dev/reference/block-kit/blocks/header-block
HEADER_TEXT = 150
# https://docs.slack.dev/reference/block-kit/blocks/actions-block
ACTIONS = 25

# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
BUTTON_LABEL = 75
# https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
MENU_OPTIONS = 100
MENU_TEXT = 150
# https://docs.slack.dev/reference/block-kit/composition-objects/option-object
OPTION_TEXT = 75
OPTION_VALUE = 150
# https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
CONFIRM_TEXT = 300

# https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
CHARTS = 2
CHART_TITLE = 50
CHART_SERIES = 12
CHART_POINTS = 20
CHART_LABEL = 20
# https://docs.slack.dev/reference/block-kit/blocks/table-block
TABLES = 1

# https://docs.slack.dev/reference/views/modal-views
VIEW_TITLE = 24
VIEW_BLOCKS = 100
# https://docs.slack.dev/reference/methods/views.publish: 250 kB as JSON. A character takes up to
# twelve bytes of it, and there is more in a block than its texts.
VIEW_TEXT = 18_000
METADATA = 3_000
# https://docs.slack.dev/reference/block-kit/blocks/input-block
INPUT_LABEL = 2_000
# What is typed to look for something: a few words.
ASKED = 60
