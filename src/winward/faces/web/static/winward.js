// The keyboard, the appearance, and filters that answer at once. Every page works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const typing = (target) => target.closest("input, select, textarea, [contenteditable]");
  const open = (link) => link && link.click();

  function toggleAppearance() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.appearance || (dark ? "dark" : "light");
    root.dataset.appearance = now === "dark" ? "light" : "dark";
    localStorage.setItem("appearance", root.dataset.appearance);
  }

  function showKeys() {
    const dialog = document.getElementById("keys");
    if (dialog && !dialog.open) dialog.showModal();
  }

  function move(step) {
    const rows = all("[data-pick]");
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.classList.contains("picked"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    rows.forEach((row) => row.classList.toggle("picked", row === next));
    (next.matches("a") ? next : next.querySelector("[data-open]") || next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function picked() {
    const row = document.querySelector(".picked");
    return row && (row.matches("a") ? row : row.querySelector("[data-open]"));
  }

  function edit() {
    const details = document.querySelector(".picked [data-edit]") || document.querySelector("[data-edit]");
    if (!details) {
      const link = picked();
      if (link) location.href = link.href.split("#")[0] + "#correct";
      return;
    }
    details.open = true;
    const now = details.querySelector("[aria-pressed=true]");
    (now || details.querySelector("input:not([type=hidden]), textarea, button")).focus();
  }

  // A signal's form answers to single keys: that of the picked card, or of the only one there is.
  let answering = "";

  function say(key) {
    const card = document.querySelector("[data-check].picked") || document.querySelector("[data-check]:not(.answered)");
    const part = card && card.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!part) return false;
    answering = card.id;
    if (part.matches("textarea, input")) {
      for (let fold = part.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      part.focus();
      part.select();
    } else part.click();
    return true;
  }

  function undo() {
    const last = document.getElementById(answering);
    const button = (last && last.querySelector("[data-undo]")) || all("[data-undo]").pop();
    if (button) button.click();
  }

  function pickCard(card) {
    all("[data-check]").forEach((one) => one.classList.toggle("picked", one === card));
    if (card) card.focus({ preventScroll: true });
    (card || document.getElementById("learnt")).scrollIntoView({ block: "nearest" });
  }

  // The card just answered if it is open again, else the next open one.
  function goOn() {
    const cards = all("[data-check]");
    const at = cards.findIndex((card) => card.id === answering);
    const open = (card) => !card.classList.contains("answered");
    pickCard(cards.slice(Math.max(at, 0)).find(open) || cards.find(open));
  }

  // Words selected in one passage of a document fill the form that marks them as a signal.
  function mark() {
    const form = document.querySelector("[data-marking]");
    const selected = getSelection();
    if (!form || !selected.rangeCount || selected.isCollapsed) return;
    const range = selected.getRangeAt(0);
    const from = range.startContainer.parentElement.closest("[data-passage] p");
    if (!from || from !== range.endContainer.parentElement.closest("[data-passage] p")) return;
    form.querySelector("[name=words]").value = range.toString().trim();
    form.querySelector("[name=passage]").value = from.parentElement.dataset.passage;
    form.classList.add("floating");
    form.open = true;
  }

  const keys = {
    "/": () => document.getElementById("find").select(),
    "?": showKeys,
    j: () => move(1),
    k: () => move(-1),
    Backspace: () => open(document.querySelector("[data-back]")),
    e: edit,
    u: undo,
  };

  let going = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (going) {
      going = false;
      open(document.querySelector(`[data-go="${CSS.escape(event.key)}"]`));
      return;
    }
    if (event.key === "g") {
      going = true;
      setTimeout(() => { going = false; }, 1500);
      return;
    }
    const act = keys[event.key];
    if (!act) {
      if (say(event.key)) event.preventDefault();
      return;
    }
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-appearance]") && event.target.closest("button")) toggleAppearance();
    if (event.target.closest("[data-keys]")) showKeys();
    const menu = document.querySelector(".me[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("[data-checks] [data-pick]");
    if (card) all("[data-check]").forEach((one) => one.classList.toggle("picked", one === card));
  });

  // The end of a long trail is where one stands.
  const trail = document.querySelector(".trail ol");
  if (trail) trail.scrollLeft = trail.scrollWidth;

  document.addEventListener("mouseup", () => setTimeout(mark));

  // A language model may take its time: until the page comes, it says that it is at work.
  document.addEventListener("submit", (event) => {
    const asking = event.target.matches("[data-asking]") && document.getElementById("asking");
    if (asking) asking.textContent = "Looking through what was said …";
  });
  // Coming back by the browser's own button shows the page as it was left.
  addEventListener("pageshow", () => {
    const asking = document.getElementById("asking");
    if (asking) asking.textContent = "";
  });

  document.addEventListener("submit", (event) => {
    const card = event.target.closest("[data-check]");
    if (card) answering = card.id;
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (document.querySelector("[data-checks]") && event.target.closest("[data-check]")) goOn();
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-filters]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });

  if (document.querySelector("[data-checks]")) goOn();
  // After the load: until then the browser takes the focus back on its way to the fragment.
  if (location.hash === "#correct") addEventListener("load", () => setTimeout(edit));
  root.classList.add("scripted");
})();
