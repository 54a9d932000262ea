// "Was this helpful": two small buttons under an answer, and the thanks in their place.
// The press travels as a message like any other, so that it is not lost; on the page it is
// not a turn of the conversation.

import { el, values } from "./dom.js";

export const THANKS = "policy_feedback";

export function isJudgement(payload) {
  return ["yes", "no"].includes(values(payload).helpful);
}

export function judgementRow(buttons) {
  const row = el("div", { class: "helpful", role: "group", "aria-label": "这个回答有帮助吗" }, buttons);
  // Caught on its way down: what is pressed is known before it is said.
  const press = (event) => {
    const pressed = event.target.closest("button");
    if (!pressed || row.dataset.pressed) return;
    row.dataset.pressed = pressed.textContent;
    for (const button of buttons) if (button !== pressed) button.setAttribute("aria-disabled", "true");
  };
  row.addEventListener("click", press, { capture: true });
  return row;
}

function openRows(list) {
  return [...list.querySelectorAll(".helpful:not(.thanked)")];
}

// Whether the words just said are a press of one of the two buttons.
export function isPress(list, text) {
  return openRows(list).some((row) => row.dataset.pressed === text);
}

// Put the thanks where the buttons were. Read back from the history, a press is the words of
// one of the buttons, said last.
export function thank(list, text, choices) {
  const rows = openRows(list);
  const row = rows.find((each) => each.dataset.pressed) ?? rows.at(-1);
  if (!row) return false;
  const titles = [...row.querySelectorAll("button")].map((button) => button.textContent);
  const said = [...list.querySelectorAll(".from-user")].at(-1);
  if (said && titles.includes(said.querySelector(".prose")?.textContent)) said.remove();
  row.classList.add("thanked");
  row.replaceChildren(el("span", { role: "status" }, text), ...choices);
  return true;
}
