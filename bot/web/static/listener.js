// Waits for replies that come by themselves: late answers and a person's words.

import { Refused, repliesAfter } from "./api.js";

const SHORT_POLL = 1000;
const BETWEEN_EMPTY = 2000;
const LONGEST_WAIT = 15_000;

export class Listener {
  // `needed()` tells whether anybody waits; a hidden page that expects nothing is left alone.
  constructor({ onReplies, onReach, needed }) {
    this.onReplies = onReplies;
    this.onReach = onReach;
    this.needed = needed;
    this.stopper = null;
    this.wake = null;
    for (const event of ["online", "focus"]) window.addEventListener(event, () => this.nudge());
    document.addEventListener("visibilitychange", () => this.nudge());
  }

  start(conversation, after) {
    this.stop();
    this.stopper = new AbortController();
    this.loop(conversation, after, this.stopper.signal);
  }

  stop() {
    this.stopper?.abort();
    this.stopper = null;
    this.nudge();
  }

  nudge() {
    this.wake?.();
  }

  async loop(conversation, after, signal) {
    let wait = SHORT_POLL;
    while (!signal.aborted) {
      if (!this.needed()) {
        await this.pause(null);
        continue;
      }
      const began = performance.now();
      try {
        const answer = await repliesAfter(conversation, after, signal);
        if (signal.aborted) return;
        wait = SHORT_POLL;
        this.onReach(true);
        const fresh = Array.isArray(answer.messages) ? answer.messages : [];
        if (Number.isFinite(answer.next)) after = Math.max(after, answer.next);
        this.onReplies(fresh, answer.mode);
        // A server that does not hold the request must not be asked in a tight circle.
        const quick = performance.now() - began < SHORT_POLL;
        if (fresh.length === 0 && quick) await this.pause(BETWEEN_EMPTY);
      } catch (error) {
        if (signal.aborted) return;
        // Refused: the conversation is not known yet; it will be once a message arrived.
        if (!(error instanceof Refused)) this.onReach(false);
        await this.pause(wait * (0.75 + Math.random() / 2));
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
    }
  }

  pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = milliseconds === null ? null : setTimeout(resolve, milliseconds);
      this.wake = () => {
        if (timer !== null) clearTimeout(timer);
        resolve();
      };
    });
  }
}
