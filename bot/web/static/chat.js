// The chat page: puts the form, the log, the sender and the listener together.

import { Refused, belongings, history } from "./api.js";
import { el, safeUrl } from "./dom.js";
import * as keep from "./keep.js";
import { Listener } from "./listener.js";
import { Log } from "./log.js";
import { Sender } from "./sender.js";

const at = (name) => document.querySelector(`[data-${name}]`);
const form = at("composer");
const input = at("input");
const typing = at("typing");
const modeChip = at("mode");
const moreButton = at("more");
const renewDialog = at("renew-dialog");
const leaveDialog = at("leave-dialog");

const HISTORY_RETRY = [1000, 2000, 4000, 8000, 15_000];
const RESET = { text: "新对话", payload: '/greet{"reset": "yes"}' };
const NEW_TALK = "new_talk";
const POLICY_EXAMPLES = ["现场招聘会还能办吗", "失业保险金怎么申请", "招聘写“限35岁以下”行不行"];

const state = { conversation: keep.conversation(), mode: "bot", reachable: true, inFlight: false, awaiting: false, generation: 0 };

const log = new Log(at("log"), {
  onChoice: (button) => say(button.title, button.payload),
  onRetry: () => sender.retryNow(),
  onMore: (show) => (moreButton.hidden = !show),
});

const sender = new Sender({
  onState: (item, word, detail) => {
    log.setState(item.message_id, word, detail);
    if (word === "retrying") setReach(false);
  },
  onAnswer: (item, answer) => {
    setReach(true);
    if (item.conversation !== state.conversation) return;
    const replies = Array.isArray(answer.replies) ? answer.replies : [];
    receive(replies, answer.mode);
    if (answer.mode === "staff" && replies.length === 0) log.setState(item.message_id, "waiting");
    listener.nudge();
  },
  onBusy: (busy) => {
    state.inFlight = busy;
    showTyping();
  },
});

const listener = new Listener({
  onReplies: receive,
  onReach: setReach,
  needed: () => !log.empty && (!document.hidden || state.mode === "staff" || state.awaiting),
});

// ---- receiving ------------------------------------------------------------------------

function receive(replies, mode) {
  const near = log.nearBottom();
  let fresh = 0;
  for (const reply of replies) {
    if (!reply || reply.id === undefined || reply.id === null) continue;
    const author = reply.author ?? (reply.data?.kind === "pending" ? "notice" : "bot");
    if (reply.data?.kind === NEW_TALK && !log.has(`reply:${reply.id}`)) log.clear();
    if (!log.addReply({ ...reply, author })) continue;
    fresh += 1;
    state.awaiting = author === "notice";
    if (author === "staff") log.clearWaiting();
  }
  if (mode === "bot" || mode === "staff") state.mode = mode;
  showMode();
  showTyping();
  if (fresh > 0) log.reveal(near);
}

function showTyping() {
  const show = state.mode === "bot" && (state.inFlight || state.awaiting);
  if (typing.hidden === !show) return;
  const near = log.nearBottom();
  typing.hidden = !show;
  if (show && near) log.reveal(true);
}

function showMode() {
  const words = state.reachable ? { bot: "智能助手", staff: "人工客服在线" }[state.mode] : "正在重新连接";
  modeChip.dataset.mode = state.reachable ? state.mode : "offline";
  if (modeChip.textContent !== words) modeChip.textContent = words;
}

function setReach(reachable) {
  state.reachable = reachable;
  showMode();
}

// ---- saying ---------------------------------------------------------------------------

function say(text, payload = null) {
  const item = { message_id: keep.newId(), conversation: state.conversation, text, payload, at: new Date().toISOString() };
  log.addUser(item);
  log.toBottom();
  sender.push(item);
  listener.nudge();
}

function submit() {
  const text = input.value.trim();
  if (text === "") return;
  input.value = "";
  grow();
  say(text);
}

function grow() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
  input.focus();
});

input.addEventListener("input", grow);
input.addEventListener("keydown", (event) => {
  // While pinyin is being composed, Enter belongs to the input method (229: Safari's way).
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});

for (const starter of document.querySelectorAll("[data-starter]")) {
  starter.addEventListener("click", () => {
    if (starter.dataset.starter !== "policy") {
      say(starter.dataset.text, starter.dataset.payload);
      return;
    }
    const choices = POLICY_EXAMPLES.map((title) => ({ title, payload: "" }));
    log.addHint("请直接写下您的问题，我会引用文件原文回答。比如：", choices);
    log.toBottom();
    input.focus();
  });
}

