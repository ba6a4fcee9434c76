"""Small blocks to build tests from."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str, label: str = "Go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(label), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str, label: str = "") -> Json:
    return {"text": plain(label or value), "value": value}


def select(action_id: str, *values: str, **more: Any) -> Json:
    options = [option(value) for value in values]
    return {"type": "static_select", "action_id": action_id, "options": options, **more}


def text_input(block_id: str, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": f"{block_id}_text"}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": element,
        **more,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("Form"),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **more,
    }


def pie(*segments: tuple[str, float], title: str = "Referrals") -> Json:
    slices = [{"label": label, "value": value} for label, value in segments]
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {"type": "pie", "segments": slices},
    }


def bars(categories: list[str], **series: list[float]) -> Json:
    return {
        "type": "data_visualization",
        "title": "Referrals",
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": name,
                    "data": [
                        {"label": label, "value": value}
                        for label, value in zip(categories, values, strict=False)
                    ],
                }
                for name, values in series.items()
            ],
            "axis_config": {"categories": categories},
        },
    }


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def data_table(*rows: list[str], **more: Any) -> Json:
    return {
        "type": "data_table",
        "caption": "Referrals",
        "rows": [[cell(text) for text in row] for row in rows],
        **more,
    }
