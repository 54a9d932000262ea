// Times that can be taken, each with how full the hall will be.

import { dayOf, el, range } from "../dom.js";
import { isObject, list, words } from "./parts.js";

function crowd(slot) {
  const { expected_people: people, capacity } = slot;
  if (!Number.isFinite(people)) return null;
  const share = Number.isFinite(capacity) && capacity > 0 ? people / capacity : null;
  const level = share === null ? "" : share < 0.5 ? "较空" : share < 0.85 ? "适中" : "较满";
  const counted = `预计 ${Math.round(people)} 人${Number.isFinite(capacity) ? `／可容 ${capacity} 人` : ""}`;
  const text = words(slot.reason) || counted; // the service's own words say the same numbers
  return el(
    "p",
    { class: "crowd" },
    share !== null && el("meter", { min: 0, max: 1, low: 0.5, high: 0.85, optimum: 0, value: Math.min(share, 1), "aria-hidden": "true" }),
    el("span", {}, level ? `${level}，${text}` : text),
  );
}

function slotCard(slot, buttons) {
  return el(
    "li",
    { class: "card slot" },
    el("div", { class: "row" }, el("h3", {}, dayOf(slot.start)), el("span", { class: "pay" }, range(slot.start, slot.end))),
    crowd(slot) ?? (words(slot.reason) && el("p", { class: "meta" }, words(slot.reason))),
    el("div", { class: "choices" }, buttons),
  );
}

// Times are shown where they can be taken: a first answer names them only in its data, for it
// asks whether the visit is needed at all, and its text says how to do without.
export function card(data, owned) {
  const offered = list(data.slots)
    .filter(isObject)
    .map((slot) => [slot, owned("slot_id", slot.id)])
    .filter(([, own]) => own.length > 0);
  if (offered.length === 0) return null;
  const slots = offered.map(([slot]) => slot);
  return {
    nodes: [el("ul", { class: "cards", "aria-label": "可约时段" }, offered.map(([slot, own]) => slotCard(slot, own)))],
    used: offered.flatMap(([, own]) => own),
    needles: [
      ...slots.map((slot) => [range(slot.start, slot.end)]),
      ...slots.map((slot) => [range(slot.start), words(slot.reason)]),
    ],
  };
}
