// An application for a posting: its number, and how it stands.

import { el } from "../dom.js";
import { words } from "./parts.js";

const STATUSES = {
  submitted: ["已报名", "good"],
  handed: ["已转交单位", "good"],
  invited: ["约面试", "good"],
  hired: ["已录用", "good"],
  declined: ["未录用", "bad"],
  withdrawn: ["已撤回", "bad"],
};

export function card(data) {
  if (!data.id) return null;
  const [title, tone] = STATUSES[data.status] ?? ["报名", "good"];
  const head = el("div", { class: "row" }, el("span", { class: `badge ${tone}` }, title), el("span", { class: "code" }, words(data.id)));
  return { nodes: [el("section", { class: "card booking", "aria-label": "报名" }, head)], used: [], needles: null };
}
