// Structured replies as cards. A kind not known here, or data that is not as expected,
// leaves the reply's text to speak for itself.

import { dayOf, el, range, safeUrl } from "./dom.js";

const list = (value) => (Array.isArray(value) ? value : []);
const words = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const joined = (values) => list(values).map(words).filter(Boolean).join("、");

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function facts(pairs) {
  const shown = pairs.filter(([, value]) => value);
  if (shown.length === 0) return null;
  return el("dl", { class: "facts" }, shown.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

// ---- policy ---------------------------------------------------------------------------

const STANDINGS = {
  in_force: ["good", "现行"],
  lapsed: ["bad", "已失效"],
  superseded: ["bad", "已被取代"],
  not_yet: ["open-question", "尚未施行"],
  passing: ["open-question", "阶段性"],
  unknown: ["open-question", "时效待核实"],
};

function standingOf(item) {
  const told = item.in_force === true ? "in_force" : item.in_force === false ? "lapsed" : "unknown";
  const state = STANDINGS[item.validity] ? item.validity : told;
  return state === "unknown" && item.occasion ? "passing" : state;
}

function forceBadge(item) {
  const [tone, name] = STANDINGS[standingOf(item)];
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

function policyAnswer(data, owned) {
  const cited = list(data.citations).filter(isObject);
  // A button that would only send the card's own link into the chat is not needed beside it.
  const used = cited.filter((item) => item.url).flatMap((item) => owned("question", item.url));
  const needles = cited.flatMap((item) => words(item.quote).split("\n").map((part) => [part]));
  return { nodes: cited.map(citation), used, needles };
}

// ---- jobs -----------------------------------------------------------------------------

function pay(job) {
  const { salary_min: low, salary_max: high } = job;
  const number = (value) => value.toLocaleString("zh-CN");
  if (Number.isFinite(low) && Number.isFinite(high)) {
    return low === high ? `${number(low)} 元/月` : `${number(low)}–${number(high)} 元/月`;
  }
  if (Number.isFinite(low)) return `${number(low)} 元/月起`;
  if (Number.isFinite(high)) return `最高 ${number(high)} 元/月`;
  return "薪资面议";
}

function jobCard(job, buttons) {
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

function jobList(data, owned) {
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

// ---- windows --------------------------------------------------------------------------

function crowd(slot) {
  const { expected_people: people, capacity } = slot;
  if (!Number.isFinite(people)) return null;
  const share = Number.isFinite(capacity) && capacity > 0 ? people / capacity : null;
  const level = share === null ? "" : share < 0.5 ? "较空" : share < 0.85 ? "适中" : "较满";
  const counted = `预计 ${Math.round(people)} 人${Number.isFinite(capacity) ? `／可容 ${capacity} 人` : ""}`;
  const text = words(slot.reason) || counted; // the service's own words say the same numbers
  return el(
    "p",
    { class: "crowd" },
    share !== null && el("meter", { min: 0, max: 1, low: 0.5, high: 0.85, optimum: 0, value: Math.min(share, 1), "aria-hidden": "true" }),
    el("span", {}, level ? `${level}，${text}` : text),
  );
}

function slotCard(slot, buttons) {
  return el(
    "li",
    { class: "card slot" },
    el("div", { class: "row" }, el("h3", {}, dayOf(slot.start)), el("span", { class: "pay" }, range(slot.start, slot.end))),
    crowd(slot) ?? (words(slot.reason) && el("p", { class: "meta" }, words(slot.reason))),
    el("div", { class: "choices" }, buttons),
  );
}

// Times are shown where they can be taken: a first answer names them only in its data, for it
// asks whether the visit is needed at all, and its text says how to do without.
function slotList(data, owned) {
  const offered = list(data.slots)
    .filter(isObject)
    .map((slot) => [slot, owned("slot_id", slot.id)])
    .filter(([, own]) => own.length > 0);
  if (offered.length === 0) return null;
  const slots = offered.map(([slot]) => slot);
  return {
    nodes: [el("ul", { class: "cards", "aria-label": "可约时段" }, offered.map(([slot, own]) => slotCard(slot, own)))],
    used: offered.flatMap(([, own]) => own),
    needles: [
      ...slots.map((slot) => [range(slot.start, slot.end)]),
      ...slots.map((slot) => [range(slot.start), words(slot.reason)]),
    ],
  };
}

const named = (value) => (isObject(value) ? words(value.name ?? value.title ?? value.text) : words(value));

const BOOKING = {
  held: ["已为您保留", "open-question"],
  confirmed: ["预约成功", "good"],
  cancelled: ["已取消", "bad"],
  checked_in: ["已签到", "good"],
  served: ["已办结", "good"],
  no_show: ["未到场", "bad"],
  waitlisted: ["候补中", "open-question"],
};

function booking(data, owned) {
  if (!data.code) return null;
  const [label, tone] = BOOKING[data.status] ?? [words(data.status), ""];
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
        ]),
        leading(data.calendar, "加入日历"),
      ),
    ],
    used: data.calendar ? owned("calendar", "yes") : [], // it would only send the card's link
    // What to bring stands on a line of its own; all else says more than the card does.
    needles: bring ? [[`请带上：${bring}`]] : null,
  };
}

