// A term's explanation opens on hover; this lets the keyboard reach the first use of each term on a page as well.
// Terms inside links are left alone: one thing that takes the focus may not stand inside another.
const seen = new Set();
for (const term of document.querySelectorAll(".md-content abbr")) {
  const name = term.textContent;
  if (!seen.has(name) && !term.closest("a, h1")) {
    seen.add(name);
    term.tabIndex = 0;
  }
}

// The directory's script makes its table of what stands in <noscript>. Where that script cannot be had, the table is shown
// as it is, before the theme wraps it, and the filters go, since they would do nothing.
addEventListener("DOMContentLoaded", () => {
  const unread = document.querySelector(".pb-filters ~ noscript");
  if (!unread) return;
  unread.outerHTML = unread.textContent;
  for (const idle of document.querySelectorAll(".pb-filters, .pb-above .pb-button")) idle.remove();
}, true);

// A table with words in several columns is wider than a phone by far. There its rows are cards, each cell behind the name of
// its column (the style sheet does that). A table of numbers stays as it is, and so does a grid, whose cells are centered.
const wordy = (cell, index) => index && cell.textContent.trim().length > 12 && cell.style.textAlign !== "center";
const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
const tables = [...document.querySelectorAll(".md-content table:not([class])")].filter(({ tHead, tBodies }) =>
  tHead?.rows[0].cells.length > 2 && [...tBodies[0].rows].some((row) => [...row.cells].some(wordy)));
for (const table of tables) table.style.cssText = "width: max-content; min-width: 0; max-width: none";
const wide = tables.filter((table) => table.offsetWidth > 22 * rem);
for (const table of tables) table.removeAttribute("style");
for (const table of wide) {
  const names = Array.from(table.tHead.rows[0].cells, (head) => head.textContent.trim());
  for (const row of table.tBodies[0].rows)
    Array.from(row.cells).slice(1).forEach((cell, index) => (cell.dataset.column = names[index + 1]));
  table.dataset.cards = "";
}

// The theme wraps each table in a frame that scrolls sideways; where no link inside takes the focus, the frame must, or
// the keyboard could not scroll it.
addEventListener("load", () => {
  for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (!frame.querySelector("a, [tabindex]")) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", "Table");
    }
  }
});

// The menu of a phone closes as the search does.
addEventListener("keydown", (event) => {
  const menu = document.getElementById("__drawer");
  if (event.key === "Escape" && menu?.checked) menu.click();
});

// New results take the place of those before. Where the keyboard stood on one, it goes on from the same place.
const results = document.querySelector(".md-search-result__list");
if (results) {
  const links = () => [...results.querySelectorAll(".md-search-result__link")];
  let place = -1;
  addEventListener("focusin", ({ target }) => (place = links().indexOf(target)));
  new MutationObserver(() => {
    if (place >= 0 && document.activeElement === document.body) links().slice(0, place + 1).at(-1)?.focus();
  }).observe(results, { childList: true });
}
