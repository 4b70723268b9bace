// Ranking by mouse, touch and keyboard. The form beneath holds numbers and works without any of this.
(() => {
  "use strict";
  const form = document.querySelector("[data-position]");
  if (!form || form.inert) return;
  const FAR = 5, EDGE = 72, SCROLL = 12;
  const rankings = [...form.querySelectorAll("[data-ranking]")];
  const listOf = (ranking) => ranking.querySelector(".levels");
  const poolOf = (ranking) => ranking.querySelector(".unranked");
  const levelsOf = (ranking) => [...listOf(ranking).querySelectorAll(":scope > .level")];
  const itemsOf = (level) => [...level.querySelectorAll(":scope > .item")];
  const nameOf = (item) => item.querySelector(".handle").textContent;
  const levelOf = (item) => item.closest(".level");
  const isLine = (thing) => thing.matches(".line");

  function made(tag, kind, text) {
    const element = document.createElement(tag);
    element.className = kind;
    element.textContent = text || "";
    if (tag === "button") element.type = "button";
    return element;
  }

  function button(item, sign, says, act) {
    const small = made("button", "move", sign);
    small.setAttribute("aria-label", `${nameOf(item)}: ${says}`);
    small.title = says;
    small.tabIndex = -1;
    small.addEventListener("click", () => move(item, act));
    return small;
  }

  // Where things go. Each way changes the page, and tells whether it did.
  function alone(item, list, before) {
    const level = made("li", "level");
    level.append(item);
    list.insertBefore(level, before);
    return true;
  }

  function neighbour(thing, side) {
    const own = isLine(thing) ? thing : levelOf(thing);
    return own && (side === "up" ? own.previousElementSibling : own.nextElementSibling);
  }

  function stepItem(item, side) {
    const list = listOf(item.closest(".ranking")), level = levelOf(item);
    if (!level) return side === "up" && alone(item, list, null);
    if (itemsOf(level).length > 1) return alone(item, list, side === "up" ? level : level.nextSibling);
    const other = neighbour(item, side);
    if (!other) return false;
    list.insertBefore(level, side === "up" ? other : other.nextSibling);
    return true;
  }

  function stepLine(line, side) {
    const ranking = line.closest(".ranking"), list = listOf(ranking);
    if (!line.parentElement.matches(".levels")) {
      if (side !== "up" || !levelsOf(ranking).length) return false;
      list.append(line);
      return true;
    }
    const other = neighbour(line, side);
    if (!other) return side === "down" && undraw(line);
    if (side === "up" && !other.previousElementSibling) return false;
    list.insertBefore(line, side === "up" ? other : other.nextSibling);
    return true;
  }

  function undraw(line) {
    line.closest(".ranking").querySelector(".undrawn").append(line);
    return true;
  }

  const ways = {
    up: (thing) => (isLine(thing) ? stepLine : stepItem)(thing, "up"),
    down: (thing) => (isLine(thing) ? stepLine : stepItem)(thing, "down"),
    beside(item) {
      if (isLine(item)) return false;
      const levels = levelsOf(item.closest(".ranking")), at = levels.indexOf(levelOf(item));
      const onto = at < 0 ? levels[levels.length - 1] : levels[at - 1];
      if (onto) onto.append(item);
      return Boolean(onto);
    },
    apart(item) {
      const level = levelOf(item);
      return Boolean(level) && itemsOf(level).length > 1 && alone(item, level.parentElement, level.nextSibling);
    },
    out(thing) {
      if (isLine(thing)) return undraw(thing);
      if (!levelOf(thing)) return false;
      poolOf(thing.closest(".ranking")).append(thing);
      return true;
    },
  };

  function move(thing, way) {
    const ranking = thing.closest(".ranking");
    if (ways[way](thing)) keep(ranking, thing);
    const handle = thing.querySelector(".handle");
    handle.focus();
  }

  // What the page shows goes into the form, and the form to the server.
  function keep(ranking, thing) {
    levelsOf(ranking).filter((level) => !itemsOf(level).length).forEach((level) => level.remove());
    const line = ranking.querySelector(".line");
    if (line && line.parentElement.matches(".levels") && !line.previousElementSibling) settle(ranking, line);
    levelsOf(ranking).forEach((level, at) => itemsOf(level).forEach((item) => { item.querySelector(".place").value = at + 1; }));
    poolOf(ranking).querySelectorAll(".place").forEach((place) => { place.value = ""; });
    if (line) choose(ranking, line);
    document.getElementById("moved").textContent = told(ranking, thing);
    form.dispatchEvent(new Event("ranked"));
  }

  // Nothing stands above the line any more: it keeps the best, if there is one.
  function settle(ranking, line) {
    const first = levelsOf(ranking)[0];
    if (first) first.after(line);
    else undraw(line);
  }

  function choose(ranking, line) {
    const above = line.parentElement.matches(".levels") ? line.previousElementSibling : null;
    const wanted = above ? itemsOf(above)[0].dataset.item : "";
    ranking.parentElement.querySelectorAll("input[type=radio]").forEach((radio) => { radio.checked = radio.value === wanted; });
  }

  function told(ranking, thing) {
    if (isLine(thing)) {
      const above = thing.parentElement.matches(".levels") && thing.previousElementSibling;
      return above ? `Good enough down to ${itemsOf(above).map(nameOf).join(" and ")}.` : "No line is drawn.";
    }
    const levels = levelsOf(ranking), at = levels.indexOf(levelOf(thing));
    if (at < 0) return `${nameOf(thing)} is not ranked.`;
    const others = itemsOf(levels[at]).filter((item) => item !== thing).map(nameOf);
    return `${nameOf(thing)}: place ${at + 1} of ${levels.length}${others.length ? `, beside ${others.join(" and ")}` : ""}.`;
  }

  // Dragging: the same pointer events come from a mouse, a finger and a pen.
  let drag = null;

  function begin(event, thing) {
    if (event.button) return;
    drag = { thing, x: event.pageX, y: event.pageY, at: null, moving: false };
    event.target.setPointerCapture(event.pointerId);
  }

  function follow(event) {
    if (!drag) return;
    const x = event.pageX - drag.x, y = event.pageY - drag.y;
    if (!drag.moving && Math.hypot(x, y) < FAR) return;
    drag.moving = true;
    drag.thing.classList.add("dragged");
    drag.thing.style.transform = `translate(${x}px, ${y}px)`;
    if (event.clientY < EDGE) scrollBy(0, -SCROLL);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, SCROLL);
    mark(drag.at, false);
    drag.at = under(drag.thing, event.clientY);
    mark(drag.at, true);
  }

  // What the pointer is over: before, beside or after a row, or among what is not ranked.
  function under(thing, y) {
    const ranking = thing.closest(".ranking"), pool = poolOf(ranking).getBoundingClientRect();
    if (y > pool.top) return { where: "out", row: poolOf(ranking) };
    const own = isLine(thing) ? thing : levelOf(thing);
    const rows = [...listOf(ranking).children].filter((row) => row !== own || (!isLine(thing) && itemsOf(row).length > 1));
    for (const row of rows) {
      const box = row.getBoundingClientRect(), part = (y - box.top) / box.height;
      const onto = !isLine(thing) && !isLine(row);
      if (part < (onto ? 0.28 : 0.5)) return { where: "before", row };
      if (onto && part <= 0.72) return { where: "beside", row };
      if (part <= 1) return { where: "after", row };
    }
    return { where: "end", row: listOf(ranking) };
  }

  function mark(at, on) {
    if (at) at.row.classList.toggle(`drop-${at.where}`, on);
  }

  function drop(thing, at) {
    const list = listOf(thing.closest(".ranking"));
    if (at.where === "out") return ways.out(thing);
    const before = { before: at.row, after: at.row.nextSibling, end: null }[at.where];
    if (at.where === "beside") at.row.append(thing);
    else if (isLine(thing)) list.insertBefore(thing, before);
    else alone(thing, list, before);
    return true;
  }

  function end(event) {
    if (!drag) return;
    const { thing, at, moving } = drag;
    drag = null;
    mark(at, false);
    thing.classList.remove("dragged");
    thing.style.transform = "";
    if (!moving || !at || event.type !== "pointerup") return;
    const ranking = thing.closest(".ranking");
    if (drop(thing, at)) keep(ranking, thing);
  }

  const keys = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "beside", ArrowRight: "apart", Delete: "out", Backspace: "out" };

  function handle(thing, text) {
    const grip = made("button", "handle", text);
    grip.setAttribute("aria-describedby", "how");
    grip.addEventListener("pointerdown", (event) => begin(event, thing));
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", end);
    grip.addEventListener("pointercancel", end);
    grip.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && drag) return end(event);
      if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      move(thing, keys[event.key]);
    });
    return grip;
  }

  function dress(item) {
    const name = item.querySelector(".name");
    name.replaceWith(handle(item, name.textContent));
    const buttons = made("span", "moves");
    buttons.append(
      button(item, "↑", "up", "up"), button(item, "↓", "down", "down"),
      button(item, "=", "beside what stands above", "beside"), button(item, "×", "not ranked", "out"));
    item.querySelector(".place").after(buttons);
  }

  function drawLine(ranking) {
    const line = made("li", "line"), home = made("ul", "undrawn");
    line.append(handle(line, "good enough down to here"));
    listOf(ranking).after(home);
    const radio = ranking.parentElement.querySelector("input[type=radio]:checked");
    const item = radio && radio.value && listOf(ranking).querySelector(`[data-item="${radio.value}"]`);
    if (item) levelOf(item).after(line);
    else home.append(line);
  }

  form.querySelectorAll(".item").forEach(dress);
  rankings.filter((ranking) => ranking.dataset.ranking === "option").forEach(drawLine);
})();
