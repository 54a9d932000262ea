// What the browser remembers between visits: which conversation, and what is still unsent.
// Private windows and old web views may refuse localStorage; then it lasts as long as the page.

const memory = new Map();

function read(key) {
  try {
    return window.localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

function write(key, value) {
  memory.set(key, value);
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // Full or forbidden: the copy in memory serves this page.
  }
}

export function newId() {
  // crypto.randomUUID exists only on https and localhost; a hall's intranet may be plain http.
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const CONVERSATION = "zhida.conversation";
const UNSENT = "zhida.unsent";

export function conversation() {
  const known = read(CONVERSATION);
  return known && /^[\w-]{20,64}$/.test(known) ? known : newConversation();
}

export function newConversation() {
  const id = newId();
  write(CONVERSATION, id);
  return id;
}

// Forget who used this device: what is unsent is nobody's any more.
export function forget() {
  write(UNSENT, "[]");
  return newConversation();
}

// Another tab was handed to somebody else: this one must not go on showing who was here.
export function onForgotten(told) {
  window.addEventListener("storage", (event) => {
    if (event.key === CONVERSATION && event.newValue) told(event.newValue);
  });
}

function wellFormed(item) {
  return (
    item !== null &&
    typeof item === "object" &&
    typeof item.message_id === "string" &&
    typeof item.conversation === "string" &&
    typeof item.text === "string"
  );
}

export function unsent() {
  try {
    const items = JSON.parse(read(UNSENT) ?? "[]");
    return Array.isArray(items) ? items.filter(wellFormed) : [];
  } catch {
    return [];
  }
}

// Add and remove re-read the list each time: another tab may have changed it meanwhile.
export function addUnsent(item) {
  write(UNSENT, JSON.stringify([...unsent(), item]));
}

export function removeUnsent(messageId) {
  write(UNSENT, JSON.stringify(unsent().filter((item) => item.message_id !== messageId)));
}
