// The two pictures: beside each other, or on each other.

import { picture, sideFor } from "./pictures.js";

const stage = document.getElementById("stage");
const figures = { evaluated: document.getElementById("evaluated"), other: document.getElementById("other") };
const frames = { evaluated: figures.evaluated.querySelector(".frame"), other: figures.other.querySelector(".frame") };
const slider = document.getElementById("slider");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const identity = [1, 0, 0, 0, 1, 0];

let pair = null;
let entries = null;
let view = "side";
let showsOutline = true;
let timer = 0;

// Maps of shares of the sides: [m0, m1, m2, m3, m4, m5] as the program sends them.
const point = (m, [u, v]) => [m[0] * u + m[1] * v + m[2], m[3] * u + m[4] * v + m[5]];
const corners = (m) => [[0, 0], [1, 0], [1, 1], [0, 1]].map((corner) => point(m, corner));
const after = (a, b) => [
  a[0] * b[0] + a[1] * b[3], a[0] * b[1] + a[1] * b[4], a[0] * b[2] + a[1] * b[5] + a[2],
  a[3] * b[0] + a[4] * b[3], a[3] * b[1] + a[4] * b[4], a[3] * b[2] + a[4] * b[5] + a[5],
];
function inverse(m) {
  const d = m[0] * m[4] - m[1] * m[3];
  const [a, b, c, e] = [m[4] / d, -m[1] / d, -m[3] / d, m[0] / d];
  return [a, b, -(a * m[2] + b * m[5]), c, e, -(c * m[2] + e * m[5])];
}
const matrix = (m, width, height) =>
  `matrix(${m[0]}, ${m[3] * height / width}, ${m[1] * width / height}, ${m[4]}, ${m[2] * width}, ${m[5] * height})`;

// Width over height of a picture once it is turned.
function aspect(sample, map) {
  const ratio = sample.width > 0 && sample.height > 0 ? sample.width / sample.height : 1;
  return Math.abs(map[0]) < 0.5 ? 1 / ratio : ratio;
}

function fit(frame, ratio, width, height) {
  const shown = Math.max(24, Math.floor(Math.min(width, height * ratio)));
  frame.style.width = `${shown}px`;
  frame.style.height = `${Math.max(24, Math.round(shown / ratio))}px`;
  return [frame.clientWidth, frame.clientHeight];
}

function outline(frame, map) {
  frame.querySelector("svg")?.remove();
  if (!showsOutline || map === null) return;
  const places = corners(map);
  const isFrame = places.every(([u, v]) => Math.min(Math.abs(u), Math.abs(u - 1)) < 0.004 && Math.min(Math.abs(v), Math.abs(v - 1)) < 0.004);
  if (isFrame) return;
  const name = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(name, "svg");
  drawing.setAttribute("viewBox", "0 0 1 1");
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("aria-hidden", "true");
  for (const kind of ["under", "line"]) {
    const polygon = document.createElementNS(name, "polygon");
    polygon.setAttribute("class", kind);
    polygon.setAttribute("points", places.map((place) => place.join(",")).join(" "));
    drawing.append(polygon);
  }
  frame.append(drawing);
}

function place(frame, entry, sample, map, [width, height], isOver) {
  if (entry.state === "missing") {
    const words = document.createElement("p");
    words.className = "missing";
    words.textContent = "This file cannot be shown: it cannot be read, or is another one since the scan.";
    frame.append(words);
    return;
  }
  const image = entry.image;
  image.alt = `${isOver ? "other" : "evaluated"} image, ${sample.split}: ${sample.shown}`;
  image.className = isOver ? "over" : "";
  // Where every pixel is seen as a square, none is invented.
  image.classList.toggle("small", Math.max(sample.width, sample.height) * 2 <= Math.max(width, height));
  image.style.transform = map === identity ? "" : matrix(map, width, height);
  image.style.opacity = isOver && view === "overlay" ? slider.value / 100 : "";
  frame.append(image);
}

