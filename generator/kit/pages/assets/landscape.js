// The landscape: boxes and tiles of the directory's rows, grouped, dimmed by the directory's filters, and by box in full.
// Without scripts the page is a list of lists; on other pages this finds nothing to do.
(() => {
  "use strict";

  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#landscape-filters"));
  const source = document.querySelector(".pb-landscape ~ noscript");
  const data = window.playbookDirectory;
  const filtering = window.playbookFilters;
  const cards = window.playbookCard;
  if (!form || !source || !data || !filtering || !cards) return;

  const { NOTHING, make, counted, over } = filtering;
  const { STATUSES, address, at, directory, initials } = cards;
  const { filters, partners } = data;
  const root = /** @type {HTMLElement} */ (document.getElementById("landscape"));
  const count = /** @type {HTMLElement} */ (document.getElementById("landscape-count"));
  const back = /** @type {HTMLButtonElement} */ (document.getElementById("landscape-back"));
  const fold = /** @type {HTMLDetailsElement} */ (form.querySelector(".pb-fold"));

  // More tiles than this are squares without names, as long as no box is shown alone.
  const MANY = 400;
  // By what bands and boxes are made; and which partners stand in more than one place then.
  /** @type {Record<string, [band: string, box: string, twice: string]>} */
  const GROUPS = {
    "": ["function", "type", "with two types stands in both boxes"],
    department: ["department", "type", "with two departments or types stands in both"],
    mode: ["mode", "type", "with two modes or types stands in both"],
    region: ["region", "function", "that works in two regions stands in both"],
    tier: ["tier", "function", "with two tiers or functions stands in both"],
  };

  // To work out an address takes longer than to draw a tile.
  const addresses = /** @type {string[]} */ ([]);
  /** @param {number} partner */
  const pageOf = (partner) => (addresses[partner] ??= address(partners[partner].page));
  const [STATUS, FINDING] = [at("status"), at("finding")];
  /** @type {(row: PlaybookRow) => string} */
  const statusOf = (row) => filters[STATUS].values[row.values[STATUS][0]].value;

  const types = (root.dataset.types ?? "").split(" ");
  /** @type {(filter: string, value: string) => number} */
  const rank = (filter, value) => (filter === "type" ? types.indexOf(value) : 0);

  // --- What there is -------------------------------------------------------------------------------------------------

  /**
   * A partner's place in a box, with the rows that put it there.
   * @typedef {{ partner: number, rows: PlaybookRow[], link: HTMLAnchorElement, lit: boolean, mends: number, open: number, status: number }} Tile
   * @typedef {{ value: PlaybookChoice, tiles: Tile[] }} Box
   * @typedef {{ value: PlaybookChoice, boxes: Box[] }} Band
   */
  /** @type {(partner: number, rows: PlaybookRow[]) => Tile} */
  const tileOf = (partner, held) => {
    const found = filters[FINDING]?.values ?? [];
    const codes = new Set(held.flatMap((row) => row.values[FINDING]).filter((one) => found[one].value !== NOTHING));
    const mends = [...codes].filter((one) => found[one].mends).length;
    const status = Math.min(...held.map((row) => STATUSES.indexOf(statusOf(row))));
    return { partner, rows: held, link: make("a"), lit: true, mends, open: codes.size - mends, status };
  };

  /** @type {(tile: Tile, dense: boolean) => void} */
  const drawTile = (tile, dense) => {
    const { name, logo } = partners[tile.partner];
    const status = STATUSES[tile.status];
    const marks = [tile.status ? `, ${status}` : "", tile.mends ? `, ${tile.mends} to mend` : "",
      !tile.mends && tile.open ? `, ${tile.open} to record or watch` : ""].join("");
    tile.link = make("a", { class: `pb-tile pb-tile--${status}`, href: pageOf(tile.partner), "data-partner": String(tile.partner) });
    tile.link.setAttribute("aria-label", name + marks);
    if (dense) {
      if (tile.mends) tile.link.classList.add("pb-tile--mend");
      return;
    }
    const mono = make("span", { class: `pb-mono pb-mono--${status}`, "aria-hidden": "true" }, logo ? "" : initials(name));
    if (logo) mono.append(make("img", { src: address(logo), alt: "", loading: "lazy" }));
    tile.link.append(mono, make("span", { class: "pb-name" }, name));
    const number = tile.mends || tile.open;
    if (number) {
      const sign = (tile.mends ? "▲" : "△") + (number > 1 ? number : "");
      tile.link.append(make("span", { class: `pb-flag${tile.mends ? " pb-flag--mend" : ""}`, "aria-hidden": "true" }, sign));
    }
  };

  /** @type {(by: string) => Band[]} */
  const grouped = (by) => {
    const [bandBy, boxBy] = GROUPS[by].map(at);
    if (bandBy < 0 || boxBy < 0) return [];
    /** @type {Map<number, Map<number, Map<number, PlaybookRow[]>>>} */
    const inside = new Map();
    /** @type {<Key, Value>(map: Map<Key, Value>, key: Key, begin: () => Value) => Value} */
    const enter = (map, key, begin) => map.get(key) ?? /** @type {any} */ (map.set(key, begin())).get(key);
    for (const row of rows) {
      for (const band of row.values[bandBy]) {
        for (const box of row.values[boxBy]) {
          const boxes = enter(inside, band, () => new Map());
          enter(enter(boxes, box, () => new Map()), row.partner, () => /** @type {PlaybookRow[]} */ ([])).push(row);
        }
      }
    }
    const boxName = filters[boxBy].name;
    /** @type {(one: Box, other: Box) => number} */
    const inOrder = (one, other) => rank(boxName, one.value.value) - rank(boxName, other.value.value);
    return [...inside].sort(([one], [other]) => one - other).map(([band, boxes]) => ({
      value: filters[bandBy].values[band],
      boxes: [...boxes].sort(([one], [other]) => one - other).map(([box, of]) => ({
        value: filters[boxBy].values[box],
        tiles: [...of].map(([partner, held]) => tileOf(partner, held)),
      })).sort(inOrder),
    }));
  };

  // --- How it is laid out --------------------------------------------------------------------------------------------

  // Breaks a band's boxes into rows of least height, in their order: how many of `across` columns each box takes. `sizes`
  // are their tiles, `head` what a row costs beside them.
  /** @type {(sizes: number[], across: number, head: number) => number[]} */
  const widths = (sizes, across, head) => {
    /** @type {{ cost: number, from: number, height: number }[]} */
    const best = [{ cost: 0, from: 0, height: 0 }];
    for (let end = 1; end <= sizes.length; end += 1) {
      best[end] = { cost: Infinity, from: 0, height: 0 };
      for (let from = Math.max(0, end - across); from < end; from += 1) {
        const row = sizes.slice(from, end);
        let height = Math.max(1, Math.ceil(row.reduce((sum, size) => sum + size, 0) / across));
        while (row.reduce((sum, size) => sum + Math.ceil(size / height), 0) > across) height += 1;
        const cost = best[from].cost + height + head;
        if (cost < best[end].cost) best[end] = { cost, from, height };
      }
    }
    const taken = sizes.map(() => 1);
    for (let end = sizes.length; end > 0; end = best[end].from) {
      const { from, height } = best[end];
      for (let box = from; box < end; box += 1) taken[box] = Math.ceil(sizes[box] / height);
      let left = across - taken.slice(from, end).reduce((sum, width) => sum + width, 0);
      for (; left > 0; left -= 1) {
        // What is left goes to the box that is fullest.
        let fullest = from;
        for (let box = from; box < end; box += 1) if (sizes[box] / taken[box] > sizes[fullest] / taken[fullest]) fullest = box;
        taken[fullest] += 1;
      }
    }
    return taken;
  };

  /** @type {Band[]} */
  let bands = [];
  let dense = false;
  let drawn = "";
  const picture = make("ul", { class: "pb-bands" });

  // Widths of boxes by how much room there is.
  const layOut = () => {
    const room = root.clientWidth / parseFloat(getComputedStyle(root).fontSize);
    const across = Math.min(14, Math.max(2, Math.floor((room > 38 ? room - 7.4 : room) / 7.9)));
    root.classList.toggle("pb-landscape--narrow", room <= 38);
    root.style.setProperty("--pb-across", String(across));
    bands.forEach(({ boxes }, index) => {
      const sizes = boxes.map(({ tiles }) => (dense ? Math.ceil(tiles.length / 10) : tiles.length));
      const spans = kept.box ? [across] : widths(sizes, across, dense ? 2 : 0.6);
      const elements = /** @type {NodeListOf<HTMLElement>} */ (picture.children[index].querySelectorAll(".pb-box"));
      spans.forEach((span, box) => elements[box].style.setProperty("--pb-span", String(span)));
    });
  };

  /** @type {(value: PlaybookChoice, filter: string) => HTMLElement} */
  const title = ({ name, note = "", short, page, value }, filter) => {
    const text = value === NOTHING ? `No ${filter} recorded` : (short ?? name) + note;
    const link = make("a", { href: page ? address(page) : directory({ [filter]: value }) }, text);
    if (short && short !== name) link.title = name;
    return link;
  };

  const draw = () => {
    const [bandBy, boxBy] = GROUPS[kept.by];
    bands = grouped(kept.by);
    const whole = bands;
    if (kept.band && kept.box) {
      bands = bands.filter(({ value }) => value.value === kept.band)
        .map(({ value, boxes }) => ({ value, boxes: boxes.filter((box) => box.value.value === kept.box) }))
        .filter(({ boxes }) => boxes.length);
    }
    if (!bands.length) [bands, kept.band, kept.box] = [whole, "", ""];
    dense = !kept.box && bands.reduce((sum, { boxes }) => sum + boxes.reduce((inner, { tiles }) => inner + tiles.length, 0), 0) > MANY;
    root.classList.toggle("pb-landscape--dense", dense);
    if (dense) {
      // Each box reads like a bar.
      for (const { boxes } of bands) {
        for (const { tiles } of boxes) tiles.sort((one, other) => Number(!one.mends) - Number(!other.mends) || one.status - other.status);
      }
    }
    picture.replaceChildren(...bands.map(({ value: band, boxes }, index) => {
      const id = `band-${index}`;
      const within = boxes.map(({ value: box, tiles }) => {
        const number = String(tiles.length);
        /** @type {Record<string, string>} */
        const anchor = boxBy === "type" && bandBy === "function" ? { id: `box-${box.value}` } : {};
        const zoom = make("button", { type: "button", class: "pb-zoom", "data-band": band.value, "data-box": box.value,
          "aria-label": `Show ${box.name} alone, ${counted(tiles.length, "partner")}` }, `${number} ⤢`);
        for (const tile of tiles) drawTile(tile, dense);
        return make("li", { class: "pb-box", ...anchor },
          make("h3", {}, title(box, boxBy), dense ? zoom : make("span", { class: "pb-number" }, number)),
          make("ul", { class: "pb-tiles" }, ...tiles.map(({ link }) => make("li", {}, link))));
      });
      const number = new Set(boxes.flatMap(({ tiles }) => tiles.map(({ partner }) => partner))).size;
      return make("li", { class: "pb-band" },
        make("div", { class: "pb-band__name" }, make("h2", { id }, title(band, bandBy)),
          make("p", {}, counted(number, "partner"), make("span", { class: "pb-fit" }))),
        make("ul", { class: "pb-boxes", "aria-labelledby": id }, ...within));
    }));
    layOut();
  };

  // --- What fits -----------------------------------------------------------------------------------------------------

  /** @param {Set<number>} some */
  const verb = (some) => (some.size === 1 ? "fits" : "fit");

  /** @param {PlaybookRow[]} fitting */
  const show = (fitting) => {
    const choice = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name=by][value="${CSS.escape(kept.by)}"]`));
    // An address may ask for what is not offered.
    if (choice) choice.checked = true;
    else kept.by = "";
    const state = `${kept.by}\n${kept.band}\n${kept.box}`;
    if (state !== drawn) {
      draw();
      drawn = `${kept.by}\n${kept.band}\n${kept.box}`;
    }
    back.hidden = !kept.box;
    const fits = new Set(fitting.map(({ place }) => place));
    const fit = new Set();
    let places = 0;
    bands.forEach(({ boxes }, index) => {
      const inBand = new Set();
      for (const { tiles } of boxes) {
        let stop = -1;
        for (const tile of tiles) {
          tile.lit = tile.rows.some(({ place }) => fits.has(place));
          tile.link.classList.toggle("pb-dim", !tile.lit);
          tile.link.tabIndex = tile.lit && stop < 0 ? (stop = 0) : -1;
          if (tile.lit) inBand.add(tile.partner);
        }
        places += tiles.length;
      }
      const said = asks() ? `, ${inBand.size} ${verb(inBand)}` : "";
      /** @type {Element} */ (picture.children[index].querySelector(".pb-fit")).textContent = said;
      for (const partner of inBand) fit.add(partner);
    });
    const all = new Set(bands.flatMap(({ boxes }) => boxes.flatMap(({ tiles }) => tiles.map(({ partner }) => partner)))).size;
    const number = counted(all, "partner");
    let words = places > all ? `${number} in ${places} places: one ${GROUPS[kept.by][2]}` : number;
    if (asks()) words = fit.size ? `${fit.size} of ${number} ${verb(fit)}; the others are dimmed` : `None of ${number} fits`;
    // A screen reader speaks what changes, and only that.
    if (count.textContent !== words) count.textContent = words;
  };

  const { rows, kept, asks, save, begin, apply } = over({
    data, form, keeps: ["by", "band", "box"], holds: (row) => STATUSES.includes(statusOf(row)), show,
  });

  // --- What readers do -----------------------------------------------------------------------------------------------

  /** @type {(by: string, band: string, box: string) => void} */
  const turn = (by, band, box) => {
    Object.assign(kept, { by, band, box });
    save();
    apply();
  };

  form.addEventListener("change", ({ target }) => {
    const input = /** @type {HTMLInputElement} */ (target);
    if (input.name === "by") turn(input.value, "", "");
  });
  picture.addEventListener("click", ({ target }) => {
    const zoom = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(".pb-zoom"));
    if (!zoom) return;
    turn(kept.by, zoom.dataset.band ?? "", zoom.dataset.box ?? "");
    /** @type {HTMLElement | null} */ (picture.querySelector(".pb-tile[tabindex='0']"))?.focus();
  });
  back.addEventListener("click", () => {
    const { band, box } = kept;
    turn(kept.by, "", "");
    const zooms = /** @type {NodeListOf<HTMLElement>} */ (picture.querySelectorAll(".pb-zoom"));
    [...zooms].find(({ dataset }) => dataset.band === band && dataset.box === box)?.focus();
  });

  // Tab goes from box to box, and the arrows from tile to tile within one.
  picture.addEventListener("keydown", (event) => {
    const here = /** @type {Element} */ (event.target).closest(".pb-tile");
    const list = here?.closest(".pb-tiles");
    if (!here || !list) return;
    const tiles = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".pb-tile:not(.pb-dim)")]);
    const place = tiles.indexOf(/** @type {HTMLElement} */ (here));
    const { left, top } = here.getBoundingClientRect();
    /** @type {(down: boolean) => (tile: HTMLElement) => boolean} */
    const next = (down) => (tile) => {
      const other = tile.getBoundingClientRect();
      return Math.abs(other.left - left) < 6 && (down ? other.top > top + 4 : other.top < top - 4);
    };
    const to = event.key === "ArrowRight" ? tiles[place + 1]
      : event.key === "ArrowLeft" ? tiles[place - 1]
        : event.key === "Home" ? tiles[0]
          : event.key === "End" ? tiles.at(-1)
            : event.key === "ArrowDown" ? tiles.slice(place + 1).find(next(true))
              : event.key === "ArrowUp" ? tiles.slice(0, place).reverse().find(next(false)) : null;
    if (to === null) return;
    event.preventDefault();
    if (!to) return;
    for (const tile of tiles) tile.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });

  fold.open = !matchMedia("(max-width: 44.98em)").matches;
  source.remove();
  root.append(picture);
  begin();
  new ResizeObserver(layOut).observe(root);
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });

  /** @type {(link: Element) => PlaybookTile | undefined} */
  const tileAt = (link) => bands.flatMap(({ boxes }) => boxes.flatMap(({ tiles }) => tiles)).find((tile) => tile.link === link);
  window.playbookLandscape = { root, picture, tileAt, layOut };
})();
