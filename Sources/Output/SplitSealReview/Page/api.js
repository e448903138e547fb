// Requests to the program. What goes wrong comes back as an error with a sentence for people.

const folder = document.body.dataset.folder;

export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function answer(request) {
  let response;
  try {
    response = await request();
  } catch {
    throw new Refused("The program does not answer. It may have ended: nothing more is saved until it runs again.", 0);
  }
  let document = null;
  try {
    document = await response.json();
  } catch {
    // Cut off, or not ours.
  }
  if (!response.ok || document === null) {
    throw new Refused(document?.error ?? "the program's answer cannot be read", response.status);
  }
  return document;
}

export const get = (path) => answer(() => fetch(folder + path, { cache: "no-store" }));

export const post = (path, body) => answer(() => fetch(folder + path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
}));

export const pictureAddress = (sample, side) => `${folder}picture/${sample}?side=${side}`;
