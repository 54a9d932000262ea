// A case that a person will answer: its number, and by when.

import { dayOf, el, range } from "../dom.js";
import { facts, leading, words } from "./parts.js";

const REASONS = { handoff: "转人工", complaint: "投诉建议", distress: "关怀跟进" };

export function card(data) {
  if (!data.ticket) return null;
  const due = data.reply_by ? `${dayOf(data.reply_by)} ${range(data.reply_by)}` : "";
  return {
    nodes: [
      el(
        "section",
        { class: "card booking", "aria-label": "人工受理单" },
        el("div", { class: "row" }, el("span", { class: "badge good" }, REASONS[data.reason] ?? "人工受理"), el("span", { class: "code" }, words(data.ticket))),
        facts([["最晚回复", due]]),
        leading(data.link, "在别的设备上查看"),
      ),
    ],
    used: [],
    needles: null, // the words of care come first here: all of the text stays
  };
}
