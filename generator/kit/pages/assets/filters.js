// What the directory and the landscape share: the rows, the form that filters them, and an address for what is asked.
(() => {
  "use strict";

  // As generator/paths.py has it: the value of a filter where nothing is recorded.
  const NOTHING = "-";
  const SEVERAL = "several";

  const fold = self.playbookFold;
  if (!fold) return;
  /** @param {string} text */
  const squeeze = (text) => text.trim().replace(/\s+/g, " ");
  /** @type {PlaybookFilters["labelOf"]} */
  const labelOf = ({ name, note = "" }) => name + note;
  /** @type {PlaybookFilters["counted"]} */
  const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

  /** @type {PlaybookFilters["make"]} */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  /** @type {PlaybookFilters["found"]} */
  const found = (record, name) => (Object.hasOwn(record, name) ? record[name] : undefined);

  // By what each field of a form filters: names of its elements would hide what the form itself has by such names.
  /** @type {PlaybookFilters["selectsOf"]} */
  const selectsOf = (form) => new Map(Array.from(form.querySelectorAll("select"), (one) => [one.dataset.filter ?? "", one]));

  /** @type {PlaybookFilters["over"]} */
  const over = ({ data, form, keeps, holds = () => true, show }) => {
    const search = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
    const unknown = /** @type {HTMLElement} */ (form.querySelector(".pb-unknown"));
    const folded = /** @type {NodeListOf<HTMLDetailsElement>} */ (form.querySelectorAll(".pb-more"));
    const { filters, partners } = data;

    // Most values are one: rows that hold the same one share the list of it.
    const single = /** @type {number[][]} */ ([]);
    /** @type {PlaybookRow[]} */
    const rows = data.rows.map(([partner, findings, ...held], place) => {
      const values = held.map((one) => (typeof one === "number" ? (single[one] ??= [one]) : one));
      return { place, partner, findings, values };
    }).filter(holds);

    /** @type {((row: PlaybookRow) => string)[]} */
    const sayings = data.columns.map((label) => {
      if (label === "Partner") return ({ partner }) => partners[partner].name;
      if (label === "Findings") return ({ findings }) => String(findings);
      const filter = filters.findIndex((one) => one.label === label);
      return ({ values }) => values[filter].map((one) => labelOf(filters[filter].values[one])).join(", ");
    });
    /** @param {PlaybookRow} row */
    const cellsOf = (row) => (row.said ??= sayings.map((say) => say(row)));
    /** @param {PlaybookRow} row */
    const textOf = (row) => (row.text ??= fold(cellsOf(row).join("\n")));

    // The choices of each filter by value; a filter that no row holds anything of has no field.
    const selects = selectsOf(form);
    const fields = filters.map(({ name, label, values }) => {
      const select = selects.get(name) ?? null;
      const options = new Map(Array.from(select ? select.options : [], (option) => [option.value, option]));
      const places = new Map(values.map(({ value }, place) => [value, place]));
      const several = make("option", { value: SEVERAL });
      const today = new Map(values.flatMap(({ value, formerly = [] }) => formerly.map((old) => [old, value])));
      return { name, label, values, select, options, places, today, several };
    });

    // --- What is asked for -------------------------------------------------------------------------------------------

    /** @type {{ text: string, kept: Record<string, string>, values: string[][] }} */
    const asked = { text: "", kept: {}, values: [] };

    const readAddress = () => {
      const query = new URLSearchParams(location.search);
      asked.text = squeeze(query.get("text") ?? "");
      for (const name of keeps) asked.kept[name] = query.get(name) ?? "";
      // An address from before may have an id that something had then.
      asked.values = fields.map(({ name, places, today }) => [...new Set(query.getAll(name).map(squeeze).map((value) =>
        (places.has(value) ? value : today.get(value) ?? value)))].filter(Boolean));
      search.value = asked.text;
      // What is asked for is seen, however deep it is folded away.
      for (const one of folded) {
        one.open ||= fields.some(({ select }, index) => one.contains(select) && asked.values[index].length > 0);
      }
    };

    const save = () => {
      const query = new URLSearchParams(location.search);
      // Filters have other names than these: ASKED_BESIDE in generator/model/fields.py.
      for (const name of ["text", ...keeps, ...filters.map((one) => one.name)]) query.delete(name);
      filters.forEach(({ name }, index) => asked.values[index].forEach((value) => query.append(name, value)));
      if (asked.text) query.set("text", asked.text);
      for (const name of keeps) if (asked.kept[name]) query.set(name, asked.kept[name]);
      try {
        history.replaceState(history.state, "", `${location.pathname}${String(query) && `?${query}`}${location.hash}`);
      } catch {
        // A browser may refuse this to a page opened from disk; the filters work all the same.
      }
    };

    // --- What fits ---------------------------------------------------------------------------------------------------

    // One pass finds the rows that fit every filter, and how many would fit for each choice of one of them.
    const choose = () => {
      const words = fold(asked.text).split(" ").filter(Boolean);
      // A value that no row holds has no place, and fits none.
      const wanted = fields.map(({ places }, index) =>
        (asked.values[index].length ? new Set(asked.values[index].map((value) => places.get(value) ?? -1)) : null));
      const numbers = filters.map(({ values }) => values.map(() => 0));
      /** @type {(row: PlaybookRow, filter: number) => void} */
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

    const apply = () => {
      const { fitting, numbers } = choose();
      show(fitting);
      fields.forEach((field, index) => fill(field, asked.values[index], numbers[index]));
      warn();
    };

    const update = () => {
      save();
      apply();
    };

    // --- What readers do ---------------------------------------------------------------------------------------------

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
      Object.assign(asked, { text: "", values: filters.map(() => []) });
      for (const name of keeps) asked.kept[name] = "";
      update();
    });
    addEventListener("popstate", () => {
      readAddress();
      apply();
    });

    const begin = () => {
      readAddress();
      apply();
    };
    const asks = () => asked.text !== "" || asked.values.some((values) => values.length > 0);
    return { rows, cellsOf, kept: asked.kept, asks, save, apply, begin };
  };

  window.playbookFilters = { NOTHING, make, labelOf, counted, found, selectsOf, over };
})();
