// Types side by side: those that are chosen stand as columns, in place of the table of all. On other pages this finds
// nothing to do.
(() => {
  "use strict";

  const heading = document.querySelector(".pb-compare");
  /** @type {HTMLTableElement | null} */
  const all = document.querySelector(".pb-compare ~ table, .pb-compare ~ * table");
  const filtering = window.playbookFilters;
  if (!heading || !all?.tHead || !filtering) return;

  const { make } = filtering;
  const PREFIX = "compare-";
  const CHOICES = ["First type", "Second type", "Third type"];
  const columns = [...all.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const types = new Map([...all.tBodies[0].rows].map((row) => [
    (row.querySelector(`[id^="${PREFIX}"]`)?.id ?? "").slice(PREFIX.length), row,
  ]));
  /** @param {HTMLTableRowElement} row */
  const nameOf = (row) => row.cells[0].textContent.trim();

  const form = make("form", { class: "pb-filters pb-chosen", "aria-label": "Choose types to compare", autocomplete: "off" });
  const fields = make("div", { class: "pb-fields" });
  const selects = CHOICES.map((label, place) => {
    const id = `compare-choice-${place + 1}`;
    const select = /** @type {HTMLSelectElement} */ (make("select", { id },
      make("option", { value: "" }, place < 2 ? "choose" : "none"),
      ...[...types].map(([value, row]) => make("option", { value }, nameOf(row)))));
    fields.append(make("div", { class: "pb-field" }, make("label", { for: id }, label), select));
    return select;
  });
  form.append(fields);
  const beside = make("div", { class: "pb-beside" });
  heading.after(form, beside);

  /** @type {(cell: HTMLTableCellElement) => Node[]} */
  const copied = (cell) => [...cell.cloneNode(true).childNodes].map((node) => {
    // An id stands once in a page.
    if (node instanceof Element) node.removeAttribute("id");
    return node;
  });

  const show = () => {
    const chosen = [...new Set(selects.map(({ value }) => value))].flatMap((value) => types.get(value) ?? []);
    all.hidden = chosen.length > 1;
    if (chosen.length < 2) return beside.replaceChildren();
    const head = make("tr", {}, make("td"), ...chosen.map((row) => make("th", { scope: "col" }, ...copied(row.cells[0]))));
    const rows = columns.slice(1).map((label, index) =>
      make("tr", {}, make("th", { scope: "row" }, label), ...chosen.map((row) => make("td", {}, ...copied(row.cells[index + 1])))));
    beside.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
  };

  const read = () => {
    const asked = new URLSearchParams(location.search).getAll("type").filter((value) => types.has(value));
    selects.forEach((select, place) => (select.value = asked[place] ?? ""));
    show();
  };
  form.addEventListener("change", () => {
    const query = new URLSearchParams(selects.flatMap(({ value }) => (value ? [["type", value]] : [])));
    try {
      history.replaceState(history.state, "", `${location.pathname}${String(query) && `?${query}`}`);
    } catch {
      // A browser may refuse this to a page opened from disk.
    }
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", read);
  read();
  // The address may lead to a row that is hidden now.
  if (all.hidden) heading.scrollIntoView();
})();
