// The page: what is shown, and what is decided.

import { Refused, get, post } from "./api.js";
import { wire } from "./controls.js";
import { picture } from "./pictures.js";
import { align, current, load, nextUndecided, prepare, queue, takeDecided } from "./queue.js";
import * as stage from "./stage.js";
import * as words from "./words.js";

const byID = (id) => document.getElementById(id);
let session = null;
let shownRevision = -1;
let isBusy = false;
let visit = 0;

// The link that opened the page is spent: the address becomes one that can be loaded again.
history.replaceState(null, "", document.body.dataset.folder);

const say = (text) => { byID("said").textContent = text; };

function fail(error) {
  const isLost = !(error instanceof Refused) || error.status === 0;
  byID("trouble").textContent = error instanceof Refused ? error.message : `The page failed: ${error.message}`;
  byID("trouble").hidden = false;
  byID("trouble").dataset.kind = isLost ? "lost" : "refused";
}

function forgive() {
  byID("trouble").hidden = true;
}

function takeState(state) {
  if (!state) return;
  shownRevision = state.revision;
  words.progress(state, session, byID("order").value === "random");
}

function header() {
  const { candidates, position, total } = queue;
  const done = queue.states.reduce((sum, state) => sum + (state === "-" ? 0 : 1), 0);
  byID("position").textContent = candidates.length === 0
    ? "no pairs"
    : `Pair ${(position + 1).toLocaleString("en")} of ${total.toLocaleString("en")}, ${done.toLocaleString("en")} decided`
      + (total > candidates.length ? ` (the first ${candidates.length.toLocaleString("en")} are listed)` : "");
  byID("pair").hidden = candidates.length === 0;
  byID("empty").hidden = candidates.length > 0;
  byID("previous").disabled = position === 0;
  byID("next").disabled = position + 1 >= candidates.length;
}

// Shows the pair at a position, and fetches the pictures of those that come next.
async function go(position, isSaid = false) {
  if (queue.candidates.length === 0) return header();
  queue.position = Math.min(Math.max(position, 0), queue.candidates.length - 1);
  const mine = ++visit;
  const state = await prepare(queue.position);
  if (mine !== visit) return undefined;
  takeState(state);
  if (state && state.revision !== queue.revision) {
    // Another window has decided since the queue was loaded: the other pairs that are known here may be out of date.
    await load(queue.candidates[queue.position]);
    return mine === visit ? go(queue.position, isSaid) : undefined;
  }
  const pair = current();
  header();
  words.describe(pair, session, say);
  say(`${isSaid ? `${byID("said").textContent}. ` : ""}Pair ${queue.position + 1}, score ${pair.score}`);
  document.body.dataset.shown = "";
  await stage.show(pair);
  if (mine !== visit) return undefined;
  document.body.dataset.shown = String(pair.index);
  align(pair).then(() => { if (mine === visit) stage.layout(); });
  const side = stage.wantedSide();
  for (const step of [1, 2, 3, -1]) {
    const near = queue.pairs.get(queue.candidates[queue.position + step]);
    if (near) for (const sample of [near.evaluated.sample, near.other.sample]) picture(sample, side);
    if (near && step === 1) align(near);
  }
  return undefined;
}

async function reload(stayAt) {
  await load(stayAt);
  await go(queue.position);
}

// One thing at a time: what is pressed while a decision is on its way is not meant for the pair that comes next.
async function once(work) {
  if (isBusy) return;
  isBusy = true;
  try {
    await work();
  } catch (error) {
    fail(error);
    if (error instanceof Refused && error.status === 409) {
      queue.pairs.clear();
      await go(queue.position).catch(fail);
    }
  } finally {
    isBusy = false;
  }
}

const decide = (decision, reason) => once(async () => {
  const pair = current();
  if (!pair) return;
  if (!stage.isReady()) return say("Wait: the pictures are not there yet");
  const answer = await post("api/decisions", {
    candidate: pair.index, finding: pair.finding, decision, reason, expected: pair.decision?.judgement ?? "",
  });
  forgive();
  takeDecided(answer);
  takeState(answer.state);
  say(decision === "undone" ? `Saved: pair ${queue.position + 1} is not decided` : `Saved: pair ${queue.position + 1} is ${decision}`);
  const next = decision === "undone" ? queue.position : nextUndecided();
  if (next < 0) {
    say(`${byID("said").textContent}. All ${words.pairs(queue.candidates.length)} of this list are decided`);
    header();
    words.decided(current());
  } else {
    await go(next, true);
  }
});

const undo = () => once(async () => {
  const answer = await post("api/undo", {});
  forgive();
  takeDecided(answer);
  takeState(answer.state);
  const place = queue.candidates.indexOf(answer.pair.index);
  const what = answer.pair.decision ? `is ${answer.pair.decision.judgement} again` : "is not decided any more";
  say(place >= 0 ? `Undone: pair ${place + 1} ${what}` : `Undone: a pair that is not in this list ${what}`);
  await go(place >= 0 ? place : queue.position, true);
});

const move = (step) => once(() => go(queue.position + step));

wire({
  decide, undo, move, goTo: (number) => once(() => go(number - 1)), filter: () => once(() => reload(current()?.index)),
});

// Other windows decide too: the program is asked every few seconds, and whenever this window comes back.
async function look() {
  if (document.hidden || isBusy || session === null) return;
  const pair = current();
  try {
    const answer = await get(`api/pairs?of=${pair ? pair.index : ""}`);
    if (byID("trouble").dataset.kind === "lost") forgive();
    if (isBusy) return;
    if (answer.state.revision !== shownRevision) takeState(answer.state);
    if (answer.state.revision !== queue.revision) await once(() => reload(pair?.index));
  } catch (error) {
    fail(error);
  }
}
setInterval(look, 4000);
document.addEventListener("visibilitychange", look);

async function start() {
  session = await get("api/session");
  byID("inputs").textContent = session.inputs.join(", ");
  session.splitPairs.forEach((pair, number) => {
    const option = document.createElement("option");
    option.value = String(number);
    option.textContent = `${pair.evaluated} and ${pair.other}`;
    byID("splits").append(option);
  });
  byID("splits-label").hidden = session.splitPairs.length < 2;
  byID("labels-label").hidden = !session.hasLabels;
  words.notes(session);
  await load();
  takeState(session.state);
  await go(queue.position);
}

start().catch(fail);
