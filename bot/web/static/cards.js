// Structured replies as cards, each kind by a module of its own in ./cards. A kind not known
// here, or data that is not as expected, leaves the reply's text to speak for itself.

import * as application from "./cards/application.js";
import * as booking from "./cards/booking.js";
import * as crowd from "./cards/crowd.js";
import * as job from "./cards/job.js";
import * as jobList from "./cards/job_list.js";
import { isObject } from "./cards/parts.js";
import * as policyAnswer from "./cards/policy_answer.js";
import * as slotList from "./cards/slot_list.js";
import * as staffCase from "./cards/staff_case.js";
import * as subscription from "./cards/subscription.js";
import * as trainingList from "./cards/training_list.js";
import * as wage from "./cards/wage.js";

// By data.kind. `card(data, owned)` gives {nodes, used, needles}, or null where the reply's text
// must do; `pictureWords(data)`, where a kind brings a picture, tells what that shows.
//
// `owned(key, value)` gives the reply's buttons whose payload carries key = value; those a card
// took are in `used`. `needles` tell which lines of the text the cards show already.
const KINDS = {
  application,
  booking,
  crowd,
  job,
  job_list: jobList,
  policy_answer: policyAnswer,
  slot_list: slotList,
  staff_case: staffCase,
  subscription,
  training_list: trainingList,
  wage,
};

const kindOf = (data) => (isObject(data) && Object.hasOwn(KINDS, data.kind) ? KINDS[data.kind] : null);

// The cards of a reply: {nodes, used, needles}, or null.
export function cards(data, owned) {
  const made = kindOf(data)?.card(data, owned) ?? null;
  return made && made.nodes.length > 0 ? made : null;
}

// What a reply's picture shows, for who cannot see it.
export function pictureWords(data) {
  return kindOf(data)?.pictureWords?.(data) ?? "图片回复";
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
