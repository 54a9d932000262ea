// Postings that were found, each with its own buttons.

import { el } from "../dom.js";
import { jobCard } from "./job.js";
import { isObject, list, words } from "./parts.js";

export function card(data, owned) {
  const jobs = list(data.jobs).filter(isObject);
  const used = [];
  const cards = jobs.map((job) => {
    const own = owned("posting_id", job.id);
    used.push(...own);
    return jobCard(job, own);
  });
  if (cards.length === 0) return null;
  return { nodes: [el("ul", { class: "cards", "aria-label": "岗位列表" }, cards)], used, needles: jobs.map((item) => [words(item.title), words(item.employer)]) };
}
