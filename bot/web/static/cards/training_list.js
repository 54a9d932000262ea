// Courses that were found, each with its own buttons.

import { dayOf, el } from "../dom.js";
import { isObject, list, words } from "./parts.js";

function fee(course) {
  if (course.fee === 0) return "免费";
  return Number.isFinite(course.fee) ? `${course.fee.toLocaleString("zh-CN")} 元` : "学费问机构";
}

function courseCard(course, buttons) {
  const seats = Number.isFinite(course.seats_left) ? (course.seats_left > 0 ? `余 ${course.seats_left} 位` : "已满") : "";
  const begins = words(course.starts_on) ? `${dayOf(course.starts_on)} 开班` : "随到随学";
  return el(
    "li",
    { class: "card job" },
    el("div", { class: "row" }, el("h3", {}, words(course.title)), el("span", { class: "pay" }, fee(course))),
    el("p", { class: "meta" }, [words(course.provider), words(course.city)].filter(Boolean).join(" · ")),
    el(
      "ul",
      { class: "chips" },
      [begins, seats, course.subsidised === true && "可领培训补贴"].filter(Boolean).map((chip) => el("li", {}, chip)),
    ),
    buttons.length > 0 && el("div", { class: "choices" }, buttons),
  );
}

export function card(data, owned) {
  const courses = list(data.courses).filter(isObject);
  const used = [];
  const cards = courses.map((course) => {
    const own = owned("course", course.id);
    used.push(...own);
    return courseCard(course, own);
  });
  if (cards.length === 0) return null;
  const needles = courses.map((one) => [words(one.title), words(one.provider)]);
  return { nodes: [el("ul", { class: "cards", "aria-label": "培训列表" }, cards)], used, needles };
}
