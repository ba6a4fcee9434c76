"use strict";
// The server draws; this file carries out what it says and tells it what the visitor does.
const $ = (id) => document.getElementById(id);
const html = (text) => document.createRange().createContextualFragment(text);
let line, retry = 200, lastKey = null, wireIsOpen = false;

const tell = (what, more = {}) =>
  line?.readyState === WebSocket.OPEN && line.send(JSON.stringify({ do: what, ...more }));

function connect() {
  line = new WebSocket(`ws://${location.host}/page/socket`);
  line.onopen = () => {
    retry = 200;
    $("stopped")?.remove();
    if ($("modal").open) OPS.modal("");
    const [user, place] = (location.hash.slice(1) || document.body.dataset.start).split("/");
    tell("look", { as: user, at: place || "dm" });
    if (wireIsOpen) tell("watch", { on: true });
  };
  line.onmessage = ({ data }) => JSON.parse(data).forEach(([name, ...rest]) => OPS[name](...rest));
  line.onclose = () => {
    if (!$("stopped")) toast("The practice workspace has stopped. Start it again to go on.", "stopped");
    setTimeout(connect, (retry = Math.min(2 * retry, 5000)));
  };
}

// What the server says

const OPS = {
  html(slot, text) {
    keepingFocus($(slot), () => redraw($(slot), html(text)));
    if (slot === "play") $("play").setAttribute("aria-pressed", text.startsWith("⏸"));
    if (slot === "sidebar") noteUnread();
    $(slot).querySelectorAll("table.data").forEach(turnPage);
  },
  list(slot, text) {
    $(slot).replaceChildren(html(text));
    $(slot).querySelectorAll("table.data").forEach(turnPage);
    scrollOf(slot).scrollTop = scrollOf(slot).scrollHeight;
  },
  item(slot, id, text) {
    const scroll = scrollOf(slot), old = $(id);
    const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    const made = html(text).firstElementChild;
    if (old) keepingFocus(old, () => old.replaceWith(made)); else $(slot).append(made);
    made.querySelectorAll("table.data").forEach(turnPage);
    if (isAtEnd) scroll.scrollTop = scroll.scrollHeight;
  },
  drop: (id) => $(id)?.remove(),
  modal(text) {
    const dialog = $("modal");
    if (!text) { dialog.close(); dialog.replaceChildren(); $("box").focus(); return; }
    const before = $("form"), made = html(text).firstElementChild;
    const isSame = before?.dataset.view === made.dataset.view;
    if (isSame) carryOver(before, made);
    keepingFocus(dialog, () => dialog.replaceChildren(made));
    if (!dialog.open) dialog.showModal();
    const first = made.querySelector(".wrong [data-field], .wrong input") || (!isSame &&
      (made.querySelector("[autofocus]") || made.querySelector("input, select, textarea, .body button") || $("modal-title")));
    if (first) first.focus();
  },
  toast: (text) => toast(text),
  fill(text) { if (text) { $("box").value = text; hints(); } $("box").focus(); },
  offers(id, options) {
    const input = $(id), box = input.closest(".combo").querySelector(".offers");
    box.replaceChildren(...options.map((option) => {
      const made = html('<button type="button" role="option" tabindex="-1"></button>').firstElementChild;
      made.textContent = option.text.text;
      made.dataset.option = JSON.stringify(option);
      return made;
    }));
    box.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!box.hidden));
  },
  payload: (id, text) => $(id)?.querySelector(".payload").replaceChildren(html(text)),
};

const scrollOf = (slot) => (slot === "messages" ? $("scroll") : $(slot));

