// The worker behind the theme's search dialog: it is asked as the theme's own would be, and answers in the same shape, but
// reads what it needs when the dialog opens: first the names of everything, then all texts.
(() => {
  "use strict";

  // The theme's messages; the last one is ours, see theme/base.js.
  const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
  const OPEN = "open";

  // On a page opened from disk a frame stands in for the worker, and its address is not this script's.
  const here = /** @type {HTMLScriptElement | null | undefined} */ (self.document?.currentScript)?.src ?? self.location.href;
  const root = new URL("..", here);
  const fromDisk = root.protocol === "file:";

  // A file that sets one variable. From disk a script alone can be read; elsewhere a script would keep the worker waiting.
  /** @type {<Name extends keyof PlaybookFiles>(path: string, name: Name) => Promise<PlaybookFiles[Name] | undefined>} */
  const load = async (path, name) => {
    const address = new URL(path, root);
    if (fromDisk) {
      await importScripts(address.href);
      return /** @type {Partial<PlaybookFiles>} */ (self)[name];
    }
    const answer = await fetch(address);
    if (!answer.ok) return undefined;
    const text = await answer.text();
    return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  };

  /** @typedef {{ config: { playbook?: { names: string, texts: string } }, docs: PlaybookDoc[], options?: { suggest?: boolean } }} Setup */
  /** @type {(setup: Setup) => void} */
  let settle;
  /** @type {Promise<Setup>} */
  const settled = new Promise((resolve) => (settle = resolve));
  let suggests = false;
  let query = "";
  let whole = false;
  /** @type {InstanceType<typeof self.playbookIndex> | undefined} */
  let index;
  /** @type {InstanceType<typeof self.playbookAnswers> | undefined} */
  let answers;
  /** @type {PlaybookRows | undefined} */
  let rows;
  /** @type {Promise<void> | undefined} */
  let opened;

  const answer = () => {
    if (!index || !answers) return;
    const { items, suggest, escape } = self.playbookShown;
    const asked = self.playbookWords.ask(query);
    const found = asked.terms.length ? index.search(asked) : [];
    const shown = items(index, found);
    const directory = rows && answers.asked(query);
    if (rows && directory) {
      const { location, title, text } = answers.line(directory.chosen, rows, end === "/" ? "partners/" : "partners/index.html");
      const place = directory.alone ? 0 : Math.min(1, shown.length);
      const [top = { score: 1 }] = shown[place] ?? [];
      shown.splice(place, 0, [{ location, title: escape(title), text: `<p>${escape(text)}</p>`, score: top.score + 1, terms: {} }]);
    }
    // Nothing was found as long as there is more to look through.
    if (!shown.length && query && !whole) return;
    self.postMessage({
      type: RESULT,
      data: { items: shown, ...(suggests && { suggest: suggest(index, found, query) }) },
    });
  };

  // How addresses end: as the pages of a folder, or of the file.
  let end = "/";

  const open = async () => {
    const { config: { playbook: files }, docs, options } = await settled;
    suggests = Boolean(options?.suggest);
    // Where no plugin wrote our files, the theme was given the whole index.
    const reading = [files ? load(files.names, "playbookNames") : { docs }, load("partners/answers.js", "playbookFacts")];
    const parts = ["words", "index", "shown", "answers"];
    await importScripts(...parts.map((part) => new URL(`assets/search/${part}.js`, root).href));
    const [names, facts] = /** @type {[PlaybookFiles["playbookNames"], PlaybookFacts]} */ (await Promise.all(reading));
    const { filters = [], names: also = [], questions = [] } = facts ?? {};
    const known = names?.docs ?? [];
    end = known.some(({ location }) => /\.html(#|$)/.test(location)) ? ".html" : "/";
    /** @param {string} page */
    const address = (page) => {
      const path = page.replace(/(^|\/)index\.md$/, `$1${end === "/" ? "" : "index.html"}`);
      return path.replace(/\.md(?=#|$)/, end);
    };
    /** @param {PlaybookDoc[]} all */
    const indexed = (all) => new self.playbookIndex(
      all,
      new Map(also.map(([page, list]) => [address(page), list])),
      questions.map(([page, list]) => [address(page), list]));
    answers = new self.playbookAnswers({ filters, names: also, questions });
    index = indexed(known);
    whole = !files;
    if (query) answer();

    const read = filters.length ? load("partners/rows.js", "playbookDirectory") : undefined;
    const texts = files && load(files.texts, "playbookTexts");
    rows = await read;
    if (query && rows && answers.asked(query)) answer();
    const all = await texts;
    if (all) index = indexed(all.docs);
    whole = true;
    if (query) answer();
  };

  self.addEventListener("message", async ({ data: { type, data } }) => {
    switch (type) {
      case SETUP:
        settle(data);
        self.postMessage({ type: READY });
        break;
      case OPEN:
        await (opened ??= open());
        break;
      case QUERY:
        query = data.trim();
        if (query) opened ??= open();
        if (index || !query) answer();
        break;
    }
  });
})();
