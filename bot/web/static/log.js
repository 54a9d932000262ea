// The conversation as it stands on the page. Each message appears once, whatever way and
// however often it arrives: a person's by its message_id, a reply by its id.

import { cards, pictureWords, remainder } from "./cards.js";
import { dayOf, el, isToday, prose, safeUrl, timeOf, values } from "./dom.js";
import { THANKS, isJudgement, isPress, judgementRow, thank } from "./helpful.js";

const NAMES = { user: "您", bot: "职达", notice: "职达", staff: "人工客服" };
const NEAR_BOTTOM = 140;

export class Log {
  constructor(root, { onChoice, onRetry, onMore }) {
    this.root = root;
    this.list = root.querySelector("[data-messages]");
    this.onChoice = onChoice;
    this.onRetry = onRetry;
    this.onMore = onMore;
    this.shown = new Map();
    this.lastDay = "";
    root.addEventListener("scroll", () => this.onMore(!this.nearBottom() && this.unseen), { passive: true });
    this.unseen = false;
  }

  clear() {
    this.list.replaceChildren();
    this.shown.clear();
    this.lastDay = "";
    this.unseen = false;
    this.onMore(false);
  }

  has(key) {
    return this.shown.has(key);
  }

  get empty() {
    return this.list.querySelector("[data-reply], .from-user") === null;
  }

  // Take everything off the page and give it back as [key, node] pairs, for `putBack`.
  detach() {
    const held = [...this.shown];
    this.clear();
    return held;
  }

  putBack(held) {
    for (const [key, node] of held) if (node && !this.has(key)) this.place(key, node);
  }

  addUser(message) {
    const key = `user:${message.message_id}`;
    if (this.has(key)) return;
    const node = el(
      "article",
      { class: "message from-user" },
      el("div", { class: "bubble" }, this.speaker("user"), prose(message.text)),
      el("div", { class: "state" }, this.stamp(message.at)),
    );
    node.hidden = isPress(this.list, message.text);
    this.place(key, node, message.at);
  }

  // Returns whether the reply was new.
  addReply(reply) {
    const key = `reply:${reply.id}`;
    if (this.has(key)) return false;
    const author = NAMES[reply.author] ? reply.author : "bot";
    const later = this.laterReply(reply.id);
    if (author === "notice" && later) {
      this.shown.set(key, null); // the answer it announces is here already
      return false;
    }
    if (author !== "notice") this.dropNotices();
    if (reply.data?.kind === THANKS && thank(this.list, reply.text, this.choices(reply))) {
      this.shown.set(key, null);
      return true;
    }
    // Not the thanks after all: then what was pressed was said.
    this.list.querySelectorAll(".from-user[hidden]").forEach((said) => (said.hidden = false));
    const node = el(
      "article",
      { class: `message from-${author}` },
      this.speaker(author, reply.staff_name),
      this.body(reply),
      el("div", { class: "state" }, this.stamp(reply.at)),
    );
    node.dataset.reply = String(reply.id);
    this.place(key, node, reply.at, later);
    return true;
  }

  // What is said on the page alone, without the server (a hint, never an answer).
  addHint(text, choices) {
    const node = el(
      "article",
      { class: "message from-bot" },
      this.speaker("bot"),
      el("div", { class: "bubble" }, prose(text), this.choiceRow(choices)),
    );
    this.place(`hint:${this.shown.size}`, node);
  }

  // state: "sending" | "retrying" | "paced" | "sent" | "waiting" | "refused"
  setState(messageId, state, detail = "") {
    const line = this.shown.get(`user:${messageId}`)?.querySelector(".state");
    if (!line) return;
    line.parentElement.dataset.state = state;
    line.querySelectorAll(".word").forEach((old) => old.remove());
    if (state === "retrying") {
      const now = el("button", { type: "button", class: "link" }, "立即重试");
      now.addEventListener("click", this.onRetry);
      line.append(el("span", { class: "word" }, "未送达，正在重试 ", now));
    } else if (state === "paced") {
      line.append(el("span", { class: "word" }, "您发得有点快，稍后自动发送，不用重发"));
    } else if (state === "waiting") {
      line.append(el("span", { class: "word" }, "已送达，等待人工客服回复"));
    } else if (state === "refused") {
      line.append(el("span", { class: "word" }, detail || "这条消息没能发送，请修改后再试。"));
    }
  }

  clearWaiting() {
    this.list.querySelectorAll('[data-state="waiting"]').forEach((node) => {
      delete node.dataset.state;
      node.querySelectorAll(".word").forEach((word) => word.remove());
    });
  }

