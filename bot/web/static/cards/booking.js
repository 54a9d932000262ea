// A booking: its code, when and where, and what to bring.

import { dayOf, el, range } from "../dom.js";
import { facts, joined, leading, named, words } from "./parts.js";

const STATUSES = {
  held: ["已为您保留", "open-question"],
  confirmed: ["预约成功", "good"],
  cancelled: ["已取消", "bad"],
  checked_in: ["已签到", "good"],
  served: ["已办结", "good"],
  no_show: ["未到场", "bad"],
  waitlisted: ["候补中", "open-question"],
};

// The hall has announced since that it is closed then: nothing to be glad of.
const CLOSED = ["大厅停办，请改约", "bad"];

export function card(data, owned) {
  if (!data.code) return null;
  const stands = ["held", "confirmed"].includes(data.status);
  const [label, tone] = data.closed === true && stands ? CLOSED : (STATUSES[data.status] ?? [words(data.status), ""]);
  const bring = joined(data.bring);
  return {
    nodes: [
      el(
        "section",
        { class: "card booking", "aria-label": "预约凭证" },
        el("div", { class: "row" }, el("span", { class: `badge ${tone}` }, label), el("span", { class: "code" }, words(data.code))),
        facts([
          ["业务", named(data.business)],
          ["地点", [named(data.hall), named(data.window)].filter(Boolean).join(" ")],
          ["时间", `${dayOf(data.start)} ${range(data.start, data.end)}`.trim()],
          ["请携带", bring],
          ["代办", data.for_other === true && "替别人约的"],
        ]),
        leading(data.calendar, "加入日历"),
        leading(data.link, "在别的设备上查看、改约"),
      ),
    ],
    used: data.calendar ? owned("calendar", "yes") : [], // it would only send the card's link
    // What to bring stands on a line of its own; all else says more than the card does.
    needles: bring ? [[`请带上：${bring}`]] : null,
  };
}

// What its picture shows, for who cannot see it.
export function pictureWords(data) {
  return `预约码 ${words(data.code)} 的二维码，到大厅后出示`;
}
