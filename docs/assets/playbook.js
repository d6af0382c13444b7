// A term's explanation opens on hover; this lets the keyboard reach the first use of each term on a page as well.
const seen = new Set();
for (const term of document.querySelectorAll(".md-content abbr")) {
  const name = term.textContent;
  if (!seen.has(name)) {
    seen.add(name);
    term.tabIndex = 0;
  }
}