  dropNotices() {
    // They stay known by their key: a notice must not come back by another way.
    this.list.querySelectorAll(".from-notice").forEach((node) => node.remove());
  }

  nearBottom() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < NEAR_BOTTOM;
  }

  toBottom() {
    this.unseen = false;
    this.onMore(false);
    this.root.scrollTop = this.root.scrollHeight;
  }

  // Bring what is new into view without pushing the question that led to it off the top.
  reveal(wasNear) {
    if (!wasNear) {
      this.unseen = true;
      this.onMore(true);
      return;
    }
    const asked = [...this.list.querySelectorAll(".from-user")].at(-1);
    const bottom = this.root.scrollHeight - this.root.clientHeight;
    const limit = asked ? asked.offsetTop - this.root.offsetTop - 12 : bottom;
    this.root.scrollTop = Math.max(0, Math.min(bottom, limit));
  }

  // ---- parts --------------------------------------------------------------------------

  place(key, node, at, before = null) {
    this.shown.set(key, node);
    if (before) {
      before.before(node);
      return;
    }
    const day = at ? dayOf(at) : "";
    if (day && day !== this.lastDay) {
      // The first day of a fresh conversation is today: no need to say so.
      if (this.lastDay || !isToday(at)) this.list.append(el("p", { class: "day" }, day));
      this.lastDay = day;
    }
    this.list.append(node);
  }

  laterReply(id) {
    const replies = [...this.list.querySelectorAll("[data-reply]")];
    return replies.find((node) => Number(node.dataset.reply) > id) ?? null;
  }

  speaker(author, name) {
    const who = author === "staff" && name ? `${NAMES.staff} ${name}` : NAMES[author];
    return el("span", { class: author === "staff" ? "speaker" : "visually-hidden" }, `${who}：`);
  }

  stamp(at) {
    const text = at ? timeOf(at) : "";
    return text ? el("time", { datetime: at }, text) : null;
  }

  body(reply) {
    const buttons = buttonsOf(reply);
    const made = new Map(buttons.map((button) => [button, this.choice(button)]));
    const owned = (key, value) =>
      buttons.filter((button) => carries(button.payload, key, value)).map((button) => made.get(button));
    const card = cards(reply.data, owned);
    const text = typeof reply.text === "string" ? reply.text : "";
    const rest = card ? remainder(text, card.needles) : text;
    const used = new Set(card?.used ?? []);
    const judging = buttons.filter((button) => isJudgement(button.payload)).map((button) => made.get(button));
    const left = [...made.values()].filter((node) => !used.has(node) && !judging.includes(node));
    const image = safeUrl(reply.image, { sameOrigin: true });
    return el(
      "div",
      { class: card ? "bubble with-cards" : "bubble" },
      rest && prose(rest),
      card?.nodes,
      image && el("img", { src: image, alt: pictureWords(reply.data), loading: "lazy" }),
      left.length > 0 && el("div", { class: "choices" }, left),
      judging.length > 0 && judgementRow(judging),
    );
  }

  choices(reply) {
    return buttonsOf(reply).map((button) => this.choice(button));
  }

  choiceRow(choices) {
    return el("div", { class: "choices" }, choices.map((choice) => this.choice(choice)));
  }

  choice(button) {
    const page = readingPage(button.payload);
    if (page) return el("a", { class: "choice", href: page, target: "_blank", rel: "noopener" }, button.title);
    const node = el("button", { type: "button", class: "choice" }, button.title);
    node.addEventListener("click", () => {
      // aria-disabled in place of disabled: the keyboard's place on the page is kept.
      if (node.getAttribute("aria-disabled") === "true") return;
      node.setAttribute("aria-disabled", "true");
      this.onChoice(button);
    });
    return node;
  }
}

function buttonsOf(reply) {
  return (Array.isArray(reply.buttons) ? reply.buttons : []).filter(
    (button) => button && typeof button.title === "string" && typeof button.payload === "string",
  );
}

function carries(payload, key, value) {
  if (value === undefined || value === null) return false;
  const found = values(payload)[key];
  return found !== undefined && found !== null && String(found) === String(value);
}

// A choice that only asks for the address of a document is better a link to it.
function readingPage(payload) {
  const { question } = values(payload);
  const ours = typeof question === "string" && question.startsWith("/policies/");
  return ours ? safeUrl(question, { sameOrigin: true }) : null;
}