// Of a view, what stays as it was is not touched: an open menu stays open, and half a word stands.
const drawn = new WeakMap();
function redraw(root, made) {
  const old = root.firstElementChild, view = made.firstElementChild;
  if (view?.dataset.view) for (const block of view.children) drawn.set(block, block.outerHTML);
  if (!view?.dataset.view || view.dataset.view !== old?.dataset.view) { root.replaceChildren(made); return; }
  let at = old.firstElementChild;
  const dropUntil = (end) => { while (at !== end) { const gone = at; at = at.nextElementSibling; gone.remove(); } };
  for (const block of [...view.children]) {
    const text = drawn.get(block);
    let same = at;
    // Without an id in it a block is like any other: no reason to drop what stands before it.
    while (same && drawn.get(same) !== text) same = text.includes(' id="') ? same.nextElementSibling : null;
    if (same) { dropUntil(same); at = same.nextElementSibling; } else old.insertBefore(block, at);
  }
  dropUntil(null);
}

function keepingFocus(root, change) {
  const at = document.activeElement, isInside = root.contains(at);
  const [id, start] = [at?.id, at?.selectionStart];
  const home = root.closest("article")?.id;
  change();
  if (!isInside) return;
  const again = (id && $(id)) || (home && $(home));
  again?.focus();
  if (start != null && again?.setSelectionRange) try { again.setSelectionRange(start, start); } catch { /* not text */ }
}

// A form that is drawn anew keeps what was put into it since.
function carryOver(before, after) {
  const fields = [...after.querySelectorAll("[data-field]")];
  for (const old of before.querySelectorAll("[data-field]")) {
    const same = fields.find((one) => placeOf(one) === placeOf(old) && one.dataset.kind === old.dataset.kind);
    if (!same) continue;
    if ("value" in same) same.value = old.value;
    const chips = same.querySelector(".chips");
    if (chips) chips.replaceChildren(...old.querySelector(".chips").children);
    for (const tick of same.querySelectorAll("input[name]"))
      tick.checked = [...old.querySelectorAll("input[name]")].some((one) => one.checked && one.value === tick.value);
    nameChosen(same);
  }
}

function toast(text, id = "") {
  const made = document.createElement("div");
  made.className = "toast";
  made.id = id;
  made.textContent = text;
  $("toasts").append(made);
  if (!id) setTimeout(() => made.remove(), 8000);
}

function noteUnread() {
  const me = document.querySelector("[data-as][aria-pressed=true]");
  const here = document.querySelector("[data-at][aria-current]");
  if (me && here) history.replaceState(null, "", `#${me.dataset.as}/${here.dataset.at}`);
}

// What the visitor does

const placeOf = (field) => `${field.dataset.block}/${field.dataset.action}`;
const surfaceOf = (element) => {
  const view = element.closest("[data-view]");
  return view ? { view: view.dataset.view } : { ts: element.closest("article").dataset.ts };
};
const rootOf = (element) => element.closest("[data-view], article");

function valueOf(field) {
  const ticks = [...field.querySelectorAll("input[name]:checked")].map((one) => one.value);
  const chips = [...field.querySelectorAll(".chip")].map((one) => JSON.parse(one.dataset.option));
  const kind = field.dataset.kind;
  if (kind === "radio_buttons") return ticks[0] ?? "";
  if (kind === "external_select") return chips[0] ?? "";
  if (kind === "multi_external_select") return chips;
  return kind === "checkboxes" || kind.startsWith("multi_") ? ticks : field.value;
}

const valuesOf = (root) =>
  Object.fromEntries([...root.querySelectorAll("[data-field]")].map((one) => [placeOf(one), valueOf(one)]));

async function press(part, value) {
  if (part.dataset.confirm && !(await isSure(JSON.parse(part.dataset.confirm)))) return;
  const names = { action: part.dataset.action, block: part.dataset.block };
  tell("press", { ...surfaceOf(part), ...names, value, values: valuesOf(rootOf(part)) });
}

