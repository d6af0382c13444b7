// What was found, as the theme's dialog shows it: it takes titles and texts for markup, so each text is escaped here.
self.playbookShown = (() => {
  "use strict";

  const { fold, scan } = self.playbookWords;
  // So many results show where the words stand; of the others there is a title.
  const FULL = 30;
  const LONG = 240;

  /** @type {Record<string, string>} */
  const NAMES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  /** @param {string} text */
  const escape = (text) => text.replace(/[&<>"]/g, (sign) => NAMES[sign]);

  // Where in a text the terms stand.
  /** @type {(text: string, terms: PlaybookTerm[], loose?: boolean) => [number, number][]} */
  const ranges = (text, terms, loose = false) => {
    /** @type {[number, number][]} */
    const found = [];
    const folded = fold(text);
    for (const term of terms)
      scan(folded, term, loose, (start, end) => {
        found.push([start, end]);
        return end;
      });
    if (!found.length || folded === text.toLowerCase()) return found.sort(([one], [other]) => one - other);
    // Where letters became more or fewer, each of the folded ones has its place in the text.
    const places = Array.from(text).reduce((all, sign) => {
      all.list.push(...Array.from(fold(sign), () => all.place));
      all.place += sign.length;
      return all;
    }, { list: /** @type {number[]} */ ([]), place: 0 }).list;
    places.push(text.length);
    for (const one of found) one.splice(0, 2, places[one[0]], places[one[1]]);
    return found.sort(([one], [other]) => one - other);
  };

  /** @type {(text: string, marks: [number, number][]) => string} */
  const marked = (text, marks) => {
    let html = "";
    let done = 0;
    for (const [start, end] of marks) {
      if (end <= done) continue;
      const from = Math.max(start, done);
      html += `${escape(text.slice(done, from))}<mark>${escape(text.slice(from, end))}</mark>`;
      done = end;
    }
    return html + escape(text.slice(done));
  };

  // The lines of a text that hold what was asked for, two at most, or how it begins; of a long line, the part around it.
  /** @type {(text: string, terms: PlaybookTerm[]) => string} */
  const teaser = (text, terms) => {
    const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
    /** @type {{ line: string, found: [number, number][] }[]} */
    const holding = [];
    for (const line of lines) {
      const found = ranges(line, terms);
      if (found.length) holding.push({ line, found });
      if (holding.length === 2) break;
    }
    const chosen = holding.length ? holding : lines.slice(0, 1).map((line) => ({ line, found: [] }));
    return chosen.map(({ line, found }) => {
      if (line.length <= LONG) return `<p>${marked(line, found)}</p>`;
      const middle = found.length ? found[0][0] : 0;
      let start = Math.max(0, Math.min(middle - LONG / 3, line.length - LONG));
      if (start) start = line.lastIndexOf(" ", start) + 1;
      let end = start + LONG < line.length ? line.lastIndexOf(" ", start + LONG) : line.length;
      // Scripts without gaps, and words without an end.
      if (middle - start > LONG / 2) start = middle;
      if (end <= middle) end = Math.min(line.length, start + LONG);
      const part = line.slice(start, end);
      const inside = /** @type {[number, number][]} */ (found.map(([from, to]) => [from - start, to - start]));
      const held = inside.filter(([from, to]) => from >= 0 && to <= part.length);
      return `<p>${start ? "… " : ""}${marked(part, held)}${end < line.length ? " …" : ""}</p>`;
    }).join("");
  };

  // The results as the theme takes them: pages, each with the entries of it that fit, the best one first.
  /** @type {(index: { docs: PlaybookDoc[] }, found: PlaybookFound[]) => PlaybookItem[][]} */
  const items = ({ docs }, found) => {
    /** @type {Map<string, Record<string, boolean>>} */
    const alike = new Map();
    /** @type {(one: PlaybookFound) => Record<string, boolean>} */
    const there = ({ terms, held }) => {
      const key = held.join();
      let made = alike.get(key);
      if (!made) alike.set(key, (made = Object.fromEntries(terms.map(({ shown }, index) => [shown, held[index]]))));
      return made;
    };
    return found.map((one, rank) => {
      const { page, score, docs: fitting, marks } = one;
      const terms = there(one);
      if (rank >= FULL) {
        const { location, title } = docs[page];
        return [{ location, title: escape(title), text: "", score, terms }];
      }
      const top = Math.max(1, ...fitting.values());
      /** @type {(place: number, value: number, held?: Record<string, boolean>) => PlaybookItem} */
      const item = (place, value, held = terms) => {
        const { location, title, text = "", tags } = docs[place];
        return {
          location,
          title: marked(title, ranges(title, marks, true)),
          text: teaser(text, marks),
          ...(tags && { tags: tags.map((tag) => escape(String(tag))) }),
          score: (score * value) / top,
          terms: held,
        };
      };
      const entries = [...fitting].sort(([, a], [, b]) => b - a).map(([place, value]) => item(place, value));
      // The theme shows a page above its sections, whether it fits itself or not.
      if (!fitting.size) entries.push(item(page, top));
      else if (!fitting.has(page)) entries.push(item(page, 0, {}));
      return entries;
    });
  };

  // What completes the word that is being written, by the title of the first result.
  /** @type {(index: { docs: PlaybookDoc[] }, found: PlaybookFound[], query: string) => string[]} */
  const suggest = ({ docs }, found, query) => {
    const written = query.split(/[\s-]+/).at(-1) ?? "";
    if (!written || !found.length) return [];
    const start = fold(written);
    const [{ page, docs: fitting }] = found;
    const titles = [...fitting.keys(), page].map((place) => docs[place].title.split(/[^\p{L}\p{N}\p{M}]+/u));
    const word = titles.flat().find((one) => fold(one).startsWith(start) && one.length > written.length);
    return word ? [written + word.slice(written.length).toLowerCase()] : [];
  };

  return { items, suggest, escape };
})();
