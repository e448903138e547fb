// What is said about pairs and progress. Texts go into the page as texts, never as markup.

import { turnWords } from "./stage.js";

const byID = (id) => document.getElementById(id);
const count = (number) => number.toLocaleString("en");
const plural = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;
export const pairs = (number) => plural(number, "pair", "pairs");

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function copyButton(text, what, say) {
  const button = element("button", "Copy");
  button.type = "button";
  button.setAttribute("aria-label", `Copy ${what}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      say(`Copied ${what}`);
    } catch {
      say("The browser did not allow copying");
    }
  });
  return button;
}

export function describe(pair, session, say) {
  const facts = [
    ["Score", `${pair.score}, ${pair.isReported ? "a finding from" : pair.isInDoubt ? "in doubt, below" : "below"} ${session.threshold}${pair.isReported ? " on" : ""}`],
    ["Found by", pair.how],
  ];
  if (pair.turn !== "identity") facts.push(["Other picture", `shown ${turnWords(pair.turn)}`]);
  if (pair.hasTwoLabels) facts.push(["Labels", "two labels: one of them is wrong if this is one picture"]);
  byID("facts").replaceChildren(...facts.map(([name, text]) => {
    const box = element("div");
    box.append(element("dt", name), element("dd", text));
    return box;
  }));
  const finding = element("div");
  const digits = element("dd");
  digits.append(element("code", pair.finding.slice(0, 12)), copyButton(pair.finding, "the finding's id", say));
  finding.append(element("dt", "Finding"), digits);
  byID("facts").append(finding);
  const rows = [
    ["path", (side) => side.shown, (side) => side.path],
    ["split", (side) => side.split], ["label", (side) => side.label], ["group", (side) => side.group],
    ["size", (side) => `${side.width} x ${side.height}`],
  ];
  byID("samples").querySelector("tbody").replaceChildren(...rows
    .filter(([, text]) => [pair.evaluated, pair.other].some((side) => text(side) !== undefined))
    .map(([name, text, copied]) => {
      const row = element("tr");
      const heading = element("th", name);
      heading.scope = "row";
      row.append(heading);
      for (const [side, words] of [[pair.evaluated, "the evaluated image"], [pair.other, "the other image"]]) {
        const cell = element("td");
        if (copied) {
          cell.append(element("code", text(side)), copyButton(copied(side), `the path of ${words}`, say));
        } else {
          cell.textContent = text(side) ?? "";
        }
        row.append(cell);
      }
      return row;
    }));
  decided(pair);
}

export function decided(pair) {
  const line = byID("decided");
  const decision = pair.decision;
  byID("clear").hidden = !decision;
  if (!decision) {
    line.replaceChildren(pair.isOutdated ? "Not decided yet: what was decided was about other files in their place." : "Not decided yet.");
    return;
  }
  const by = decision.by === undefined ? "" : ` by ${decision.by}`;
  const why = decision.reason === undefined ? "" : `: ${decision.reason}`;
  line.replaceChildren("Decided: ", element("strong", decision.judgement, `is-${decision.judgement}`), `${by}, ${decision.at}${why}`);
}

const share = (number) => `${(100 * number).toFixed(1)} %`;

function measure(heading, band, whatIsSame, isSampling) {
  const { all, sample, nextSample } = band;
  if (all.total === 0) return [];
  const looked = all.same + all.different + all.unsure;
  const line = element("p");
  line.append(element("strong", `${heading}: `), `${count(looked)} of ${pairs(all.total)} looked at`);
  if (looked > 0) line.append(`: ${count(all.same)} same, ${count(all.different)} different, ${count(all.unsure)} unsure. `);
  else line.append(". ");
  const judged = all.same + all.different;
  if (judged > 0) {
    line.append(`Of the ${count(judged)} told, ${share(all.same / judged)} are ${whatIsSame}`
      + ` (95 % interval ${share(all.low)} to ${share(all.high)}). `);
    if (looked < all.total) line.append("They come in the order that was chosen and are no random sample: this says nothing of the others. ");
  }
  if (sample && sample.total < all.total) {
    const told = sample.same + sample.different;
    line.append(element("strong", "Estimate for all: "), told === 0
      ? `none of the random sample of ${count(sample.total)} could be told. `
      : `of the random sample of ${count(sample.total)}, ${count(told)} told, ${share(sample.same / told)} are ${whatIsSame}`
        + ` (95 % interval ${share(sample.low)} to ${share(sample.high)}). `);
  }
  if (nextSample) {
    line.append(`Random sample of ${count(nextSample.size)}: ${count(nextSample.decided)} decided`
      + `${isSampling ? "" : " (order: random, for measuring)"}.`);
  }
  return [line];
}

export function progress(state, session, isSampling) {
  byID("measures").replaceChildren(
    ...measure(`Findings (score ${session.threshold} or more)`, state.reported, "one picture: the precision", isSampling),
    ...measure(`Below the threshold (${session.leastScore} or more)`, state.below, "one picture: leaks that were missed", isSampling));
}

export function notes(session) {
  const lines = [];
  if (session.equalPairs > 0) lines.push(`${pairs(session.equalPairs)} of equal files or pixels need no eyes and are not asked.`);
  if (session.unlisted > 0) lines.push(`${pairs(session.unlisted)} more are counted by the scan and not listed: one image has too many.`);
  lines.push(`Decisions go to ${session.file}${session.reviewer === undefined ? "" : ` as ${session.reviewer}`}.`);
  byID("notes").textContent = lines.join(" ");
}
