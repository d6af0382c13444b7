// The partner directory: filters, sort, an address for what is shown, and a download. Without scripts the page is the
// whole table; on other pages this finds nothing to do.
(() => {
  "use strict";

  const form = /** @type {HTMLFormElement} */ (document.querySelector(".pb-filters"));
  const source = document.querySelector(".pb-filters ~ noscript");
  const rowsScript = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[data-page-end]"));
  const data = window.playbookDirectory;
  if (!source || !rowsScript || !data) return;

  // As generator/paths.py has it: the value of a filter where nothing is recorded.
  const NOTHING = "-";
  const SEVERAL = "several";
  // So many rows are shown until all are asked for; cards on a phone are tall.
  const FIRST = matchMedia("(max-width: 44.98em)").matches ? 25 : 100;

  const search = /** @type {HTMLInputElement} */ (form.elements.namedItem("text"));
  const count = /** @type {HTMLElement} */ (document.getElementById("count"));
  const showAll = /** @type {HTMLElement} */ (document.getElementById("show-all"));
  const unknown = /** @type {HTMLElement} */ (form.querySelector(".pb-unknown"));
  const more = /** @type {HTMLDetailsElement | null} */ (form.querySelector(".pb-more"));
  /** @param {string} text */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  /** @param {string} text */
  const squeeze = (text) => text.trim().replace(/\s+/g, " ");
  /** @type {(value: { name: string, note?: string }) => string} */
  const labelOf = ({ name, note = "" }) => name + note;
  /** @type {(number: number, word: string) => string} */
  const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Record<string, string>} [attributes]
   * @param {...(Node | string)} children
   */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // --- What there is ---------------------------------------------------------------------------------------------

  const { filters, partners } = data;
  /** @typedef {typeof filters[number]["values"][number]} Value */
  /** @typedef {{ place: number, partner: number, findings: number, values: number[][], said?: string[], text?: string }} Row */
  // Most values are one: rows that hold the same one share the list of it.
  const single = /** @type {number[][]} */ ([]);
  /** @type {Row[]} */
  const rows = data.rows.map(([partner, findings, ...held], place) => {
    const values = held.map((one) => (typeof one === "number" ? (single[one] ??= [one]) : one));
    return { place, partner, findings, values };
  });

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
   * @property {(row: Row) => string} say the cell as text
   * @property {(row: Row) => (Node | string)[]} show the cell as it stands in the page
   * @property {(row: Row) => boolean} empty whether nothing is recorded
   * @property {number[]} [ranks] the place of each row by this column
   */
  /** @type {Record<string, Pick<Column, "say" | "show">>} */
  const OTHERS = {
    partner: {
      say: ({ partner }) => partners[partner].name,
      show: ({ partner }) => [link(partners[partner].name, partners[partner].page)],
    },
    findings: {
      say: ({ findings }) => String(findings),
      show: ({ findings, partner }) =>
        [findings ? link(String(findings), `${partners[partner].page}#findings`) : String(findings)],
    },
  };
  /** @type {Column[]} */
  const columns = data.columns.map((label) => {
    const button = make("button", { type: "button", class: "pb-sort" }, label);
    const head = make("th", {}, button);
    const other = label.toLowerCase();
    if (other in OTHERS) return { head, button, label, name: other, ...OTHERS[other], empty: () => false };
    const filter = filters.findIndex((one) => one.label === label);
    const { name, values } = filters[filter];
    /** @param {Row} row */
    const held = (row) => row.values[filter].map((one) => values[one]);
    return {
      head, button, label, name,
      say: (row) => held(row).map(labelOf).join(", "),
      show: (row) => held(row).flatMap((value, index) => (index ? [", ", ...shownAs(value)] : shownAs(value))),
      empty: (row) => held(row)[0].value === NOTHING,
    };
  });
  const body = make("tbody");
  source.replaceWith(make("table", {}, make("thead", {}, make("tr", {}, ...columns.map(({ head }) => head))), body));

  /** @param {Row} row */
  const cellsOf = (row) => (row.said ??= columns.map(({ say }) => say(row)));
  /** @param {Row} row */
  const textOf = (row) => (row.text ??= fold(cellsOf(row).join("\n")));

  // On a phone, where cells stand below each other, each says of which column it is; the first is the row's title.
  const labels = new CSSStyleSheet();
  columns.slice(1).forEach(({ label }, index) => labels.insertRule(`@media screen and (max-width: 44.98em) {
    .pb-filters ~ * td:nth-child(${index + 2})::before { content: ${JSON.stringify(label)}; }
  }`));
  document.adoptedStyleSheets.push(labels);

  // The choices of each filter by value; a filter that no row holds anything of has no field.
  const fields = filters.map(({ name, label, values }) => {
    const select = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem(name));
    const options = new Map(Array.from(select ? select.options : [], (option) => [option.value, option]));
    const places = new Map(values.map(({ value }, place) => [value, place]));
    const several = make("option", { value: SEVERAL });
    return { name, label, values, select, options, places, several };
  });

  // --- What is asked for -----------------------------------------------------------------------------------------

  /** @type {{ text: string, sort: string, values: string[][] }} */
  const asked = { text: "", sort: "", values: filters.map(() => []) };

  const readAddress = () => {
    const query = new URLSearchParams(location.search);
    asked.text = squeeze(query.get("text") ?? "");
    asked.sort = query.get("sort") ?? "";
    asked.values = filters.map(({ name }) => [...new Set(query.getAll(name).map(squeeze))].filter(Boolean));
    search.value = asked.text;
    if (more) more.open ||= fields.some(({ select }, index) => more.contains(select) && asked.values[index].length);
  };

  const writeAddress = () => {
    const query = new URLSearchParams(location.search);
    for (const name of ["text", "sort", ...filters.map((one) => one.name)]) query.delete(name);
    filters.forEach(({ name }, index) => asked.values[index].forEach((value) => query.append(name, value)));
    if (asked.text) query.set("text", asked.text);
    if (asked.sort) query.set("sort", asked.sort);
    try {
      history.replaceState(history.state, "", `${location.pathname}${String(query) && `?${query}`}${location.hash}`);
    } catch {
      // A browser may refuse this to a page opened from disk; the filters work all the same.
    }
  };

  // --- What is shown ---------------------------------------------------------------------------------------------

  let shown = rows;

  // One pass finds the rows that fit every filter, and how many would fit for each choice of one of them.
  const choose = () => {
    const words = fold(asked.text).split(" ").filter(Boolean);
    // A value that no row holds has no place, and fits none.
    const wanted = fields.map(({ places }, index) =>
      (asked.values[index].length ? new Set(asked.values[index].map((value) => places.get(value) ?? -1)) : null));
    const numbers = filters.map(({ values }) => values.map(() => 0));
    /** @type {(row: Row, filter: number) => void} */
    const add = (row, filter) => {
      for (const value of row.values[filter]) numbers[filter][value] += 1;
    };
    const fitting = [];
    for (const row of rows) {
      let missed = -1;
      let misses = 0;
      for (let filter = 0; filter < wanted.length && misses < 2; filter += 1) {
        const any = wanted[filter];
        if (any && !row.values[filter].some((value) => any.has(value))) {
          missed = filter;
          misses += 1;
        }
      }
      if (misses > 1 || (words.length && !words.every((word) => textOf(row).includes(word)))) continue;
      if (misses) {
        add(row, missed);
      } else {
        fitting.push(row);
        for (let filter = 0; filter < wanted.length; filter += 1) add(row, filter);
      }
    }
    return { fitting, numbers };
  };

  // The place of each row by one column. What is not recorded comes last, whichever way the column runs.
  /** @param {Column} column */
  const ranks = (column) => {
    if (!column.ranks) {
      const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
      const said = rows.map((row) => (column.empty(row) ? "" : column.say(row)));
      const places = new Map([...new Set(said)].sort(collator.compare).map((text, place) => [text, place]));
      column.ranks = said.map((text) => (text ? /** @type {number} */ (places.get(text)) : Infinity));
    }
    return column.ranks;
  };

  /** @param {Row[]} list */
  const sorted = (list) => {
    const down = asked.sort.startsWith("-");
    const column = columns.find(({ name }) => name === asked.sort.slice(down ? 1 : 0));
    for (const one of columns) {
      if (one === column) one.head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else one.head.removeAttribute("aria-sort");
    }
    if (!column) return list;
    const rank = ranks(column);
    return [...list].sort(({ place: a }, { place: b }) => {
      if (rank[a] === rank[b]) return a - b;
      if (rank[a] === Infinity || rank[b] === Infinity) return rank[a] - rank[b];
      return down ? rank[b] - rank[a] : rank[a] - rank[b];
    });
  };

  let all = false;
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

  /** @type {(field: typeof fields[number], wanted: string[], numbers: number[]) => void} */
  const fill = (field, wanted, numbers) => {
    if (!field.select) return;
    field.values.forEach((value, index) => {
      const option = field.options.get(value.value);
      if (!option) return;
      option.textContent = `${labelOf(value)} (${numbers[index]})`;
      option.disabled = !numbers[index] && !wanted.includes(value.value);
    });
    const [first = ""] = wanted;
    if (wanted.length < 2 && (!first || field.options.has(first))) {
      field.several.remove();
      field.select.value = first;
    } else {
      /** @param {string} value */
      const label = (value) => {
        const known = field.values.find((one) => one.value === value);
        return known ? labelOf(known) : `“${value}”`;
      };
      field.several.textContent = wanted.map(label).join(" or ");
      field.select.options[0].after(field.several);
      field.select.value = SEVERAL;
    }
  };

  const warn = () => {
    const items = fields.flatMap((field, index) =>
      asked.values[index].filter((value) => !field.places.has(value)).map((value) => {
        const button = make("button", { type: "button", class: "pb-button" }, "Remove");
        button.setAttribute("aria-label", `Remove ${field.label} “${value}”`);
        button.addEventListener("click", () => {
          asked.values[index] = asked.values[index].filter((one) => one !== value);
          update();
          (field.select ?? search).focus();
        });
        return make("li", {}, `No row has ${field.label} “${value === NOTHING ? "not recorded" : value}”. `, button);
      }));
    unknown.replaceChildren(...items);
    unknown.hidden = !items.length;
  };

  const show = () => {
    const { fitting, numbers } = choose();
    shown = sorted(fitting);
    place();
    tell();
    fields.forEach((field, index) => fill(field, asked.values[index], numbers[index]));
    warn();
  };

  const update = () => {
    all = false;
    writeAddress();
    show();
  };

  // --- What readers do -------------------------------------------------------------------------------------------

  /** @type {number | undefined} */
  let waiting;
  search.addEventListener("input", () => {
    asked.text = squeeze(search.value);
    // A reader types faster than a screen reader speaks.
    clearTimeout(waiting);
    waiting = setTimeout(update, 150);
  });
  fields.forEach(({ select }, index) => {
    select?.addEventListener("change", () => {
      if (select.value === SEVERAL) return;
      asked.values[index] = select.value ? [select.value] : [];
      update();
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search.value = "";
    Object.assign(asked, { text: "", sort: "", values: filters.map(() => []) });
    update();
  });
  for (const { button, name } of columns) {
    button.addEventListener("click", () => {
      asked.sort = asked.sort === name ? `-${name}` : name;
      writeAddress();
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
  addEventListener("popstate", () => {
    readAddress();
    show();
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

  readAddress();
  show();
})();