// A page of ours that goes with a reply: a calendar file, the halls' page.
function leading(path, title) {
  const href = safeUrl(path, { sameOrigin: true });
  return href && el("a", { class: "open", href, target: "_blank", rel: "noopener" }, title);
}

function crowdNow(data) {
  const link = leading(data.page, "看各大厅人流");
  return link ? { nodes: [el("p", { class: "leading" }, link)], used: [], needles: null } : null;
}

// What a picture shows, for who cannot see it.
export function pictureWords(data) {
  if (data?.kind === "booking") return `预约码 ${words(data.code)} 的二维码，到大厅后出示`;
  if (data?.kind === "crowd") return `${named(data.hall)}接下来几个工作日每半小时预计人数的图`;
  return "图片回复";
}

// ---- people ---------------------------------------------------------------------------

const REASONS = { handoff: "转人工", complaint: "投诉建议", distress: "关怀跟进" };

function staffCase(data) {
  if (!data.ticket) return null;
  const due = data.reply_by ? `${dayOf(data.reply_by)} ${range(data.reply_by)}` : "";
  return {
    nodes: [
      el(
        "section",
        { class: "card booking", "aria-label": "人工受理单" },
        el("div", { class: "row" }, el("span", { class: "badge good" }, REASONS[data.reason] ?? "人工受理"), el("span", { class: "code" }, words(data.ticket))),
        facts([["最晚回复", due]]),
      ),
    ],
    used: [],
    needles: null, // the words of care come first here: all of the text stays
  };
}

function job(data, owned) {
  const item = isObject(data.job) ? data.job : data;
  if (!item.title) return null;
  const own = owned("posting_id", item.id);
  return { nodes: [el("ul", { class: "cards" }, jobCard(item, own))], used: own, needles: null };
}

const KINDS = {
  policy_answer: policyAnswer,
  job_list: jobList,
  job,
  slot_list: slotList,
  booking,
  crowd: crowdNow,
  staff_case: staffCase,
};

// The cards of a reply: {nodes, used, needles}, or null where its text must do.
// `owned(key, value)` gives the reply's buttons whose payload carries key = value; those a
// card took are in `used`. `needles` tell which lines of the text the cards show already.
export function cards(data, owned) {
  if (!isObject(data)) return null;
  const render = Object.hasOwn(KINDS, data.kind) ? KINDS[data.kind] : null;
  const made = render ? render(data, owned) : null;
  return made && made.nodes.length > 0 ? made : null;
}

// The part of a reply's text that its cards do not already show. A line is left out when it
// holds all parts of one needle, or continues such a line (indented, or a source's dash).
export function remainder(text, needles) {
  const wanted = (needles ?? []).map((parts) => parts.map(solid).filter(Boolean)).filter((parts) => parts.length > 0);
  let dropping = false;
  const kept = text.split("\n").filter((line) => {
    dropping = wanted.some((parts) => covers(solid(line), parts)) || (dropping && /^(?:\s{2,}|——)\S/.test(line));
    return !dropping;
  });
  return kept.join("\n").trim();
}

const solid = (value) => value.replace(/\s+/g, "");

function covers(line, parts) {
  return parts.every((part) => line.includes(part));
}