export function layout() {
  if (pair === null) return;
  const isStacked = view !== "side";
  captions();
  stage.className = isStacked ? `stacked ${view}` : "";
  const [width, height] = [stage.clientWidth - 16, Math.max(160, Math.min(window.innerHeight * 0.52, 760))];
  const room = isStacked ? width : (width - 12) / 2;
  for (const side of ["evaluated", "other"]) frames[side].replaceChildren();
  const size = fit(frames.evaluated, aspect(pair.evaluated, identity), room, height);
  place(frames.evaluated, entries.evaluated, pair.evaluated, identity, size, false);
  frames.evaluated.style.filter = view === "difference" ? `brightness(${1 + slider.value / 12.5})` : "";
  if (isStacked) {
    place(frames.evaluated, entries.other, pair.other, pair.warp, size, true);
    outline(frames.evaluated, view === "overlay" ? pair.warp : null);
    return;
  }
  const otherSize = fit(frames.other, aspect(pair.other, pair.turnMap), room, height);
  place(frames.other, entries.other, pair.other, pair.turn === "identity" ? identity : pair.turnMap, otherSize, true);
  outline(frames.evaluated, pair.warp);
  outline(frames.other, after(pair.turnMap, inverse(pair.warp)));
}

const name = (sample) => `${sample.split}${sample.label === undefined ? "" : `, label ${sample.label}`}`;

function captions() {
  const turn = pair.turn === "identity" ? "" : ` (shown ${turnWords(pair.turn)})`;
  const on = view === "side" ? "" : `\n${view === "flicker" ? "in turn with" : "under"} ${name(pair.other)}${turn}`;
  figures.evaluated.querySelector("figcaption").textContent = name(pair.evaluated) + on;
  figures.other.querySelector("figcaption").textContent = name(pair.other) + turn;
}

const turns = {
  mirror: "mirrored", turn180: "turned by 180°", flip: "mirrored top to bottom", transpose: "mirrored and turned by 270°",
  turn90: "turned by 90°", transverse: "mirrored and turned by 90°", turn270: "turned by 270°",
};
export const turnWords = (turn) => turns[turn] ?? "";

export const wantedSide = () => sideFor(Math.max(stage.clientWidth, window.innerHeight * 0.5) * Math.min(window.devicePixelRatio, 2) * 0.8);

// Shows a pair; resolves once both pictures are there, or cannot be.
export async function show(next) {
  pair = next;
  const side = wantedSide();
  entries = { evaluated: picture(pair.evaluated.sample, side), other: picture(pair.other.sample, side) };
  const shown = entries;
  layout();
  animate();
  await Promise.all([shown.evaluated.done, shown.other.done]);
  if (shown === entries) layout();
}

export const isReady = () => entries !== null && entries.evaluated.state !== "loading" && entries.other.state !== "loading";

export function swap() {
  frames.evaluated.querySelector(".over")?.classList.toggle("away");
}

function animate() {
  clearInterval(timer);
  // One change in half a second stays far from what can harm; none comes by itself where motion is not wanted.
  if (view === "flicker" && !still.matches) timer = setInterval(swap, 500);
}

export function pause() {
  clearInterval(timer);
}

export function setView(name) {
  view = name;
  for (const button of document.querySelectorAll("#views [data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  document.getElementById("slider-label").hidden = view !== "overlay" && view !== "difference";
  document.getElementById("slider-name").textContent = view === "difference" ? "Amplify" : "Other picture";
  document.getElementById("swap").hidden = view !== "flicker";
  slider.value = view === "difference" ? 0 : 50;
  layout();
  animate();
}

export const currentView = () => view;

export function toggleOutline() {
  showsOutline = !showsOutline;
  document.getElementById("outline").setAttribute("aria-pressed", String(showsOutline));
  layout();
}

slider.addEventListener("input", layout);
new ResizeObserver(layout).observe(stage);
