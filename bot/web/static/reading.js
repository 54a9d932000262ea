// A reading page is whole without this. With it: the quoted words come into view, the section
// being read is marked in the contents, and a section's link can be copied.

const TOLD_MS = 2500;

function target() {
  const id = decodeURIComponent(location.hash.slice(1));
  const found = id ? document.getElementById(id) : null;
  return found?.closest("section, tr") ?? found;
}

function scrollToQuote() {
  const own = document.querySelector("section:not(.aside) mark, tr mark");
  const mark = target()?.querySelector("mark") ?? own ?? document.querySelector("mark");
  if (!mark) return;
  const place = mark.closest("section, tr") ?? mark;
  const below = mark.getBoundingClientRect().bottom - place.getBoundingClientRect().top;
  // With the beginning of its section where the whole quote is still in view then.
  const whole = below < window.innerHeight * 0.7;
  (whole ? place : mark).scrollIntoView({ block: whole ? "start" : "center", behavior: "instant" });
}

// After the browser's own jump to the anchor, and again when fonts have settled.
window.addEventListener("load", () => requestAnimationFrame(scrollToQuote));

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

// ---- copying a section's link ---------------------------------------------------------

const status = document.querySelector("[data-status]");
let told = 0;

function tell(text) {
  status.textContent = text;
  status.classList.add("told");
  clearTimeout(told);
  told = setTimeout(() => status.classList.remove("told"), TOLD_MS);
}

async function copy(link) {
  // The words somebody asked about are not part of the section's address.
  const address = new URL(link.getAttribute("href"), location.origin + location.pathname);
  try {
    await navigator.clipboard.writeText(address.href);
    tell("本节链接已复制");
  } catch {
    tell("本节链接在地址栏里，请从那里复制");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-copy]");
  if (link && status) copy(link);
});

// ---- where one is in the contents -----------------------------------------------------

function follow(contents) {
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)))?.closest("section");
    if (place) links.set(place, link);
  }
  const onTop = new Set();
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target: place, isIntersecting } of entries) {
        if (isIntersecting) onTop.add(place);
        else onTop.delete(place);
      }
      const now = [...links.keys()].find((place) => onTop.has(place));
      if (!now) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(now).setAttribute("aria-current", "location");
    },
    // A line a little below where a jump to a section puts its beginning (scroll-padding-top).
    { rootMargin: "-22% 0px -77% 0px" },
  );
  for (const place of links.keys()) watch.observe(place);
}

const beside = document.querySelector(".contents.beside");
if (beside) follow(beside);
