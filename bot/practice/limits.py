"""Slack's limits as numbers, each group with the address of the page that states it."""

# https://docs.slack.dev/reference/methods/chat.postMessage
MESSAGE_TEXT = 40_000
# https://docs.slack.dev/reference/block-kit/blocks
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
BLOCK_ID = 255
ACTION_ID = 255

# https://docs.slack.dev/reference/block-kit/blocks/section-block
SECTION_TEXT = 3000
SECTION_FIELDS = 10
FIELD_TEXT = 2000
# https://docs.slack.dev/reference/block-kit/blocks/header-block
HEADER_TEXT = 150
# https://docs.slack.dev/reference/block-kit/blocks/actions-block
ACTIONS = 25
# https://docs.slack.dev/reference/block-kit/blocks/context-block
CONTEXT = 10
# https://docs.slack.dev/reference/block-kit/blocks/context-actions-block
CONTEXT_ACTIONS = 5
# https://docs.slack.dev/reference/block-kit/blocks/image-block
IMAGE_URL = 3000
ALT_TEXT = 2000
IMAGE_TITLE = 2000
# https://docs.slack.dev/reference/block-kit/blocks/input-block
INPUT_LABEL = 2000
INPUT_HINT = 2000
# https://docs.slack.dev/reference/block-kit/blocks/markdown-block (all in one message together)
MARKDOWN_TEXT = 12_000
# https://docs.slack.dev/reference/block-kit/blocks/video-block
VIDEO_TITLE = 199
VIDEO_AUTHOR = 49
# https://docs.slack.dev/reference/block-kit/blocks/card-block
CARD_TITLE = 150
CARD_BODY = 200
CARD_ACTIONS = 25
# https://docs.slack.dev/reference/block-kit/blocks/carousel-block
CAROUSEL = 10
# https://docs.slack.dev/reference/block-kit/blocks/container-block
CONTAINER_TITLE = 150
CONTAINER_BLOCKS = 10

# https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
CHARTS = 2
CHART_TITLE = 50
CHART_SERIES = 12
CHART_POINTS = 20
CHART_LABEL = 20
AXIS_LABEL = 50
# https://docs.slack.dev/reference/block-kit/blocks/data-table-block
DATA_TABLE_ROWS = 101
DATA_TABLE_PAGE = 100
# https://docs.slack.dev/reference/block-kit/blocks/table-block
TABLES = 1
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 10_000

# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
BUTTON_URL = 3000
ACCESSIBILITY_LABEL = 75
# https://docs.slack.dev/reference/block-kit/composition-objects/option-object
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTION_DESCRIPTION = 75
# https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object
GROUP_LABEL = 75
# https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
SELECT_OPTIONS = 100
SELECT_GROUPS = 100
PLACEHOLDER = 150
# https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
OVERFLOW_OPTIONS = 5
# https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
CHECKBOXES = 10
# https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element
RADIO_BUTTONS = 10
# https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
INPUT_TEXT = 3000
# https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
FILES = 10
# https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

# https://docs.slack.dev/reference/views/modal-views
VIEW_TITLE = 24
PRIVATE_METADATA = 3000
CALLBACK_ID = 255
EXTERNAL_ID = 255
# https://docs.slack.dev/reference/methods/views.open
VIEW_BYTES = 250_000
MODAL_DEPTH = 3
# https://docs.slack.dev/interactivity/handling-user-interaction (seconds, seconds, times)
TRIGGER_LIFE = 3.0
HOOK_LIFE = 1800.0
HOOK_USES = 5

# https://docs.slack.dev/messaging/message-metadata
METADATA_BYTES = 8000
