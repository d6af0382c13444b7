// The partner directory: filters, sort, an address for what is shown, and a download. Without scripts the page is the
// whole table; on other pages this finds nothing to do.
(() => {
  "use strict";

  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#filters.pb-filters"));
  const source = document.querySelector(".pb-filters ~ noscript");
  const rowsScript = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[data-page-end]"));
  const data = window.playbookDirectory;
  const filtering = window.playbookFilters;
  if (!form || !source || !rowsScript || !data || !filtering) return;

  const { NOTHING, make, counted } = filtering;
  // So many rows are shown until all are asked for; cards on a phone are tall.
  const FIRST = matchMedia("(max-width: 44.98em)").matches ? 25 : 100;

  const count = /** @type {HTMLElement} */ (document.getElementById("count"));
  const showAll = /** @type {HTMLElement} */ (document.getElementById("show-all"));

  // --- What there is ---------------------------------------------------------------------------------------------

  const { filters, partners } = data;
  /** @typedef {typeof filters[number]["values"][number]} Value */
  let all = false;
  const { rows, cellsOf, kept, save, begin } = filtering.over({
    data, form, keeps: ["sort"],
    show: (fitting) => {
      all = false;
      shown = sorted(fitting);
      place();
      tell();
    },
  });
  let shown = rows;

  // Ids hold no dot, and no page that a row links to is the index of its folder.
  const pageEnd = /** @type {string} */ (rowsScript.dataset.pageEnd);
  /** @type {(text: string, page: string) => HTMLAnchorElement} */
  const link = (text, page) => make("a", { href: page.replace(".md", pageEnd) }, text);

  /** @type {(value: Value) => (Node | string)[]} */
  const shownAs = ({ name, note = "", page, url, style }) => {
    const element = page ? link(name, page) : url ? make("a", { href: url }, name) : style ? make("span", {}, name) : name;
    if (style && typeof element !== "string") element.className = style;
    return note ? [element, note] : [element];
  };

  /**
   * @typedef {object} Column
   * @property {HTMLTableCellElement} head
   * @property {HTMLButtonElement} button
   * @property {string} label
   * @property {string} name
   * @property {(row: PlaybookRow) => (Node | string)[]} show the cell as it stands in the page
   * @property {(row: PlaybookRow) => boolean} empty whether nothing is recorded
   * @property {number[]} [ranks] the place of each row by this column
   */
  /** @type {Map<string, Column["show"]>} */
  const others = new Map([
    ["partner", ({ partner }) => [link(partners[partner].name, partners[partner].page)]],
    ["findings", ({ findings, partner }) =>
      [findings ? link(String(findings), `${partners[partner].page}#findings`) : String(findings)]],
  ]);
  /** @type {Column[]} */
  const columns = data.columns.map((label) => {
    const button = make("button", { type: "button", class: "pb-sort" }, label);
    const head = make("th", {}, button);
    const other = others.get(label.toLowerCase());
    if (other) return { head, button, label, name: label.toLowerCase(), show: other, empty: () => false };
    const filter = filters.findIndex((one) => one.label === label);
    const { name, values } = filters[filter];
    /** @param {PlaybookRow} row */
    const held = (row) => row.values[filter].map((one) => values[one]);
    return {
      head, button, label, name,
      show: (row) => held(row).flatMap((value, index) => (index ? [", ", ...shownAs(value)] : shownAs(value))),
      empty: (row) => held(row)[0].value === NOTHING,
    };
  });
  const body = make("tbody");
  source.replaceWith(make("table", {}, make("thead", {}, make("tr", {}, ...columns.map(({ head }) => head))), body));

  // On a phone, where cells stand below each other, each says of which column it is; the first is the row's title.
  const labels = new CSSStyleSheet();
  columns.slice(1).forEach(({ label }, index) => labels.insertRule(`@media screen and (max-width: 44.98em) {
    .pb-filters ~ * td:nth-child(${index + 2})::before { content: ${JSON.stringify(label)}; }
  }`));
  document.adoptedStyleSheets.push(labels);

  // --- What is shown ---------------------------------------------------------------------------------------------

  // The place of each row by one column. What is not recorded comes last, whichever way the column runs.
  /** @type {(column: Column, index: number) => number[]} */
  const ranks = (column, index) => {
    if (!column.ranks) {
      const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
      const said = rows.map((row) => (column.empty(row) ? "" : cellsOf(row)[index]));
      const places = new Map([...new Set(said)].sort(collator.compare).map((text, place) => [text, place]));
      column.ranks = said.map((text) => (text ? /** @type {number} */ (places.get(text)) : Infinity));
    }
    return column.ranks;
  };

  /** @param {PlaybookRow[]} list */
  const sorted = (list) => {
    const down = kept.sort.startsWith("-");
    const index = columns.findIndex(({ name }) => name === kept.sort.slice(down ? 1 : 0));
    const column = columns[index];
    for (const one of columns) {
      if (one === column) one.head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else one.head.removeAttribute("aria-sort");
    }
    if (!column) return list;
    const rank = ranks(column, index);
    return [...list].sort(({ place: a }, { place: b }) => {
      if (rank[a] === rank[b]) return a - b;
      if (rank[a] === Infinity || rank[b] === Infinity) return rank[a] - rank[b];
      return down ? rank[b] - rank[a] : rank[a] - rank[b];
    });
  };

  /** @type {number | undefined} */
  let growing;

  /** @param {number} end */
  const append = (end) => {
    for (const row of shown.slice(body.rows.length, end)) {
      body.append(make("tr", {}, ...columns.map(({ show: cell }) => make("td", {}, ...cell(row)))));
    }
  };

  // A browser lays out thousands of rows in seconds; between parts of them it answers.
  const grow = () => {
    append(body.rows.length + 500);
    if (body.rows.length < shown.length) growing = setTimeout(grow);
  };

  const place = () => {
    clearTimeout(growing);
    body.replaceChildren();
    append(FIRST);
    if (all) grow();
    showAll.hidden = all || shown.length <= FIRST;
    showAll.textContent = `Show all ${shown.length}`;
  };

  const tell = () => {
    const number = new Set(shown.map((row) => row.partner)).size;
    const words = shown.length
      ? `${counted(shown.length, "relationship")} with ${counted(number, "partner")}`
      : "No relationship fits";
    // A screen reader speaks what changes, and only that.
    if (count.textContent !== words) count.textContent = words;
  };

  // --- What readers do -------------------------------------------------------------------------------------------

  for (const { button, name } of columns) {
    button.addEventListener("click", () => {
      kept.sort = kept.sort === name ? `-${name}` : name;
      save();
      shown = sorted(shown);
      place();
    });
  }
  showAll.addEventListener("click", () => {
    all = true;
    place();
    // The button is gone now; the keyboard goes on where the new rows begin.
    body.rows[FIRST].querySelector("a")?.focus();
  });
  // Paper has them all.
  addEventListener("beforeprint", () => {
    clearTimeout(growing);
    append(Infinity);
    all = true;
    showAll.hidden = true;
  });
  // --- Download --------------------------------------------------------------------------------------------------

  // A spreadsheet runs what begins like a formula (OWASP, "CSV Injection"); an apostrophe makes it text. The same signs
  // are in generator/exchange/fields.py.
  const FORMULA = /^[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]/;
  /** @param {string} text */
  // Quotes are doubled, and lines end, as RFC 4180 has it.
  const cell = (text) => `"${text.replace(FORMULA, "'$&").replaceAll('"', '""')}"`;

  document.getElementById("download")?.addEventListener("click", () => {
    const lines = [columns.map(({ label }) => label), ...shown.map(cellsOf)];
    const text = lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
    // Spreadsheets take a file for UTF-8 only where it begins with the mark.
    const address = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" }));
    make("a", { href: address, download: "partners.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  });

  begin();
})();
