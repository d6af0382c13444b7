// The card of a tile: who owns the partner, what it does, what may be promised, and the way to its page.
(() => {
  "use strict";

  const landscape = window.playbookLandscape;
  const filtering = window.playbookFilters;
  if (!landscape || !filtering) return;

  const { NOTHING, make, labelOf } = filtering;
  const { data, root, picture, at, address, initials, tileAt } = landscape;
  const rowsScript = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-page-end]"));
  const card = make("div", { class: "pb-card", role: "dialog", "aria-labelledby": "card-name", hidden: "" });
  root.append(card);

  // What only cards say comes when the first one is asked for: a page opened from disk may load a script, and no data.
  /** @type {Promise<Window["playbookCards"]> | undefined} */
  let coming;
  const facts = () => (coming ??= new Promise((done) => {
    const script = make("script", { src: new URL("cards.js", rowsScript.src).href });
    const end = () => done(window.playbookCards);
    script.addEventListener("load", end);
    script.addEventListener("error", end);
    document.head.append(script);
  }));

  /** @type {(row: PlaybookRow, filter: string) => PlaybookChoice[]} */
  const held = (row, filter) => {
    const place = at(filter);
    return place < 0 ? [] : row.values[place].map((one) => data.filters[place].values[one]).filter(({ value }) => value !== NOTHING);
  };
  /** @type {(choice: PlaybookChoice) => Node} */
  const shown = (choice) => (choice.page ? make("a", { href: address(choice.page) }, labelOf(choice)) : new Text(labelOf(choice)));
  /** @type {<Item>(items: Item[]) => Item[]} */
  const unique = (items) => [...new Set(items)];

  /** @type {(tile: PlaybookTile, known: Window["playbookCards"]) => Node[]} */
  const content = ({ partner, rows, status }, known) => {
    const { name, page, logo } = data.partners[partner];
    const word = ["active", "onboarding", "prospect", "dormant"][status];
    const mono = make("span", { class: `pb-mono pb-mono--${word}`, "aria-hidden": "true" }, logo ? "" : initials(name));
    if (logo) mono.append(make("img", { src: address(logo), alt: "" }));
    const close = make("button", { type: "button", class: "pb-card__close", "aria-label": "Close" }, "×");
    const head = make("div", { class: "pb-card__head" }, mono, make("h2", { id: "card-name" }, name),
      make("span", { class: `chip chip--${word}` }, word), close);

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
      const mail = owner && known?.mails[owner.value];
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
        .map((key) => known.promises[key] ?? [[], []]);
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

  // --- Where it stands, and when -------------------------------------------------------------------------------------

  /** @type {HTMLAnchorElement | null} */
  let current = null;
  let pinned = false;
  // Whoever comes back to a tile has just closed its card.
  let returning = false;
  /** @type {number | undefined} */
  let timer;

  const twins = () => picture.querySelectorAll(".pb-tile--twin");

  /** @param {boolean} [focus] whether the keyboard goes back to the tile */
  const hide = (focus) => {
    clearTimeout(timer);
    if (card.hidden) return;
    card.hidden = true;
    pinned = false;
    for (const twin of twins()) twin.classList.remove("pb-tile--twin");
    current?.removeAttribute("aria-expanded");
    const tile = current;
    current = null;
    if (!focus) return;
    returning = true;
    tile?.focus();
    returning = false;
  };

  const place = () => {
    if (!current) return;
    const tile = current.getBoundingClientRect();
    const frame = root.getBoundingClientRect();
    const left = Math.min(tile.left - frame.left, frame.width - card.offsetWidth);
    const above = tile.bottom + card.offsetHeight + 4 > innerHeight && tile.top - card.offsetHeight - 4 > 0;
    card.style.left = `${Math.max(0, left)}px`;
    card.style.top = `${(above ? tile.top - card.offsetHeight - 4 : tile.bottom + 4) - frame.top}px`;
  };

  /** @type {(link: HTMLAnchorElement, pin: boolean) => void} */
  const show = async (link, pin) => {
    const tile = tileAt(link);
    if (!tile) return;
    clearTimeout(timer);
    current?.removeAttribute("aria-expanded");
    current = link;
    pinned = pin;
    link.setAttribute("aria-expanded", "true");
    for (const twin of twins()) twin.classList.remove("pb-tile--twin");
    for (const twin of picture.querySelectorAll(`.pb-tile[data-partner="${tile.partner}"]`)) twin.classList.toggle("pb-tile--twin", twin !== link);
    const known = await facts();
    if (current !== link) return;
    card.replaceChildren(...content(tile, known));
    card.hidden = false;
    place();
    if (pin) /** @type {HTMLElement} */ (card.querySelector(".pb-card__close")).focus();
  };

  /** @type {(target: EventTarget | null) => HTMLAnchorElement | null} */
  const tileOf = (target) => (target instanceof Element ? target.closest(".pb-tile") : null);

  picture.addEventListener("pointerover", ({ target, pointerType }) => {
    const link = tileOf(target);
    if (!link || pinned || pointerType !== "mouse") return;
    clearTimeout(timer);
    timer = setTimeout(() => show(link, false), card.hidden ? 280 : 90);
  });
  const leave = () => {
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(hide, 260);
  };
  picture.addEventListener("pointerout", leave);
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leave);
  picture.addEventListener("focusin", ({ target }) => {
    const link = tileOf(target);
    if (link && !pinned && !returning && link.matches(":focus-visible")) show(link, false);
  });
  picture.addEventListener("focusout", ({ relatedTarget }) => {
    if (!pinned && !card.contains(/** @type {Node | null} */ (relatedTarget))) hide();
  });
  picture.addEventListener("click", (event) => {
    const link = tileOf(event.target);
    // With a key pressed, a link opens elsewhere, as links do.
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link, true);
  });
  card.addEventListener("click", ({ target }) => {
    if (/** @type {Element} */ (target).closest(".pb-card__close")) hide(true);
  });
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll("a, button"));
    const last = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (event.target !== last) return;
    event.preventDefault();
    hide(true);
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide(pinned);
  });
  addEventListener("pointerdown", ({ target }) => {
    if (pinned && !card.contains(/** @type {Node} */ (target)) && !tileOf(target)) hide();
  });
  // What is drawn anew has no card.
  new MutationObserver(() => hide()).observe(picture, { childList: true });
})();
