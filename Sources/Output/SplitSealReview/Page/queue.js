// The pairs to look at, in order, and what is known of them.

import { get } from "./api.js";

const field = (id) => document.getElementById(id).value;

// Order, states and pairs all belong to one revision: the number of decisions that the program had taken.
export const queue = { revision: -1, candidates: [], states: "", total: 0, position: 0, pairs: new Map() };

export const current = () => queue.pairs.get(queue.candidates[queue.position]);

// Fetches the order and what is decided; stays at a candidate where it is still there.
export async function load(stayAt) {
  const query = `order=${field("order")}&band=${field("band")}&state=${field("state")}&labels=${field("labels")}`
    + (field("splits") === "" ? "" : `&splits=${field("splits")}`);
  const answer = await get(`api/queue?${query}`);
  queue.revision = answer.revision;
  queue.candidates = answer.candidates;
  queue.states = [...answer.states];
  queue.total = answer.total;
  queue.pairs.clear();
  const place = stayAt === undefined ? -1 : queue.candidates.indexOf(stayAt);
  queue.position = place >= 0 ? place : Math.max(0, queue.states.indexOf("-"));
}

// Fetches the pairs around a position that are not known yet. The state that it returns may be of a later revision than
// the queue: then another window has decided, and the queue has to be loaded again.
export async function prepare(position) {
  const around = queue.candidates.slice(Math.max(0, position - 4), position + 12);
  const missing = around.filter((candidate) => !queue.pairs.has(candidate));
  if (queue.pairs.has(queue.candidates[position]) && missing.length < 6) return null;
  const answer = await get(`api/pairs?of=${missing.join(",")}`);
  for (const pair of answer.pairs) take(pair);
  if (queue.pairs.size > 400) {
    for (const candidate of queue.pairs.keys()) {
      if (queue.pairs.size <= 200) break;
      if (!around.includes(candidate)) queue.pairs.delete(candidate);
    }
  }
  return answer.state;
}

// Fetches where the pictures of a pair lie on each other, once.
export async function align(pair) {
  if (!pair || pair.isAsked) return;
  pair.isAsked = true;
  try {
    const answer = await get(`api/warp?of=${pair.index}`);
    pair.warp = answer.warp;
  } catch {
    // What the search saw is shown instead.
    pair.isAsked = false;
  }
}

// Takes what the program answered to a decision of this window. If others decided in between, the queue stays at its
// old revision, so that it is loaded again.
export function takeDecided(answer) {
  take(answer.pair);
  if (answer.state.revision === queue.revision + 1) queue.revision = answer.state.revision;
}

// Takes what the program says about a pair.
function take(pair) {
  const known = queue.pairs.get(pair.index);
  if (known?.isAsked) Object.assign(pair, { warp: known.warp, isAsked: true });
  queue.pairs.set(pair.index, pair);
  const place = queue.candidates.indexOf(pair.index);
  if (place >= 0) queue.states[place] = pair.decision ? pair.decision.judgement[0] : "-";
}

// The next position that is not decided, from the one after the current on and then from the first; -1 when all are.
export function nextUndecided() {
  const later = queue.states.indexOf("-", queue.position + 1);
  return later >= 0 ? later : queue.states.indexOf("-");
}
