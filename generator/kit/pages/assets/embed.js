// Pages for frames: the reader's colors, and one partner's card; and where such pages are listed, what to copy.
// On other pages this finds nothing to do.
(() => {
  "use strict";

  const filtering = window.playbookFilters;
  if (!filtering) return;
  const { make } = filtering;

  // --- Colors, as the reader's system has them -----------------------------------------------------------------------

  if (document.documentElement.matches(".pb-embed")) {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const dress = () => {
      for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-md-color-scheme]"))) {
        one.dataset.mdColorScheme = dark.matches ? "slate" : "default";
      }
    };
    dark.addEventListener("change", dress);
    dress();
  }

  // --- The card of the partner whom the address names ----------------------------------------------------------------

  const place = document.getElementById("embed-card");
  const cards = window.playbookCard;
  const data = window.playbookDirectory;
  const asked = new URLSearchParams(location.search).get("partner")?.trim();

  const draw = async () => {
    if (!place || !cards || !data || !asked) return;
    // As pages of partners have it, from the rows' folder; or an id that the partner had when the frame was made.
    const now = data.partners.findIndex(({ page }) => page === `${asked}.md`);
    const partner = now < 0 ? data.partners.findIndex(({ formerly }) => formerly?.includes(asked)) : now;
    const status = cards.at("status");
    /** @param {PlaybookRow} row */
    const rank = ({ values }) => cards.STATUSES.indexOf(data.filters[status].values[values[status][0]].value);
    /** @type {PlaybookRow[]} */
    const rows = data.rows.map(([who, findings, ...held], number) => (
      { place: number, partner: who, findings, values: held.map((one) => [one].flat()) }
    )).filter((row) => row.partner === partner && rank(row) >= 0);
    if (!rows.length) {
      place.replaceChildren(make("p", { class: "pb-embed__foot" }, `We have no partner “${asked}” today.`));
      return;
    }
    place.parentElement?.nextElementSibling?.remove();
    const known = await cards.facts();
    place.replaceChildren(...cards.content({ partner, rows, status: Math.min(...rows.map(rank)) }, known));
    place.className = "pb-card pb-card--alone";
    document.title = data.partners[partner].name;
  };
  draw();

  // --- What to copy, with the address that this site has --------------------------------------------------------------

  for (const code of document.querySelectorAll(".pb-frames ~ ul > li > code")) {
    const link = /** @type {HTMLAnchorElement | null} */ (code.parentElement?.querySelector("a"));
    if (!link) continue;
    const end = code.textContent.includes("?partner=") ? "?partner=ID" : "";
    code.textContent = code.textContent.replace(/src="[^"]*"/, () => `src="${link.href}${end}"`);
    // Browsers let only pages that came over a safe connection write there.
    if (!navigator.clipboard) continue;
    const button = make("button", { type: "button", class: "pb-button", "aria-label": `Copy the frame: ${link.textContent}` }, "Copy");
    const told = make("span", { role: "status" });
    button.addEventListener("click", async () => {
      // Said once more, it is spoken once more.
      told.textContent = "";
      told.textContent = await navigator.clipboard.writeText(code.textContent).then(
        () => "Copied", () => "The browser did not let it be copied: select the line, and copy that.");
    });
    code.after(" ", button, " ", told);
  }
})();
