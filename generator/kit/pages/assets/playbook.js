// A term's explanation opens on hover; this lets the keyboard reach the first use of each term on a page as well.
// Terms inside links are left alone: one thing that takes the focus may not stand inside another.
const seen = new Set();
for (const term of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".md-content abbr"))) {
  const name = term.textContent;
  if (!seen.has(name) && !term.closest("a, h1")) {
    seen.add(name);
    term.tabIndex = 0;
  }
}

// The directory's script makes its table of what stands in <noscript>. Where that script cannot be had, the table is shown
// as it is, before the theme wraps it, and the filters go, since they would do nothing.
addEventListener("DOMContentLoaded", () => {
  const unread = document.querySelector(".pb-filters ~ noscript");
  if (!unread) return;
  // eslint-disable-next-line no-restricted-syntax -- the page's own markup, in which the generator escaped every text
  unread.outerHTML = unread.textContent;
  for (const idle of document.querySelectorAll(".pb-filters, .pb-above .pb-button")) idle.remove();
}, true);

// People had sections of one page before each had a page: addresses from then lead on, also to whom a long list has no
// room for.
const person = /^#person-([a-z0-9-]+)$/.exec(location.hash)?.[1];
const somebody = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.pb-person[id^=person-]"));
if (person && somebody && (document.getElementById(`person-${person}`) || document.querySelector(".pb-rest"))) {
  const known = somebody.id.slice("person-".length);
  const end = somebody.href.slice(somebody.href.lastIndexOf(known) + known.length);
  location.replace(new URL(somebody.href.slice(0, somebody.href.lastIndexOf(known)) + person + end));
}

// The menu of a phone closes as the search does.
addEventListener("keydown", (event) => {
  const menu = /** @type {HTMLInputElement | null} */ (document.getElementById("__drawer"));
  if (event.key === "Escape" && menu?.checked) menu.click();
});

// New results take the place of those before. Where the keyboard stood on one, it goes on from the same place.
const results = document.querySelector(".md-search-result__list");
if (results) {
  const links = () => [.../** @type {NodeListOf<HTMLElement>} */ (results.querySelectorAll(".md-search-result__link"))];
  let place = -1;
  addEventListener("focusin", ({ target }) => (place = links().indexOf(/** @type {HTMLElement} */ (target))));
  new MutationObserver(() => {
    if (place >= 0 && document.activeElement === document.body) links().slice(0, place + 1).at(-1)?.focus();
  }).observe(results, { childList: true });
}

// The first page begins with a way into the theme's search.
const finder = /** @type {HTMLButtonElement | null} */ (document.querySelector(".pb-find__button"));
const dialog = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-md-toggle=search]"));
const query = /** @type {HTMLInputElement | null} */ (document.querySelector(".md-search__input"));
if (finder && dialog && query) {
  finder.hidden = false;
  finder.addEventListener("click", () => {
    if (!dialog.checked) dialog.click();
    query.focus();
  });
}
