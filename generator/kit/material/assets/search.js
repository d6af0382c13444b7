// The theme's search worker, with one thing added: a word that stands nowhere is looked for with a letter or two
// different, so that a misspelled name still leads to its partner. The address after "?" is that of the theme's worker.
const QUERY = 2;
const RESULT = 3;

const reply = self.postMessage.bind(self);
let asked = "";

// Words only: whoever writes the search's own signs (+ - ~ ^ * : ") means them.
/** @param {string} query */
const plain = (query) => !/[+\-~^*:"]/.test(query);

// A neighbor one letter away counts twice, so that it comes before those two away; long words alone have these.
/** @param {string} word */
const tolerant = (word) => (word.length < 8 ? `${word}~1` : `${word}~1 ${word}~2`);

/** @type {(query: string, items: { terms: Record<string, boolean> }[][]) => string[]} */
const missing = (query, items) => {
  const found = new Set();
  for (const { terms } of items.flat())
    for (const [term, there] of Object.entries(terms)) if (there) found.add(term);
  return query.toLowerCase().split(/\s+/).filter((word) => word.length > 3 && ![...found].some((term) => word.startsWith(term)));
};

self.addEventListener("message", (event) => {
  if (event.data.type === QUERY) asked = event.data.data.trim();
});

self.postMessage = (message) => {
  if (message.type === RESULT && plain(asked)) {
    const guess = missing(asked, message.data.items);
    if (guess.length) {
      const query = asked.split(/\s+/).map((word) => (guess.includes(word.toLowerCase()) ? tolerant(word) : word)).join(" ");
      self.dispatchEvent(new MessageEvent("message", { data: { type: QUERY, data: query } }));
      return;
    }
  }
  reply(message);
};

// On a page opened from disk a frame stands in for the worker, and its address is not this script's.
const here = /** @type {HTMLScriptElement | undefined} */ (self.document?.currentScript)?.src ?? self.location.href;
importScripts(new URL(new URL(here).search.slice(1), here).href);
