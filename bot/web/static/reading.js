// Brings the quoted words into view, when the page was opened from a citation.

function scrollToQuote() {
  const unit = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  const mark = unit?.querySelector("mark") ?? document.querySelector("mark");
  if (!mark) return;
  mark.scrollIntoView({ block: "center", behavior: "instant" });
}

// After the browser's own jump to the anchor, and again when fonts have settled.
window.addEventListener("load", () => requestAnimationFrame(scrollToQuote));

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
