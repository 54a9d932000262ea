// Sends what the person says, in order, and keeps each message until the server has it.
// A repeat carries the same message_id, so that it is harmless.

import { Refused, TooFast, send } from "./api.js";
import { addUnsent, removeUnsent, unsent } from "./keep.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

export class Sender {
  constructor({ onState, onAnswer, onBusy }) {
    this.onState = onState;
    this.onAnswer = onAnswer;
    this.onBusy = onBusy;
    this.running = false;
    this.wake = null;
    window.addEventListener("online", () => this.retryNow());
  }

  push(item) {
    addUnsent(item);
    this.run();
  }

  retryNow() {
    this.wake?.();
  }

  async run() {
    if (this.running) return;
    this.running = true;
    try {
      for (let item = unsent()[0]; item; item = unsent()[0]) await this.deliver(item);
    } finally {
      this.running = false;
      this.onBusy(false);
    }
  }

  async deliver(item) {
    for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      this.onBusy(true);
      try {
        const answer = await send(item);
        removeUnsent(item.message_id);
        this.onState(item, "sent");
        this.onAnswer(item, answer);
        return;
      } catch (error) {
        if (error instanceof Refused) {
          removeUnsent(item.message_id);
          this.onState(item, "refused", error.message);
          return;
        }
        this.onBusy(false);
        this.onState(item, error instanceof TooFast ? "paced" : "retrying");
        await this.pause(wait, error.retryAfter * 1000);
      }
    }
  }

  pause(milliseconds, least) {
    // Spread out: after an outage a whole city's pages must not knock at the same instant.
    const spread = Math.max(milliseconds * (0.75 + Math.random() / 2), least);
    return new Promise((resolve) => {
      const timer = setTimeout(done, spread);
      const wake = () => done();
      this.wake = wake;
      function done() {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}