moreButton.addEventListener("click", () => {
  log.toBottom();
  input.focus();
});

// ---- beginning and beginning anew -----------------------------------------------------

async function open() {
  const generation = ++state.generation;
  at("log").setAttribute("aria-busy", "true");
  log.clear();
  const past = await loadHistory(generation);
  if (generation !== state.generation) return;
  showPast(past);
  at("log").setAttribute("aria-busy", "false");
  listener.start(state.conversation, Number.isFinite(past.next) ? past.next : 0);
  sender.run();
}

function showPast(past) {
  const unsent = keep.unsent().filter((item) => item.conversation === state.conversation);
  const waiting = new Set(unsent.map((item) => item.message_id));
  const meanwhile = log.detach(); // said while the history was still on its way
  const all = Array.isArray(past.messages) ? past.messages : [];
  const messages = all.slice(Math.max(0, all.findLastIndex((message) => message.data?.kind === NEW_TALK)));
  messages.forEach((message, place) => {
    if (message.author === "user") log.addUser({ ...message, message_id: message.message_id ?? `#${place}` });
    else receive([message], past.mode);
    waiting.delete(message.message_id);
  });
  const last = messages.at(-1);
  state.awaiting = last?.author === "notice" || (last?.author === "user" && last.status === "pending");
  log.putBack(meanwhile);
  for (const item of unsent) if (waiting.has(item.message_id)) log.addUser(item);
  if (past.mode) state.mode = past.mode;
  showMode();
  showTyping();
  if (!log.empty) log.toBottom();
}

async function loadHistory(generation) {
  for (let attempt = 0; generation === state.generation; attempt += 1) {
    try {
      const past = await history(state.conversation);
      setReach(true);
      return past;
    } catch (error) {
      if (error instanceof Refused) return { messages: [], next: 0, mode: "bot" };
      setReach(false);
      showUnsentMeanwhile();
      const wait = HISTORY_RETRY[Math.min(attempt, HISTORY_RETRY.length - 1)];
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return {};
}

function showUnsentMeanwhile() {
  for (const item of keep.unsent()) {
    if (item.conversation !== state.conversation) continue;
    log.addUser(item);
    log.setState(item.message_id, "retrying");
  }
}

at("renew").addEventListener("click", () => renewDialog.showModal());
renewDialog.addEventListener("close", () => {
  if (renewDialog.returnValue !== "yes") return;
  log.clear();
  say(RESET.text, RESET.payload);
  input.focus();
});

// ---- another person at this device ----------------------------------------------------

at("leave").addEventListener("click", async () => {
  const [kept, failed] = await belongings(state.conversation).then((found) => [found, false], () => [[], true]);
  at("unread").hidden = !failed;
  at("belongings").hidden = kept.length === 0;
  at("belongings").querySelector("ul").replaceChildren(...kept.map(belonging));
  leaveDialog.returnValue = "no";
  leaveDialog.showModal();
});

function belonging({ title, code, link }) {
  const href = safeUrl(link, { sameOrigin: true });
  const name = el("span", { class: "code" }, code);
  const page = href && el("a", { href, target: "_blank", rel: "noopener noreferrer" }, "打开它的网页");
  const picture = href?.includes("/visits/") && el("img", { src: `${href}/link.png`, width: "120", height: "120", alt: `${code} 的网页二维码` });
  return el("li", {}, el("span", {}, el("strong", {}, name), ` ${title} `, page), picture);
}

leaveDialog.addEventListener("close", () => {
  if (leaveDialog.returnValue === "yes") become(keep.forget());
});

function become(conversation) {
  if (conversation === state.conversation) return;
  listener.stop();
  input.value = "";
  grow();
  Object.assign(state, { conversation, mode: "bot", awaiting: false });
  open();
  input.focus();
}

keep.onForgotten(become);

// A booking's page leads here with its token behind the #, where no server sees it.
function openVisit() {
  const visit = new URLSearchParams(location.hash.slice(1)).get("visit");
  if (!visit) return;
  window.history.replaceState(null, "", location.pathname);
  say("打开我的预约", `/my_bookings${JSON.stringify({ visit })}`);
}

if (matchMedia("(hover: hover)").matches) input.focus();
open();
openVisit();
