// The partner directory: filters, sort, an address for what is shown, and a download. Without scripts the page is the
// whole table; on other pages this finds nothing to do.
(() => {
  "use strict";

  const form = /** @type {HTMLFormElement} */ (document.querySelector(".pb-filters"));
  const source = document.querySelector(".pb-filters ~ noscript");
  if (!source) return;

  // As generator/paths.py names them, and its sign for what is not recorded.
  const FILTERS = [
    "function", "type", "mode", "department", "owner", "region", "status",
    "tier", "segment", "industry", "offer", "objective", "finding",
  ];
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

  // A browser that runs scripts reads what stands in <noscript> as one text, which takes it no time: elements are made
  // only of the rows that are shown. The generator escaped every text in there; none is put together here.
  const [top, bottom] = source.textContent.split("<tbody>");
  // eslint-disable-next-line no-restricted-syntax -- see above
  source.outerHTML = top;
  const table = /** @type {HTMLTableElement} */ (document.querySelector(".pb-filters ~ table"));
  const body = table.createTBody();

  const holder = document.createElement("template");
  /** @param {string} html */
  const parsed = (html) => {
    // eslint-disable-next-line no-restricted-syntax -- nothing but parts of the above comes here
    holder.innerHTML = html;
    return holder.content;
  };

  const texts = bottom.split("</tr>").slice(0, -1);
  const markers = parsed(texts.map((html) => html.slice(html.indexOf("<span"), html.indexOf("<a "))).join("")).children;
  /** @typedef {{ html: string, place: number, values: string[][], partner: string, text?: string }} Row */
  /** @type {Row[]} */
  const rows = Array.from(markers, (marker, place) => {
    const html = texts[place];
    const values = FILTERS.map((name) => (marker.getAttribute(`data-${name}`) ?? NOTHING).split("\t"));
    const start = html.indexOf("href=");
    return { html, place, values, partner: html.slice(start, html.indexOf(">", start)) };
  });

  // What the cells say, taken from all rows at once when it is first asked for.
  /** @type {string[][] | undefined} */
  let cells;
  /** @param {Row} row */
  const cellsOf = (row) => {
    cells ??= parsed(rows.map(({ html }) =>
      html.replaceAll("\n", "").replaceAll("</td>", "\t").replace(/<[^>]*>/g, "")).join("\n"))
      .textContent.split("\n").map((line) => line.split("\t").slice(0, -1).map((text) => text.trim()));
    return cells[row.place];
  };
  /** @param {Row} row */
  const textOf = (row) => (row.text ??= fold(cellsOf(row).join("\n")));

  /**
   * @typedef {object} Column
   * @property {HTMLTableCellElement} head
   * @property {HTMLButtonElement} button
   * @property {string} label
   * @property {number} index
   * @property {string} name
   * @property {number[]} [ranks] the place of each row by this column
   */
  const heads = /** @type {HTMLTableSectionElement} */ (table.tHead).rows[0].cells;
  /** @type {Column[]} */
  const columns = Array.from(heads, (head, index) => {
    const label = head.textContent.trim();
    const button = make("button", { type: "button", class: "pb-sort" }, ...head.childNodes);
    head.append(button);
    return { head, button, label, index, name: label.toLowerCase() };
  });

  // On a phone, where cells stand below each other, each says of which column it is; the first is the row's title.
  const labels = new CSSStyleSheet();
  for (const { label, index } of columns.slice(1)) {
    labels.insertRule(`@media screen and (max-width: 44.98em) {
      .pb-filters ~ * td:nth-child(${index + 1})::before { content: ${JSON.stringify(label)}; }
    }`);
  }
  document.adoptedStyleSheets.push(labels);

  // The choices of each filter by value; a filter that no row holds anything of has no field.
  const fields = FILTERS.map((name) => {
    const select = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem(name));
    const label = select ? select.labels[0].textContent : name[0].toUpperCase() + name.slice(1);
    /** @type {Map<string, { option: HTMLOptionElement, label: string }>} */
    const options = new Map();
    for (const option of select ? select.options : []) {
      if (option.value) options.set(option.value, { option, label: option.textContent });
    }
    const several = make("option", { value: SEVERAL });
    return { name, select, label, options, several };
  });

  // --- What is asked for -----------------------------------------------------------------------------------------

  /** @type {{ text: string, sort: string, values: string[][] }} */
  const asked = { text: "", sort: "", values: FILTERS.map(() => []) };

  const readAddress = () => {
    const query = new URLSearchParams(location.search);
    asked.text = squeeze(query.get("text") ?? "");
    asked.sort = query.get("sort") ?? "";
    asked.values = FILTERS.map((name) => [...new Set(query.getAll(name).map(squeeze))].filter(Boolean));
    search.value = asked.text;
    if (more) more.open ||= fields.some(({ select }, index) => more.contains(select) && asked.values[index].length);
  };

  const writeAddress = () => {
    const query = new URLSearchParams(location.search);
    for (const name of ["text", "sort", ...FILTERS]) query.delete(name);
    FILTERS.forEach((name, index) => asked.values[index].forEach((value) => query.append(name, value)));
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
    const wanted = asked.values.map((values) => (values.length ? new Set(values) : null));
    const numbers = FILTERS.map(() => /** @type {Map<string, number>} */ (new Map()));
    /** @type {(row: Row, filter: number) => void} */
    const add = (row, filter) => {
      for (const value of row.values[filter]) numbers[filter].set(value, (numbers[filter].get(value) ?? 0) + 1);
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
      const filter = FILTERS.indexOf(column.name);
      const said = rows.map((row) =>
        filter >= 0 && row.values[filter][0] === NOTHING ? "" : cellsOf(row)[column.index]);
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
    // eslint-disable-next-line no-restricted-syntax -- rows as they stood in the page
    body.insertAdjacentHTML("beforeend", shown.slice(body.rows.length, end).map(({ html }) => html).join(""));
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
    const partners = new Set(shown.map((row) => row.partner)).size;
    const words = shown.length
      ? `${counted(shown.length, "relationship")} with ${counted(partners, "partner")}`
      : "No relationship fits";
    // A screen reader speaks what changes, and only that.
    if (count.textContent !== words) count.textContent = words;
  };

  /** @type {(field: typeof fields[number], values: string[], numbers: Map<string, number>) => void} */
  const fill = (field, values, numbers) => {
    if (!field.select) return;
    for (const [value, { option, label }] of field.options) {
      const number = numbers.get(value) ?? 0;
      option.textContent = `${label} (${number})`;
      option.disabled = !number && !values.includes(value);
    }
    const [value = ""] = values;
    const plain = values.length < 2 && (!value || field.options.has(value));
    if (plain) {
      field.several.remove();
      field.select.value = value;
    } else {
      field.several.textContent = values.map((one) => field.options.get(one)?.label ?? `“${one}”`).join(" or ");
      field.select.options[0].after(field.several);
      field.select.value = SEVERAL;
    }
  };

  const warn = () => {
    const items = fields.flatMap((field, index) =>
      asked.values[index].filter((value) => !field.options.has(value)).map((value) => {
        // Where no row holds anything of the filter, each holds nothing.
        if (!field.select && value === NOTHING) return "";
        const button = make("button", { type: "button", class: "pb-button" }, "Remove");
        button.setAttribute("aria-label", `Remove ${field.label} “${value}”`);
        button.addEventListener("click", () => {
          asked.values[index] = asked.values[index].filter((one) => one !== value);
          update();
          (field.select ?? search).focus();
        });
        return make("li", {}, `No row has ${field.label} “${value === NOTHING ? "not recorded" : value}”. `, button);
      })).filter(Boolean);
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
    Object.assign(asked, { text: "", sort: "", values: FILTERS.map(() => []) });
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
  globalThis.requestIdleCallback?.(() => cellsOf(rows[0]));
})();
