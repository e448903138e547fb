// What keys, buttons and dialogs do.

import { current, queue } from "./queue.js";
import * as stage from "./stage.js";

const byID = (id) => document.getElementById(id);
const defaultReason = "different pictures";
let isPointing = false;

function ask(dialog, field, value) {
  field.value = value;
  dialog.returnValue = "";
  dialog.showModal();
  field.select();
}

const askReason = () => current() && ask(byID("reason"), byID("reason-text"), defaultReason);
const askNumber = () => ask(byID("goto"), byID("goto-number"), queue.position + 1);
const toggleView = (name) => stage.setView(stage.currentView() === name ? "side" : name);
const swapByHand = () => { stage.pause(); stage.swap(); };

// Connects keys and buttons with what decides, takes back, and moves.
export function wire({ decide, undo, move, goTo, filter }) {
  const clear = () => current()?.decision && decide("undone");
  const keys = {
    s: () => decide("same"), d: () => decide("different", defaultReason), D: askReason, u: () => decide("unsure"),
    z: undo, c: clear,
    ArrowLeft: () => move(-1), k: () => move(-1), ArrowRight: () => move(1), j: () => move(1),
    f: () => toggleView("flicker"), o: () => toggleView("overlay"), x: () => toggleView("difference"),
    l: stage.toggleOutline, Escape: () => stage.setView("side"), g: askNumber, "/": askNumber, "?": () => byID("help").showModal(),
  };
  const moves = ["ArrowLeft", "ArrowRight", "j", "k"];

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest("input, select, textarea") && event.key !== "Escape") return;
    if (event.key === " " && stage.currentView() === "flicker" && !target.closest("button")) {
      event.preventDefault();
      swapByHand();
      return;
    }
    if (!byID("shortcuts").checked && event.key.length === 1) return;
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    // A key that is held down moves on; it never decides.
    if (!action || (event.repeat && !moves.includes(event.key))) return;
    event.preventDefault();
    action();
  });

  const clicks = {
    same: () => decide("same"), different: askReason, unsure: () => decide("unsure"), undo, clear, previous: () => move(-1),
    next: () => move(1), "goto-button": askNumber, "help-button": () => byID("help").showModal(), outline: stage.toggleOutline,
    swap: swapByHand,
  };
  for (const [id, action] of Object.entries(clicks)) byID(id).addEventListener("click", () => action());
  for (const button of document.querySelectorAll("#views [data-view]")) {
    button.addEventListener("click", () => stage.setView(button.dataset.view));
  }
  // What was used with a pointer gives the focus back: the next key is meant for the pair.
  document.addEventListener("pointerdown", () => { isPointing = true; });
  document.addEventListener("keydown", () => { isPointing = false; }, true);
  const letGo = (element) => { if (isPointing && !document.querySelector("dialog[open]")) element.blur(); };
  for (const element of document.querySelectorAll("main button, main select")) {
    element.addEventListener(element.localName === "select" ? "change" : "click", () => letGo(element));
  }
  byID("reason").addEventListener("close", () => {
    const text = byID("reason-text").value.trim();
    if (byID("reason").returnValue === "save" && text !== "") decide("different", text);
  });
  byID("goto").addEventListener("close", () => {
    const number = Number.parseInt(byID("goto-number").value, 10);
    if (byID("goto").returnValue === "go" && number >= 1) goTo(number);
  });
  byID("filters").addEventListener("submit", (event) => event.preventDefault());
  byID("filters").addEventListener("change", filter);
}
