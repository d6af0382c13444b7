// Find a partner: who fits what is chosen, the most promising first, why, and whom to ask; else what is missing, and for
// whom. The order and the reasons are the generator's. On other pages this finds nothing to do.
(() => {
  "use strict";

  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("find-form"));
  const data = window.playbookDirectory;
  const filtering = window.playbookFilters;
  const cards = window.playbookCard;
  if (!form || !data || !filtering || !cards) return;

  const { NOTHING, make, counted, found, selectsOf } = filtering;
  const { STATUSES, at, address, directory, load, shown } = cards;
  const count = /** @type {HTMLElement} */ (document.getElementById("find-count"));
  const list = /** @type {HTMLElement} */ (document.getElementById("find-found"));
  const selects = selectsOf(form);
  const SHORT = 5;

  /** @typedef {NonNullable<Window["playbookFinder"]>} Finder */
  /** @typedef {{ row: number, known: number, owned: 0 | 1, covers: boolean }} Fitting */

  /** @type {(row: number, filter: string) => PlaybookChoice[]} */
  const held = (row, filter) => {
    const place = at(filter);
    if (place < 0) return [];
    const { values } = data.filters[place];
    return [data.rows[row][place + 2]].flat().map((one) => values[one]).filter(({ value }) => value !== NOTHING);
  };
  /** @param {string} mail */
  const written = (mail) => make("a", { href: `mailto:${mail}` }, mail);
  /** @type {(said: (Node | string)[][], between: string) => (Node | string)[]} */
  const joined = (said, between) => said.flatMap((one, index) => (index ? [between, ...one] : one));
  /** @type {(form: string, names: Record<string, string>) => string} */
  const worded = (words, names) => words.replace(/\{(\w+)\}/g, (_, name) => names[name]);
  /** @param {string} name */
  const nameOf = (name) => {
    const select = selects.get(name);
    return select?.value ? select.options[select.selectedIndex].text : "";
  };
  const asked = () => Object.fromEntries([...selects].map(([name, { value }]) => [name, value]).filter(([, value]) => value));

  // --- Who fits ------------------------------------------------------------------------------------------------------

  /** @type {(finder: Finder, wanted: Record<string, string>) => Fitting[]} */
  const fitting = (finder, { region, ...wanted }) => {
    const ranked = [];
    for (const [row, standing, known, owned] of finder.order) {
      if (!Object.entries(wanted).every(([filter, value]) => held(row, filter).some((one) => one.value === value))) continue;
      const regions = region ? held(row, "region").map(({ value }) => value) : [];
      const covers = !region || regions.includes(region);
      // Where no region is recorded, that may mean anywhere.
      if (covers || !regions.length) ranked.push({ row, standing, known, owned, covers });
    }
    // What is equal stays in the generator's order.
    ranked.sort((one, other) => one.standing - other.standing || Number(other.covers) - Number(one.covers));
    // A partner may serve as several types; it is named once, at its best.
    const seen = new Set();
    return ranked.filter(({ row }) => !seen.has(data.rows[row][0]) && seen.add(data.rows[row][0]));
  };

  /** @type {(finder: Finder, one: Fitting) => string} */
  const why = (finder, { row, known, covers }) => {
    const { words } = finder;
    const [{ value: status }] = held(row, "status");
    const [offer, region] = [nameOf("offer"), nameOf("region")];
    const first = worded(offer ? (status === "active" ? words.covers : words.stands) : words.is, { offer, status });
    const where = region ? (covers ? worded(words.in, { region }) : words.unknown) : "";
    return [first + where, finder.known[known]].filter(Boolean).join("; ");
  };

  /** @type {(finder: Finder, one: Fitting) => (Node | string)[]} */
  const whom = (finder, { row, owned }) => {
    const [owner] = held(row, "owner");
    const [department] = held(row, "department");
    const said = owned && owner ? [[shown(owner)]] : [[shown(department)]];
    const mail = owned && owner ? found(finder.mails, owner.value) : found(finder.contacts, department.value);
    if (mail) said.push([written(mail)]);
    said.push(owned && owner ? [shown(department)] : [new Text("since nobody owns it")]);
    return joined(said, ", ");
  };

  /** @type {(finder: Finder, one: Fitting) => HTMLElement} */
  const item = (finder, one) => {
    const { name, page } = data.partners[data.rows[one.row][0]];
    const [{ value: status }] = held(one.row, "status");
    const chip = status === "active" ? [] : [" ", make("span", { class: `chip chip--${status}` }, status)];
    return make("li", {}, make("strong", {}, make("a", { href: address(page) }, name)), ...chip, ", ",
      ...held(one.row, "type").map(shown), `: ${why(finder, one)}. Ask `, ...whom(finder, one), ".");
  };

  // --- What is missing -----------------------------------------------------------------------------------------------

  /** @type {(finder: Finder, wanted: Record<string, string>) => HTMLElement[]} */
  const missing = ({ gaps }, { offer, region, type, function: job }) => gaps
    .filter((gap) => (!offer || gap.offer === offer) && (!type || gap.type === type) && (!job || gap.function === job)
      && (!region || !gap.region || gap.region === region))
    .map((gap) => {
      const where = !offer || !region ? [!offer && offerOf(gap.offer), !region && gap.region].filter(Boolean).join(", ") : "";
      const whose = gap.whose.map(({ owner, title, page }) => {
        const objective = page ? make("a", { href: address(page) }, title) : title;
        return owner ? [`${owner}, for `, objective] : [objective];
      });
      const matters = whose.length ? [" It matters to ", ...joined(whose, "; "), "."] : [" No objective waits for it."];
      return make("li", {}, make("a", { href: address(gap.page) }, gap.name), `${where && ` for ${where}`}: ${gap.what}.`, ...matters);
    });
  /** @param {string} offer */
  const offerOf = (offer) => [...selects.get("offer")?.options ?? []].find(({ value }) => value === offer)?.text ?? offer;

  /** @type {(finder: Finder, wanted: Record<string, string>) => string} */
  const nothing = ({ sold }, { offer, region }) => (
    region && found(sold, offer)?.includes(region) === false
      ? `${nameOf("offer")} is not sold in ${region}.`
      : "No offer of ours asks for such a partner, so that nobody is looking for one. Ask for less, or see the table below.");

  // --- What readers see ----------------------------------------------------------------------------------------------

  // What only this form needs comes when something is asked.
  /** @type {Promise<Finder | undefined> | undefined} */
  let coming;
  const facts = () => (coming ??= load("finder.js").then(() => window.playbookFinder));

  const show = async () => {
    const wanted = asked();
    if (!Object.keys(wanted).length) {
      count.textContent = "";
      list.replaceChildren();
      return;
    }
    const finder = await facts();
    if (!finder) {
      count.textContent = "The list cannot be had: use the table below.";
      return;
    }
    const all = fitting(finder, wanted);
    const lacks = missing(finder, wanted);
    count.textContent = all.length
      ? `${counted(all.length, "partner")} may do it${all.length > SHORT ? `; these ${SHORT} are the most promising` : ""}`
      : "Nobody is listed for this";
    /** @type {HTMLElement[]} */
    const parts = [];
    if (all.length) parts.push(make("ol", { class: "pb-found" }, ...all.slice(0, SHORT).map((one) => item(finder, one))));
    if (all.length > SHORT) {
      /** @type {string[][]} */
      const query = Object.entries(wanted);
      if (wanted.region) query.push(["region", NOTHING]);
      // Dormant partners may do nothing.
      query.push(...STATUSES.slice(0, -1).map((status) => ["status", status]));
      parts.push(make("p", {}, make("a", { href: directory(query) }, `All ${all.length} in the directory`)));
    }
    if (lacks.length) parts.push(make("p", {}, "What is missing here:"), make("ul", {}, ...lacks));
    else if (!all.length) parts.push(make("p", {}, nothing(finder, wanted)));
    list.replaceChildren(...parts);
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const [name, select] of selects) {
      const value = query.get(name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    show();
  };
  const update = () => {
    const query = String(new URLSearchParams(asked()));
    try {
      history.replaceState(history.state, "", `${location.pathname}${query && `?${query}`}`);
    } catch {
      // A browser may refuse this to a page opened from disk; the form works all the same.
    }
    show();
  };
  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update));
  addEventListener("popstate", read);
  read();
})();
