// What a trade pays: the middle half as a bar, the median as a line in it, the figures beside it.

import { el } from "../dom.js";
import { facts, words } from "./parts.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 320;
const MARGIN = 28;

const yuan = (value) => `${value.toLocaleString("zh-CN")} 元`;

function shape(tag, attributes, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  if (text) node.textContent = text;
  return node;
}

// The axis begins below the first quartile by as much as the bar is long, so that narrow and wide
// ranges look it; it is no scale from nought, and the figures stand at their marks.
function chart({ q1, median, q3 }, label) {
  const room = Math.max(q3 - q1, q3 * 0.1);
  const from = Math.max(0, q1 - room / 2);
  const to = q3 + room / 2;
  const x = (pay) => Math.round(MARGIN + ((pay - from) / (to - from)) * (WIDTH - 2 * MARGIN));
  const picture = shape("svg", { class: "wage-chart", viewBox: `0 0 ${WIDTH} 76`, role: "img", "aria-label": label });
  picture.append(
    shape("line", { class: "axis", x1: MARGIN, x2: WIDTH - MARGIN, y1: 42, y2: 42 }),
    shape("rect", { class: "half", x: x(q1), y: 30, width: Math.max(x(q3) - x(q1), 2), height: 24, rx: 5 }),
    shape("line", { class: "median", x1: x(median), x2: x(median), y1: 24, y2: 60 }),
    shape("text", { x: x(median), y: 16, "text-anchor": "middle", class: "strong" }, median.toLocaleString("zh-CN")),
    shape("text", { x: Math.min(x(q1), x(q3) - 52), y: 72, "text-anchor": "middle" }, q1.toLocaleString("zh-CN")),
    shape("text", { x: Math.max(x(q3), x(q1) + 52), y: 72, "text-anchor": "middle" }, q3.toLocaleString("zh-CN")),
  );
  return picture;
}

export function card(data) {
  const figures = [data.q1, data.median, data.q3];
  if (!figures.every((value) => Number.isFinite(value) && value > 0)) return null;
  const published = data.source === "published";
  const counted = Number.isFinite(data.n) ? `${data.n} 条` : "";
  const basis = published ? `${words(data.period)}公布的价位` : `${words(data.period)} 在招岗位写明的工资`;
  const title = `${words(data.city)} ${words(data.trade)}`;
  const [low, middle, high] = figures.map(yuan);
  const label = `${title}每月工资：一半在 ${low}到 ${high}之间，中间数 ${middle}`;
  const body = el(
    "section",
    { class: "card wage", "aria-label": `${title}的工资` },
    el("h3", {}, title),
    el("p", { class: "meta" }, [basis, counted].filter(Boolean).join(" · ")),
    chart(data, label),
    facts([
      ["四分之一低于", low],
      ["中间数", middle],
      ["四分之一高于", high],
    ]),
  );
  // The line of the text that says the same by the month; by the year or the day it stays.
  return { nodes: [body], used: [], needles: [figures.map(String)] };
}
