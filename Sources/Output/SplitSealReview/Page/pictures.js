// Pictures, kept for as long as they may be shown again: the same element serves the list ahead and the stage.

import { pictureAddress } from "./api.js";

const most = 48;
const kept = new Map();

// As many pixels as the widest view shows, in few steps, so that one picture is not fetched in many sizes.
export function sideFor(pixels) {
  return [256, 512, 1024, 2048].find((side) => side >= pixels) ?? 2048;
}

// The picture of a sample: an image element, and a promise of whether it can be shown.
export function picture(sample, side) {
  const key = `${sample}/${side}`;
  let entry = kept.get(key);
  if (entry) {
    kept.delete(key);
  } else {
    const image = new Image();
    image.decoding = "async";
    image.draggable = false;
    entry = { image, state: "loading" };
    entry.done = new Promise((resolve) => {
      image.onload = () => image.decode().catch(() => {}).then(() => { entry.state = "shown"; resolve(true); });
      image.onerror = () => { entry.state = "missing"; kept.delete(key); resolve(false); };
    });
    image.src = pictureAddress(sample, side);
  }
  kept.set(key, entry);
  for (const [oldKey, old] of kept) {
    if (kept.size <= most) break;
    if (!old.image.isConnected) kept.delete(oldKey);
  }
  return entry;
}
