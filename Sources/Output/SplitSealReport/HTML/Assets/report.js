"use strict";
// Filters, order, copying and keys. Nothing here is needed to read the report.
(() => {
  const get = id => document.getElementById(id);
  const form = get("filters"), list = get("list");
  if (!form || !list) return;
  const pairs = [...list.querySelectorAll(".pair")];
  const parts = [...list.children];
  const homes = pairs.map(pair => pair.parentElement);
  const texts = pairs.map(pair => [...pair.querySelectorAll(".path")].map(path => path.textContent.toLowerCase()).join("\n"));
  const order = get("order"), find = get("find"), count = get("count");
  let current = null;

  const shown = () => pairs.filter(pair => !pair.hidden);

  const filter = () => {
    const rule = get("by-rule").value, splits = get("by-splits").value, label = get("by-class").value;
    const text = find.value.toLowerCase(), conflicts = get("conflicts").checked;
    let number = 0;
    pairs.forEach((pair, index) => {
      const data = pair.dataset;
      const isShown = (!rule || data.rule === rule) && (!splits || data.splits === splits)
        && (!label || data.classes.split(" ").includes(label)) && (!conflicts || "conflict" in data)
        && (!text || texts[index].includes(text));
      pair.hidden = !isShown;
      if (isShown) number += 1;
    });
    for (const part of parts) {
      if (part.matches(".group")) part.hidden = !part.querySelector(".pair:not([hidden])");
    }
    count.value = `${number.toLocaleString("en")} of ${pairs.length.toLocaleString("en")} pairs`;
  };

  const arrange = () => {
    if (!order.value) {
      pairs.forEach((pair, index) => homes[index].append(pair));
      list.append(...parts);
    } else {
      const places = new Map(pairs.map((pair, index) => [pair, index]));
      const rank = pair => Number(pair.id.slice(5));
      const path = pair => texts[places.get(pair)];
      const sorted = [...pairs].sort(order.value === "least"
        ? (a, b) => rank(b) - rank(a)
        : (a, b) => (path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : 0));
      list.append(...sorted);
      for (const part of parts) if (part.matches(".group")) part.hidden = true;
    }
    filter();
  };

  const select = pair => {
    if (!pair) return;
    current = pair;
    pair.tabIndex = -1;
    pair.focus({ preventScroll: true });
    pair.scrollIntoView({ block: "start" });
  };

  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
      button.textContent = document.execCommand("copy") ? "copied" : "press Ctrl+C";
    }
    setTimeout(() => { button.textContent = "copy"; }, 1500);
  };

  // Buttons are made for what comes near: 5,000 pairs have 15,000.
  const watch = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watch.unobserve(entry.target);
      for (const code of entry.target.querySelectorAll(".path, .id")) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "copy";
        button.textContent = "copy";
        button.setAttribute("aria-label", `copy ${code.textContent}`);
        button.addEventListener("click", () => copy(code.textContent, button));
        code.after(button);
      }
    }
  }, { rootMargin: "600px" });
  pairs.forEach(pair => watch.observe(pair));

  list.addEventListener("focusin", event => { current = event.target.closest(".pair") ?? current; });
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("change", event => (event.target === order ? arrange() : filter()));
  find.addEventListener("input", filter);

  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input[type=search], select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      find.focus();
    } else if (event.key === "j" || event.key === "k") {
      const ways = order.value ? [...list.querySelectorAll(".pair:not([hidden])")] : shown();
      const place = ways.indexOf(current);
      select(place < 0 ? ways[0] : ways[place + (event.key === "j" ? 1 : -1)]);
    } else if (event.key === "d" && current) {
      const box = current.querySelector(".tools input");
      if (box) box.checked = !box.checked;
    }
  });

  form.hidden = false;
  filter();
})();
