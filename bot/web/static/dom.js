// Building elements. Text goes in as text nodes only: nothing from outside is ever parsed.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

// The fields of a button's payload, "/intent{…}"; none when it has none.
export function values(payload) {
  const brace = payload.indexOf("{");
  if (brace < 0) return {};
  try {
    return JSON.parse(payload.slice(brace)) ?? {};
  } catch {
    return {};
  }
}

// Only addresses of the web are followed: never javascript:, data: or the like.
export function safeUrl(value, { sameOrigin = false } = {}) {
  if (typeof value !== "string" || value === "") return null;
  let url;
  try {
    url = new URL(value, location.origin);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  if (sameOrigin && url.origin !== location.origin) return null;
  return url.href;
}

const ADDRESS = /(?:https?:\/\/|(?<![\w/])\/(?:policies|bookings|halls)\b)[^\s<>"'「」『』（）()，。；、！？]*/g;

// A message's text, with plain web addresses made into links.
export function prose(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const href = safeUrl(found[0]);
    if (!href) continue;
    parts.push(text.slice(at, found.index));
    parts.push(el("a", { href, target: "_blank", rel: "noopener noreferrer" }, found[0]));
    at = found.index + found[0].length;
  }
  parts.push(text.slice(at));
  return el("p", { class: "prose" }, parts.filter((part) => part !== ""));
}

const ZONE = "Asia/Shanghai";

function formatter(options) {
  return new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, ...options });
}

const clock = formatter({ hour: "2-digit", minute: "2-digit", hour12: false });
const day = formatter({ month: "numeric", day: "numeric", weekday: "short" });
const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });

function moment(value) {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

export function timeOf(value) {
  const date = moment(value);
  return date ? clock.format(date) : "";
}

export function dayOf(value) {
  const date = moment(value);
  if (!date) return "";
  const text = day.format(date).replace(/(\S)(周|星期)/, "$1 $2");
  const days = Math.round((Date.parse(dayKey.format(date)) - Date.parse(dayKey.format(new Date()))) / 864e5);
  const near = { 0: "今天", 1: "明天", 2: "后天" }[days];
  return near ? `${near} ${text}` : text;
}

export function isToday(value) {
  const date = moment(value);
  return date !== null && dayKey.format(date) === dayKey.format(new Date());
}

export function range(start, end) {
  const from = timeOf(start);
  const to = timeOf(end);
  return to ? `${from}–${to}` : from;
}
