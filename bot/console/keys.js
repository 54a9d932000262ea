// Down and up a list by j and k, Enter opens (each row's link has the focus), / goes to the search.
addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable], [role=dialog]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const search = document.querySelector(".filter input, .words-box input");
    if (search) { search.focus(); event.preventDefault(); }
    return;
  }
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const rows = [...document.querySelectorAll("a.summary")];
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
});
