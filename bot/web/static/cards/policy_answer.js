// A policy answer: what it quotes, each with its source and whether that still holds.

import { el, safeUrl } from "../dom.js";
import { isObject, list, words } from "./parts.js";

// The badges of knowledge/sentences.py; a test compares them.
const VALIDITY = {
  in_force: ["good", "现行"],
  lapsed: ["bad", "已失效"],
  superseded: ["bad", "已被取代"],
  not_yet: ["open-question", "尚未施行"],
  passing: ["open-question", "阶段性"],
  unknown: ["open-question", "待核实"],
};

function validityOf(item) {
  const told = item.in_force === true ? "in_force" : item.in_force === false ? "lapsed" : "unknown";
  const state = VALIDITY[item.validity] ? item.validity : told;
  return state === "unknown" && item.occasion ? "passing" : state;
}

function forceBadge(item) {
  const [tone, name] = VALIDITY[validityOf(item)];
  return el("span", { class: `badge ${tone}` }, name);
}

// The way from a superseded document to the one that holds now.
function successor(item) {
  const id = words(item.superseded_by);
  if (!id) return null;
  const href = safeUrl(`/policies/${encodeURIComponent(id)}`, { sameOrigin: true });
  return el("a", { class: "open", href, target: "_blank", rel: "noopener" }, "看新的文件");
}

function citation(item) {
  const href = safeUrl(item.url);
  const source = [item.doc_no, item.issuer, item.issued_on].map(words).filter(Boolean).join(" · ");
  const section = words(item.section);
  return el(
    "article",
    { class: "card citation", "aria-label": `引用：${words(item.title)}` },
    item.quote && el("blockquote", {}, words(item.quote)),
    el("p", { class: "source" }, el("cite", {}, `《${words(item.title).replace(/^《|》$/g, "")}》`), section && ` ${section}`),
    el("p", { class: "meta" }, forceBadge(item), source && el("span", {}, source)),
    href &&
      el(
        "a",
        { class: "open", href, target: "_blank", rel: "noopener" },
        "看原文",
        el("span", { class: "visually-hidden" }, `《${words(item.title)}》（在新标签页打开）`),
      ),
    successor(item),
  );
}

export function card(data, owned) {
  const cited = list(data.citations).filter(isObject);
  // A button that would only send the card's own link into the chat is not needed beside it.
  const used = cited.filter((item) => item.url).flatMap((item) => owned("question", item.url));
  const needles = cited.flatMap((item) => words(item.quote).split("\n").map((part) => [part]));
  return { nodes: cited.map(citation), used, needles };
}
