// Where a tile's card stands, and when.
(() => {
  "use strict";

  const landscape = window.playbookLandscape;
  const filtering = window.playbookFilters;
  const cards = window.playbookCard;
  if (!landscape || !filtering || !cards) return;

  const { make } = filtering;
  const { facts, content } = cards;
  const { root, picture, tileAt } = landscape;
  const card = make("div", { class: "pb-card", role: "dialog", "aria-labelledby": "card-name", hidden: "" });
  root.append(card);

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
    const close = make("button", { type: "button", class: "pb-card__close", "aria-label": "Close" }, "×");
    card.replaceChildren(...content(tile, known, close));
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
