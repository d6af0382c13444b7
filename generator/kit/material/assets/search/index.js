// What the search knows of the site's pages and their sections, and how well each fits what is asked for.
self.playbookIndex = (() => {
  "use strict";

  const { fold, split, stem, scan, near, isStop, term: termOf } = self.playbookWords;

  // A text of the index may hold a few tags, and signs that are written as names.
  /** @type {Record<string, string>} */
  const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'" };
  /** @param {string} html */
  const plain = (html) => {
    if (!/[<&]/.test(html)) return html;
    const text = html.replace(/<\/?(p|li|ul|ol|pre)>/g, "\n").replace(/<[^>]*>/g, "");
    return text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, name) => SIGNS[name]);
  };

  // Many short texts, folded, as one, which a browser goes through faster than through each.
  class Layer {
    /** @param {string[]} texts */
    constructor(texts) {
      this.starts = new Uint32Array(texts.length + 1);
      texts.forEach((text, place) => (this.starts[place + 1] = this.starts[place] + text.length + 1));
      this.text = `${texts.join("\0")}\0`;
    }

    // How well each text fits the term, by its place.
    /** @type {(term: PlaybookTerm, loose: boolean) => Map<number, number>} */
    fits(term, loose) {
      const found = new Map();
      const { starts, text } = this;
      let place = 0;
      scan(text, term, loose, (start, end, fit) => {
        while (starts[place + 1] <= start) place += 1;
        found.set(place, Math.max(fit, found.get(place) ?? 0));
        return fit === 1 ? starts[place + 1] : end;
      });
      return found;
    }

    /** @param {number} place */
    words(place) {
      return split(this.text.slice(this.starts[place], this.starts[place + 1]));
    }
  }

  const TITLE = 10;
  const PART = 8;
  const NAME = 9;
  const TEXT = 1;

  class Index {
    /**
     * @param {PlaybookDoc[]} docs
     * @param {string[][]} folded their titles, other names and texts
     * @param {Map<string, string[]>} names
     * @param {[string, string[]][]} questions
     */
    constructor(docs, folded, names, questions) {
      this.docs = docs;
      // The page of each, by the place of its own entry; what stands above its first heading may have none.
      const places = new Map(docs.map(({ location }, place) => [location, place]));
      this.pages = docs.map(({ location }, place) => places.get(location.split("#", 1)[0]) ?? place);
      const [titles, others, texts] = folded;
      this.titles = new Layer(titles);
      this.names = new Layer(others);
      this.texts = new Layer(texts);
      this.also = new Map(Array.from(names, ([location, list]) =>
        [places.get(location), list.map((name) => split(name).join(" "))]));
      this.questions = questions.flatMap(([location, asked]) => {
        const place = places.get(location);
        return place === undefined ? [] : asked.map((words) => ({ place, words: split(words).map(stem) }));
      });
      /** @type {Record<string, Set<string>>} */
      this.known = {};
    }

    // Thousands of texts take a while: in between, the worker answers from what it has.
    /**
     * @param {PlaybookDoc[]} docs
     * @param {Map<string, string[]>} names
     * @param {[string, string[]][]} questions
     */
    static async of(docs, names, questions) {
      /** @type {string[][]} */
      const folded = [[], [], []];
      for (const [place, doc] of docs.entries()) {
        const { location, tags = [] } = doc;
        doc.title = plain(doc.title);
        if (doc.text) doc.text = plain(doc.text);
        // The id of an entry is the last part of its address.
        const end = location.endsWith("/") ? -1 : undefined;
        const id = location.includes("#") ? "" : location.slice(location.lastIndexOf("/", location.length - 2) + 1, end);
        folded[0].push(fold(doc.title));
        folded[1].push(fold([id.replace(".html", ""), ...tags, ...(names.get(location) ?? [])].join("\n")));
        folded[2].push(doc.text ? fold(doc.text) : "");
        if (place % 2000 === 1999) await new Promise((resolve) => setTimeout(resolve));
      }
      return new Index(docs, folded, names, questions);
    }

    // Every word of names, or of all texts.
    /** @param {boolean} all */
    vocabulary(all) {
      const known = (this.known[String(all)] ??= new Set());
      if (!known.size)
        for (const layer of all ? [this.texts] : [this.titles, this.names])
          for (const text of new Set(layer.text.split("\0"))) for (const word of split(text)) known.add(word);
      return known;
    }

    // Words that a word may have been meant for.
    /** @param {string} word */
    meant(word) {
      if (word.length < 4 || /^\d+$/.test(word)) return [];
      for (const all of [false, true]) {
        for (const most of word.length < 8 ? [1] : [1, 2]) {
          const found = [...this.vocabulary(all)].filter((known) => known.length > 3 && near(word, known, most));
          if (found.length) return found.map((text) => ({ text, fit: most === 1 ? 0.6 : 0.4 }));
        }
      }
      return [];
    }

    // How well each entry fits one term, and the words for which that holds.
    /** @param {PlaybookTerm} term */
    fits(term) {
      /** @type {Map<number, number>} */
      const values = new Map();
      /** @type {(one: PlaybookTerm, times: number) => void} */
      const add = (one, times) => {
        for (const [layer, weight] of /** @type {const} */ ([[this.titles, TITLE], [this.names, NAME], [this.texts, TEXT]]))
          for (const [place, fit] of layer.fits(one, layer !== this.texts)) {
            // A page counts more than a part of another one that is called the same.
            const counted = layer === this.titles && this.pages[place] !== place ? PART : weight;
            values.set(place, Math.max(values.get(place) ?? 0, fit * counted * times));
          }
      };
      add(term, 1);
      const named = [...values.values()].some((value) => value > TEXT);
      const terms = [term];
      if (!named && term.words.length === 1 && !term.inside && !term.sign) {
        // Where a text holds the very word, those come behind it.
        const behind = values.size ? TEXT / TITLE : 1;
        for (const { text, fit } of this.meant(term.text)) {
          const one = termOf(text);
          terms.push(one);
          add(one, fit * behind);
        }
      } else if (!values.size && term.words.length > 1 && term.sign !== "+") {
        // "Data-Sheet" where it is written in two words.
        for (const word of term.words.filter((part) => part.length > 1 && !isStop(part))) {
          const one = termOf(word);
          terms.push(one);
          add(one, 0.8);
        }
      }
      return { term, terms, values };
    }

    // How many times more an entry counts whose name is what is asked for, or more of it than of others.
    /** @type {(place: number, words: string[]) => number} */
    whole(place, words) {
      const asked = words.join(" ");
      const title = this.titles.words(place);
      if (title.join(" ") === asked) return 3;
      return this.also.get(place)?.includes(asked) ? 2.5 : 0.7 + 0.3 * Math.min(1, words.length / title.length);
    }

    // Pages by how well they fit, the best one first, each with those of its entries that do.
    /**
     * @param {PlaybookAsked} asked
     * @returns {PlaybookFound[]}
     */
    search({ terms, words, said }) {
      const wanted = terms.filter(({ sign }) => sign !== "-").map((term) => this.fits(term));
      const refused = new Set(terms.filter(({ sign }) => sign === "-").flatMap((term) =>
        [...this.fits({ ...term, sign: "+" }).values.keys()].map((place) => this.pages[place])));
      // A rare word tells more than a common one.
      const weights = wanted.map(({ values }) => (values.size ? Math.log(1 + this.docs.length / values.size) : 0));
      const whole = weights.reduce((sum, weight) => sum + weight, 0);

      /** @type {Map<number, { best: number[], docs: Map<number, number> }>} */
      const pages = new Map();
      // Entries in whose names one of the words stands.
      /** @type {Set<number>} */
      const named = new Set();
      wanted.forEach(({ values }, index) => {
        for (const [place, value] of values) {
          if (value > TEXT) named.add(place);
          const number = this.pages[place];
          let page = pages.get(number);
          if (!page) pages.set(number, (page = { best: weights.map(() => 0), docs: new Map() }));
          page.best[index] = Math.max(page.best[index], value);
          page.docs.set(place, (page.docs.get(place) ?? 0) + value * weights[index]);
        }
      });

      // Of a question, words that tell little count little.
      const stems = words.map(stem);
      const answers = new Map();
      for (const { place, words: all } of this.questions) {
        if (!all.every((word) => said.has(word))) continue;
        const telling = all.filter((word) => stems.includes(word)).length;
        if (!telling) continue;
        const share = telling / stems.length + (all.length - telling) / 20;
        answers.set(place, Math.max(answers.get(place) ?? 0, share));
        if (!pages.has(place)) pages.set(place, { best: weights.map(() => 0), docs: new Map() });
      }

      const shared = { terms: wanted.map(({ term }) => term), marks: wanted.flatMap(({ terms: all }) => all) };
      /** @type {PlaybookFound[]} */
      const found = [];
      for (const [number, { best, docs }] of pages) {
        if (refused.has(number) || wanted.some(({ term }, index) => term.sign === "+" && !best[index])) continue;
        let sum = 0;
        let share = 0;
        best.forEach((value, index) => {
          sum += value * weights[index];
          if (value) share += weights[index];
        });
        let top = 0;
        for (const [place, value] of docs) {
          if (named.has(place)) docs.set(place, value * this.whole(place, words));
          top = Math.max(top, docs.get(place) ?? 0);
        }
        const boost = this.docs[number].boost ?? 1;
        const answer = (answers.get(number) ?? 0) ** 4 * TITLE * 4 * whole;
        const score = Math.max((sum + top) * (whole ? share / whole : 0) ** 2 * boost, answer);
        found.push({ page: number, score, docs, held: best.map(Boolean), ...shared });
      }
      return found.sort((one, other) => other.score - one.score || one.page - other.page);
    }
  }

  return Index;
})();
