// The card of a partner: who owns it, what it does, what may be promised, and the way to its page. The landscape shows it
// beside a tile, and a page for frames shows one alone.
(() => {
  "use strict";

  const rowsScript = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[data-page-end]"));
  const data = window.playbookDirectory;
  const filtering = window.playbookFilters;
  if (!rowsScript || !data || !filtering) return;

  const { NOTHING, make, labelOf, found } = filtering;
  const STATUSES = ["active", "onboarding", "prospect", "dormant"];
  const pageEnd = /** @type {string} */ (rowsScript.dataset.pageEnd);
  // What rows lead to is given from their own folder.
  /** @param {string} page */
  const address = (page) => new URL(page.replace(".md", pageEnd), rowsScript.src).href;
  /** @param {Record<string, string> | string[][]} wanted */
  const directory = (wanted) => {
    const page = pageEnd === "/" ? "./" : `index${pageEnd}`;
    return new URL(`${page}?${new URLSearchParams(wanted)}`, rowsScript.src).href;
  };
  /** @param {string} name */
  const at = (name) => data.filters.findIndex((one) => one.name === name);
  const initials = (/** @type {string} */ name) => {
    const words = name.match(/[\p{L}\p{N}]+/gu) ?? ["?"];
    const letters = words.length > 1 ? words.slice(0, 2).map((word) => [...word][0]) : [...words[0]].slice(0, 2);
    return letters.join("").toUpperCase();
  };

  // A page opened from disk may load a script that sets a variable, and no data.
  /** @type {(file: string) => Promise<void>} */
  const load = (file) => new Promise((done) => {
    const script = make("script", { src: new URL(file, rowsScript.src).href });
    script.addEventListener("load", () => done());
    script.addEventListener("error", () => done());
    document.head.append(script);
  });
  // What only cards say comes when the first one is asked for.
  /** @type {Promise<Window["playbookCards"]> | undefined} */
  let coming;
  const facts = () => (coming ??= load("cards.js").then(() => window.playbookCards));

  /** @type {(row: PlaybookRow, filter: string) => PlaybookChoice[]} */
  const held = (row, filter) => {
    const place = at(filter);
    return place < 0 ? [] : row.values[place].map((one) => data.filters[place].values[one]).filter(({ value }) => value !== NOTHING);
  };
  /** @type {(choice: PlaybookChoice) => Node} */
  const shown = (choice) => (choice.page ? make("a", { href: address(choice.page) }, labelOf(choice)) : new Text(labelOf(choice)));
  /** @type {<Item>(items: Item[]) => Item[]} */
  const unique = (items) => [...new Set(items)];

  /** @type {(tile: PlaybookTile, known: Window["playbookCards"], ...more: Node[]) => Node[]} */
  const content = ({ partner, rows, status }, known, ...more) => {
    const { name, page, logo } = data.partners[partner];
    const word = STATUSES[status];
    const mono = make("span", { class: `pb-mono pb-mono--${word}`, "aria-hidden": "true" }, logo ? "" : initials(name));
    if (logo) mono.append(make("img", { src: address(logo), alt: "" }));
    const head = make("div", { class: "pb-card__head" }, mono, make("h2", { id: "card-name" }, name),
      make("span", { class: `chip chip--${word}` }, word), ...more);

    /** @type {HTMLElement[]} */
    const list = [];
    /** @type {(term: string, ...said: (Node | string)[]) => void} */
    const add = (term, ...said) => list.push(make("dt", {}, term), make("dd", {}, ...said));
    /** @type {string[]} */
    const lines = known ? rows.map(({ place }) => known.lines[known.rows[place]]).filter(Boolean) : [];
    /** @type {(HTMLElement | string)[]} */
    const mails = [];
    const departments = unique(rows.map((row) => held(row, "department")[0]));
    for (const department of departments) {
      const row = /** @type {PlaybookRow} */ (rows.find((one) => held(one, "department")[0] === department));
      const [owner] = held(row, "owner");
      add("Owner", owner ? shown(owner) : make("span", { class: "chip chip--unowned" }, "nobody yet"));
      add("Department", shown(department));
      const mail = owner && known && found(known.mails, owner.value);
      if (mail) mails.push(make("a", { href: `mailto:${mail}` }, departments.length > 1 ? `Write to ${owner.name}` : "Write to the owner"));
    }
    const others = new Set(rows);
    const also = data.rows.map(([who, , ...values], place) => ({ who, place, values }))
      .filter(({ who, place }) => who === partner && ![...others].some((row) => row.place === place))
      .map(({ values }) => {
        /** @type {(filter: string) => PlaybookChoice} */
        const of = (filter) => data.filters[at(filter)].values[[values[at(filter)]].flat()[0]];
        return of("status").value === "ended" ? "" : `${of("type").name} in ${of("department").name}`;
      }).filter(Boolean);
    if (also.length) add("Also", unique(also).join("; "));
    const open = unique(rows.flatMap((row) => held(row, "finding")).map(({ name: said }) => said));
    if (open.length) add("Open", open.join("; "));

    /** @type {Node[]} */
    const parts = [head];
    if (lines.length) parts.push(...unique(lines).map((line) => make("p", { class: "pb-card__value" }, line)));
    parts.push(make("dl", {}, ...list));
    if (known) {
      const rules = unique(rows.map((row) => `${held(row, "type")[0].value} ${held(row, "mode")[0].value}`))
        .map((key) => found(known.promises, key) ?? [[], []]);
      const [may, never] = [0, 1].map((kind) => unique(rules.flatMap((rule) => rule[kind])));
      if (may.length || never.length) {
        parts.push(make("ul", { class: "pb-card__say" },
          ...may.slice(0, 2).map((text, index) =>
            make("li", { class: "pb-card__may" }, ...(index ? [] : [make("strong", {}, "May be promised")]), text)),
          ...never.slice(0, 1).map((text) => make("li", { class: "pb-card__never" }, make("strong", {}, "Never"), text))));
      } else {
        parts.push(make("p", { class: "missing" }, "No promise is recorded for its type and mode: ask the owner first."));
      }
    }
    parts.push(make("p", { class: "pb-card__go" }, make("a", { href: address(page) }, "Open the page"), ...mails));
    return parts;
  };

  window.playbookCard = { STATUSES, address, at, directory, initials, load, facts, shown, content };
})();
