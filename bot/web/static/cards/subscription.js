// Wishes whose new postings are told of: one that was begun or ended, or all of somebody's.

import { el } from "../dom.js";
import { isObject, list, words } from "./parts.js";

function row(one) {
  const [title, tone] = one.active ? ["留意中", "good"] : ["已退订", "bad"];
  return el("div", { class: "row" }, el("span", {}, words(one.wish)), el("span", { class: `badge ${tone}` }, title));
}

export function card(data) {
  const all = data.wish ? [data] : list(data.subscriptions).filter(isObject);
  if (all.length === 0) return null;
  return { nodes: [el("section", { class: "card booking", "aria-label": "新岗位订阅" }, all.map(row))], used: [], needles: null };
}
