// What Material for MkDocs writes into each page (partials/javascripts/base.html): its other scripts call these.
window.__md_scope = new URL(/** @type {string} */ (document.currentScript?.dataset.base), location.href);
// Zensical leaves the last slash out on its page for what is not found.
if (!window.__md_scope.pathname.endsWith("/")) window.__md_scope = new URL(`${window.__md_scope.pathname}/`, location.href);
window.__md_hash = (text) => [...text].reduce((hash, character) => (hash << 5) - hash + character.charCodeAt(0), 0);
window.__md_get = (key, storage = localStorage, scope = window.__md_scope) =>
  JSON.parse(storage.getItem(`${scope.pathname}.${key}`) ?? "null");
window.__md_set = (key, value, storage = localStorage, scope = window.__md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // A browser that stores nothing forgets the reader's choice, and that is all.
  }
};
// The theme's worker for the search hears nothing before the first letter; ours begins to read when the field is entered.
// Opened from disk, it is a frame, which is made then.
if (location.protocol !== "file:")
  window.Worker = class extends Worker {
    /** @param {string | URL} address @param {WorkerOptions} [options] */
    constructor(address, options) {
      super(address, options);
      if (String(address).includes("assets/search.js?"))
        addEventListener("focusin", ({ target }) => {
          if (target instanceof Element && target.matches(".md-search__input")) this.postMessage({ type: "open" });
        });
    }
  };
// Zensical names keys by the reader's keyboard.
document.documentElement.dataset.platform = navigator.platform;
