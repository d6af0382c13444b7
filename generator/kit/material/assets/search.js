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
  /**
   * @template {keyof PlaybookFiles} Name
   * @param {string} path
   * @param {Name} name
   * @param {RequestCache} [cache]
   * @returns {Promise<PlaybookFiles[Name] | undefined>}
   */
  const load = async (path, name, cache) => {
    const address = new URL(path, root);
    if (fromDisk) {
      await importScripts(address.href);
      return /** @type {Partial<PlaybookFiles>} */ (self)[name];
    }
    const answer = await fetch(address, { cache });
    if (!answer.ok) return undefined;
    const text = await answer.text();
    return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  };

  /** @type {(setup: PlaybookSetup) => void} */
  let settle;
  /** @type {Promise<PlaybookSetup>} */
  const settled = new Promise((resolve) => (settle = resolve));
  let suggests = false;
  let query = "";
  let whole = false;
  /** @type {PlaybookIndex | undefined} */
  let index;
  /** @type {InstanceType<typeof self.playbookAnswers> | undefined} */
  let answers;
  /** @type {PlaybookRows | undefined} */
  let rows;
  /** @type {Promise<void> | undefined} */
  let opened;

  // How addresses end: as the pages of a folder, or of the file.
  let end = "/";
  /** @param {string} page */
  const address = (page) => {
    const path = page.replace(/(^|\/)index\.md$/, `$1${end === "/" ? "" : "index.html"}`);
    return path.replace(/\.md(?=#|$)/, end);
  };

  const answer = () => {
    if (!index || !answers) return;
    const { items, suggest, escape } = self.playbookShown;
    const asked = self.playbookWords.ask(query);
    const found = asked.terms.length ? index.search(asked) : [];
    const shown = items(index, found);
    const directory = rows && answers.asked(query);
    if (rows && directory) {
      const { location, title, text } = answers.line(directory.chosen, rows, address("partners/index.md"));
      const place = directory.alone ? 0 : Math.min(1, shown.length);
      const score = (shown[place]?.[0].score ?? 0) + 1;
      shown.splice(place, 0, [{ location, title: escape(title), text: `<p>${escape(text)}</p>`, score, terms: {} }]);
    }
    // Nothing was found as long as there is more to look through.
    if (!shown.length && query && !whole) return;
    self.postMessage({
      type: RESULT,
      data: { items: shown, ...(suggests && { suggest: suggest(index, found, query) }) },
    });
  };

  const read = async () => {
    const { config, docs, options } = await settled;
    suggests = Boolean(options?.suggest);
    // Where no plugin wrote our files, the theme was given the whole index.
    let files = config.playbook;
    const reading = files ? load(files.names, "playbookNames") : { docs };
    const knowing = load("partners/answers.js", "playbookFacts");
    const parts = ["fold", "search/words", "search/index", "search/shown", "search/answers"];
    await importScripts(...parts.map((part) => new URL(`assets/${part}.js`, root).href));
    let names = await reading;
    if (files && !names) {
      // The site was published anew since this page was opened.
      files = (await load("search/search_index.json", "playbookSetup", "no-cache"))?.config.playbook;
      names = files && (await load(files.names, "playbookNames"));
    }
    const { filters = [], names: also = [], questions = [] } = (await knowing) ?? {};
    const known = names?.docs ?? [];
    end = known.some(({ location }) => /\.html(#|$)/.test(location)) ? ".html" : "/";
    /** @param {PlaybookDoc[]} all */
    const indexed = (all) => self.playbookIndex.of(
      all,
      new Map(also.map(([page, list]) => [address(page), list])),
      questions.map(([page, list]) => [address(page), list]));
    answers = new self.playbookAnswers(filters);
    index = await indexed(known);
    whole = !files;
    answer();

    const texts = files && load(files.texts, "playbookTexts");
    rows = filters.length ? await load("partners/rows.js", "playbookDirectory") : undefined;
    if (rows && answers.asked(query)) answer();
    const all = await texts;
    if (all) index = await indexed(all.docs);
    whole = true;
    if (query) answer();
    // The words for misspelled ones to be held against, before there is one.
    index.vocabulary(false);
  };

  // What could not be read is asked for again with the next letter.
  const open = () => (opened ??= read().catch((error) => {
    opened = undefined;
    throw error;
  }));

  self.addEventListener("message", ({ data: { type, data } }) => {
    switch (type) {
      case SETUP:
        settle(data);
        self.postMessage({ type: READY });
        break;
      case OPEN:
        open();
        break;
      case QUERY:
        query = data.trim();
        if (query) open();
        answer();
        break;
    }
  });
})();
