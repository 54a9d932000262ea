// What several kinds of cards are made of.

import { el, safeUrl } from "../dom.js";

export const list = (value) => (Array.isArray(value) ? value : []);
export const words = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
export const joined = (values) => list(values).map(words).filter(Boolean).join("、");

export function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

// The name of a hall, a window or a business, given whole or by its name.
export const named = (value) => (isObject(value) ? words(value.name ?? value.title ?? value.text) : words(value));

export function facts(pairs) {
  const shown = pairs.filter(([, value]) => value);
  if (shown.length === 0) return null;
  return el("dl", { class: "facts" }, shown.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

// A page of ours that goes with a reply: a calendar file, the halls' page.
export function leading(path, title) {
  const href = safeUrl(path, { sameOrigin: true });
  return href && el("a", { class: "open", href, target: "_blank", rel: "noopener" }, title);
}
