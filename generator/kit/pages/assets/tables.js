// Tables: shown as cards on a phone, cut where they are long, and scrolled by keyboard.

// A table with words in several columns is wider than a phone by far. There its rows are cards, each cell behind the name of
// its column (the style sheet does that). A table of numbers stays as it is, and so does a grid, whose cells are centered.
/** @type {(cell: HTMLTableCellElement, index: number) => unknown} */
const wordy = (cell, index) => index && cell.textContent.trim().length > 12 && cell.style.textAlign !== "center";
const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
/** @type {NodeListOf<HTMLTableElement>} */
const plainTables = document.querySelectorAll(".md-content table:not([class], .pb-side *)"); // facts are read line by line
const tables = [...plainTables].filter(({ tHead, tBodies }) =>
  tHead && tHead.rows[0].cells.length > 2 && [...tBodies[0].rows].some((row) => [...row.cells].some(wordy)));
for (const table of tables) table.style.cssText = "width: max-content; min-width: 0; max-width: none";
const wide = tables.filter((table) => table.offsetWidth > 22 * rem);
for (const table of tables) table.removeAttribute("style");
for (const table of wide) {
  const { cells } = /** @type {HTMLTableSectionElement} */ (table.tHead).rows[0];
  const names = Array.from(cells, (head) => head.textContent.trim());
  for (const row of table.tBodies[0].rows)
    Array.from(row.cells).slice(1).forEach((cell, index) => (cell.dataset.column = names[index + 1]));
  table.dataset.cards = "";
}

// Of a long table the first rows are shown until all are asked for, as in the directory; paper has them all. (The style
// sheet hides the others.)
const phone = matchMedia("(max-width: 44.98em)").matches;
for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll(".md-content table"))) {
  const { rows } = table.tBodies[0];
  const first = !phone ? 50 : "cards" in table.dataset ? 10 : 25;
  if (rows.length < first + 10) continue; // hardly worth a click
  const line = document.createElement("p");
  const button = document.createElement("button");
  line.className = "pb-actions";
  // A table that is itself the beginning of a longer one has a line above it that says so.
  const cut = (table.closest(".md-typeset__scrollwrap") ?? table).previousElementSibling?.matches(".pb-rest");
  const label = cut ? `Show the first ${rows.length}` : `Show all ${rows.length}`;
  Object.assign(button, { type: "button", className: "pb-button", textContent: label });
  button.addEventListener("click", () => {
    delete table.dataset.first;
    line.remove();
    // The button is gone now; the keyboard goes on where the new rows begin.
    const next = rows[first].querySelector("a") ?? rows[first].cells[0];
    if (next.tabIndex < 0) next.tabIndex = -1;
    next.focus();
  });
  line.append(button);
  table.dataset.first = String(first);
  (table.closest(".md-typeset__scrollwrap") ?? table).after(line);
}

// The theme wraps each table in a frame that scrolls sideways; where no link inside takes the focus, the frame must, or
// the keyboard could not scroll it.
addEventListener("load", () => {
  for (const frame of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".md-typeset__scrollwrap"))) {
    if (!frame.querySelector("a, [tabindex]")) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", "Table");
    }
  }
});