function isSure(question) {
  const dialog = $("confirm"), [no, yes] = dialog.querySelectorAll("button");
  dialog.querySelector("h2").textContent = question.title.text;
  dialog.querySelector("p").textContent = question.text.text;
  no.textContent = question.deny.text;
  yes.textContent = question.confirm.text;
  yes.classList.toggle("danger", question.style === "danger");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

function nameChosen(field) {
  const shown = field.querySelector(".chosen");
  const names = [...field.querySelectorAll("input[name]:checked")].map((one) => one.closest("label").innerText.trim());
  if (shown) shown.textContent = names.join(", ") || shown.dataset.none;
}

function choose(offer) {
  const combo = offer.closest(".combo"), option = JSON.parse(offer.dataset.option);
  const chip = html('<button type="button" class="chip"></button>').firstElementChild;
  chip.dataset.option = offer.dataset.option;
  chip.textContent = `${option.text.text} ✕`;
  chip.setAttribute("aria-label", `Remove ${option.text.text}`);
  const chips = combo.querySelector(".chips");
  if (!combo.dataset.kind.startsWith("multi_")) chips.replaceChildren();
  chips.append(chip);
  const input = combo.querySelector("input");
  input.value = "";
  OPS.offers(input.id, []);
  input.focus();
  if ("acts" in combo.dataset) press(combo, valueOf(combo));
}

// Arrow keys change a menu or a date before the person has chosen: wait for Enter or for leaving.
function settle(field) {
  if (!field.dataset.pending) return;
  delete field.dataset.pending;
  press(field, valueOf(field));
}

const CLICKS = {
  "button[data-as]": (one) => tell("look", { as: one.dataset.as }),
  "button[data-at]": (one) => { tell("look", { at: one.dataset.at }); showNav(false); $("box").focus(); },
  "button[data-move]": (one) => tell(one.dataset.move === "play" ? "play" : "move", { to: one.dataset.move }),
  "button[data-step]": (one) => { tell("step", { number: one.dataset.step }); showNav(false); },
  "#show-earlier": () => tell("earlier"),
  "[data-press]": (one) => press(one),
  "button[data-pick]": (one) => { const menu = one.closest(".menu"); menu.open = false; press(menu, one.dataset.pick); },
  "[data-shortcut]": (one) => {
    one.closest(".menu").open = false;
    tell("shortcut", { name: one.dataset.shortcut, ts: one.closest("article")?.dataset.ts });
  },
  "[data-command]": (one) => { $("box").value = `${one.dataset.command} `; $("box").focus(); hints(); },
  ".offers [data-option]": choose,
  ".chip": (one) => { const combo = one.closest(".combo"); one.remove(); combo.querySelector("input").focus(); },
  ".close": () => tell("close", { view: $("form").dataset.view }),
  ".sort": sort,
  ".turn": (one) => turnPage(one.closest(".scroll").querySelector("table"), 0, Number(one.dataset.by)),
  "#nav-toggle": (one) => showNav(one.getAttribute("aria-expanded") === "false"),
  "#wire-toggle": (one) => {
    wireIsOpen = one.getAttribute("aria-expanded") === "false";
    one.setAttribute("aria-expanded", String(wireIsOpen));
    $("wire-panel").hidden = !wireIsOpen;
    document.body.classList.toggle("with-wire", wireIsOpen);
    tell("watch", { on: wireIsOpen });
  },
};

function showNav(isOpen) {
  $("nav-toggle").setAttribute("aria-expanded", String(isOpen));
  document.body.classList.toggle("with-nav", isOpen);
}

document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(CLICKS)) {
    const found = event.target.closest(selector);
    if (found) return act(found);
  }
  return null;
});
document.addEventListener("toggle", ({ target }) => {
  if (target.matches("[data-wire]") && target.open) tell("payload", { id: target.dataset.wire });
  if (target.matches(".several") && !target.open) settle(target);
  if (target.matches(".menu") && target.open) target.querySelector(".drop button, .drop input")?.focus();
}, true);
document.addEventListener("pointerdown", (event) => {
  lastKey = null;
  for (const open of document.querySelectorAll(".menu[open]")) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener("keydown", (event) => {
  lastKey = event.key;
  const { target } = event, menu = target.closest(".menu[open]");
  if (event.key === "Escape" && menu) { event.preventDefault(); menu.open = false; menu.querySelector("summary").focus(); }
  if (event.key === "Enter" && target.matches("[data-acts]")) {
    if (target.matches("input") || target.dataset.pending) event.preventDefault();
    target.dataset.on?.includes("on_enter_pressed") ? press(target, target.value) : settle(target);
  }
  const list = target.closest(".combo")?.querySelectorAll(".offers button");
  if (list?.length && /^Arrow(Down|Up)$/.test(event.key)) {
    event.preventDefault();
    const by = event.key === "ArrowDown" ? 1 : -1;
    (list[[...list].indexOf(target) + by] || list[by > 0 ? 0 : list.length - 1]).focus();
  }
});
document.addEventListener("change", ({ target }) => {
  const field = target.closest("[data-field]");
  if (!field) return;
  nameChosen(field);
  if (!("acts" in field.dataset) || field.matches(".combo") || "on" in field.dataset) return;
  field.dataset.pending = "1";
  if (!field.matches(".several") && [null, "Enter", " "].includes(lastKey)) settle(field);
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const field = target.closest("[data-acts]");
  if (field && !field.contains(relatedTarget) && !field.matches(".several")) settle(field);
});
document.addEventListener("input", ({ target }) => {
  if (target === $("box")) hints();
  if (target.dataset.on?.includes("on_character_entered")) press(target, target.value);
  const combo = target.matches("[role=combobox]") && target.closest(".combo");
  if (combo && target.value.length >= combo.dataset.least)
    tell("type_ahead", { ...surfaceOf(combo), action: combo.dataset.action, text: target.value, field: target.id });
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  if (form.id === "composer") {
    if ($("box").value.trim()) tell("send", { text: $("box").value });
    $("box").value = "";
    hints();
  } else {
    tell("submit", { view: form.dataset.view, values: valuesOf(form) });
  }
});
$("modal").addEventListener("cancel", (event) => { event.preventDefault(); tell("close", { view: $("form").dataset.view }); });

// The message box

function hints() {
  const typed = $("box").value.split(" ")[0];
  const items = [...$("hints").querySelectorAll("li")];
  for (const one of items) one.hidden = !one.dataset.command.startsWith(typed);
  $("hints").hidden = !typed.startsWith("/") || items.every((one) => one.hidden);
  $("box").rows = Math.min(6, $("box").value.split("\n").length);
}
$("box").addEventListener("keydown", (event) => {
  const offered = $("hints").hidden ? null : $("hints").querySelector("li:not([hidden])").dataset.command;
  if (event.key === "Tab" && offered && !$("box").value.includes(" ")) {
    event.preventDefault();
    $("box").value = `${offered} `;
  }
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("composer").requestSubmit(); }
});

// Tables that sort and turn pages

function sort(button) {
  const head = button.closest("th"), table = head.closest("table"), column = head.cellIndex;
  const isDown = head.getAttribute("aria-sort") === "ascending";
  table.querySelectorAll("thead th").forEach((one) => one.setAttribute("aria-sort", "none"));
  head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
  const rows = [...table.tBodies[0].rows].sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }));
  if (rows.every((row) => row.cells[column].dataset.value)) rows.sort((a, b) => key(a) - key(b));
  table.tBodies[0].append(...(isDown ? rows.reverse() : rows));
  turnPage(table, 0, -Infinity);
}

function turnPage(table, _index, by = 0) {
  const rows = [...table.tBodies[0].rows], size = Number(table.dataset.page);
  const last = Math.max(0, Math.ceil(rows.length / size) - 1);
  const at = Math.min(last, Math.max(0, Number(table.dataset.turned || 0) + (Number(by) || 0)));
  table.dataset.turned = at;
  rows.forEach((row, i) => { row.hidden = Math.floor(i / size) !== at; });
  const pager = table.parentElement.querySelector(".pager");
  pager.hidden = last === 0;
  pager.querySelector("span").textContent = `Page ${at + 1} of ${last + 1}`;
}

connect();
