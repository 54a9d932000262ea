// One posting.

import { el } from "../dom.js";
import { isObject, joined, list, words } from "./parts.js";

function pay(job) {
  if (words(job.gig_pay)) return words(job.gig_pay);
  const { salary_min: low, salary_max: high } = job;
  const number = (value) => value.toLocaleString("zh-CN");
  if (Number.isFinite(low) && Number.isFinite(high)) {
    return low === high ? `${number(low)} 元/月` : `${number(low)}–${number(high)} 元/月`;
  }
  if (Number.isFinite(low)) return `${number(low)} 元/月起`;
  if (Number.isFinite(high)) return `最高 ${number(high)} 元/月`;
  return "薪资面议";
}

export function jobCard(job, buttons) {
  const place = [job.city, job.district].map(words).filter(Boolean).join(" ");
  const unknown = joined(job.unknown);
  return el(
    "li",
    { class: "card job" },
    el("div", { class: "row" }, el("h3", {}, words(job.title)), el("span", { class: "pay" }, pay(job))),
    el("p", { class: "meta" }, [words(job.employer), place].filter(Boolean).join(" · ")),
    list(job.reasons).length > 0 &&
      el("ul", { class: "chips" }, list(job.reasons).map(words).filter(Boolean).map((reason) => el("li", {}, reason))),
    unknown && el("p", { class: "unknown" }, `未写明：${unknown}`),
    buttons.length > 0 && el("div", { class: "choices" }, buttons),
  );
}

export function card(data, owned) {
  const item = isObject(data.job) ? data.job : data;
  if (!item.title) return null;
  const own = owned("posting_id", item.id);
  return { nodes: [el("ul", { class: "cards" }, jobCard(item, own))], used: own, needles: null };
}
