// How full a hall is: the text says it, the card leads to all halls.

import { el } from "../dom.js";
import { leading, named } from "./parts.js";

export function card(data) {
  const link = leading(data.page, "看各大厅人流");
  return link ? { nodes: [el("p", { class: "leading" }, link)], used: [], needles: null } : null;
}

// What its picture shows, for who cannot see it.
export function pictureWords(data) {
  return `${named(data.hall)}接下来几个工作日每半小时预计人数的图`;
}
