// The HTTP side: every failure becomes either "try again" or "refused, and why".

const ADDRESS = "/api/messages";
const TURN_TIMEOUT = 20_000; // giving up early is harmless: a repeat gets the recorded answer
const HISTORY_TIMEOUT = 20_000;
const POLL_SECONDS = 25;

export class Unreachable extends Error {
  constructor(retryAfter = 0) {
    super("unreachable");
    this.retryAfter = retryAfter;
  }
}

// Too fast: the server is well, and says when it will take it.
export class TooFast extends Unreachable {}

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(url, options, timeout, outer) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout);
  const abort = () => stop.abort();
  outer?.addEventListener("abort", abort);
  try {
    if (outer?.aborted) throw new Unreachable();
    const response = await fetch(url, {
      ...options,
      signal: stop.signal,
      cache: "no-store",
      credentials: "same-origin",
    });
    return await read(response);
  } catch (error) {
    if (error instanceof Refused || error instanceof Unreachable) throw error;
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abort);
  }
}

async function read(response) {
  if (response.ok) return response.json();
  const later = response.status >= 500 || response.status === 429 || response.status === 408;
  if (later) {
    const seconds = Number(response.headers.get("Retry-After"));
    const Later = response.status === 429 ? TooFast : Unreachable;
    throw new Later(Number.isFinite(seconds) ? seconds : 0);
  }
  let message = "";
  try {
    message = (await response.json())?.error?.message ?? "";
  } catch {
    message = "";
  }
  throw new Refused(response.status, typeof message === "string" ? message : "");
}

export function send(item) {
  const body = {
    conversation: item.conversation,
    text: item.text,
    message_id: item.message_id,
  };
  if (item.payload) body.payload = item.payload;
  const options = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  return call(ADDRESS, options, TURN_TIMEOUT);
}

// What the person would lose sight of: [{title, code, link}].
export async function belongings(conversation) {
  const found = await call("/api/belongings", reader(conversation), HISTORY_TIMEOUT);
  return Array.isArray(found.belongings) ? found.belongings : [];
}

// An address is written down in many places: the id, which opens the conversation, is not in it.
function reader(conversation) {
  return { headers: { Authorization: `Bearer ${conversation}` } };
}

export function history(conversation, signal) {
  return call(ADDRESS, reader(conversation), HISTORY_TIMEOUT, signal);
}

export function repliesAfter(conversation, after, signal) {
  const query = new URLSearchParams({ after, wait: POLL_SECONDS });
  return call(`${ADDRESS}?${query}`, reader(conversation), (POLL_SECONDS + 15) * 1000, signal);
}
