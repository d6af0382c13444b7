// What is asked of the directory: words that name its filters lead to it with these set, and to the number of its rows.
self.playbookAnswers = (() => {
  "use strict";

  const { split, stem, isStop } = self.playbookWords;
  // Words that ask for a list.
  const LISTED = new Set(["partner", "directory", "list", "relationship", "compan"]);
  const ENDED = "ended";

  /** @type {(number: number, word: string) => string} */
  const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  /** @param {string} words */
  const key = (words) => split(words).map(stem).join(" ");

  return class Answers {
    /** @param {PlaybookFacts["filters"]} filters */
    constructor(filters) {
      this.filters = filters;
      /** @type {Map<string, { filter: number, value: PlaybookValue }>} */
      this.known = new Map();
      filters.forEach(({ values }, filter) => {
        for (const value of values)
          for (const words of [value.name, ...(value.also ?? [])]) {
            const said = key(words);
            if (said && !this.known.has(said)) this.known.set(said, { filter, value });
          }
      });
      this.longest = Math.max(1, ...[...this.known.keys()].map((said) => said.split(" ").length));
    }

    // The filters that a query names, if it asks for nothing else; `alone`: whether the directory is what it asks for first.
    /** @param {string} query */
    asked(query) {
      const words = split(query);
      const stems = words.map(stem);
      const chosen = /** @type {PlaybookValue[][]} */ (this.filters.map(() => []));
      let listed = false;
      for (let place = 0; place < words.length;) {
        let length = Math.min(this.longest, words.length - place);
        while (length && !this.known.has(stems.slice(place, place + length).join(" "))) length -= 1;
        const found = length && this.known.get(stems.slice(place, place + length).join(" "));
        if (found && !(length === 1 && isStop(words[place]) && words[place].length < 3)) {
          const { filter, value } = found;
          if (!chosen[filter].includes(value)) chosen[filter].push(value);
          place += length;
          continue;
        }
        if (LISTED.has(stems[place])) listed = true;
        else if (!isStop(words[place])) return null;
        place += 1;
      }
      const all = chosen.flat();
      if (!all.length && !listed) return null;
      return { chosen, alone: listed || all.length > 1 || !all[0].page };
    }

    // The directory as a result: its address, which filters those are, and what it holds.
    /** @type {(chosen: PlaybookValue[][], rows: PlaybookRows, address: string) => Record<"location" | "title" | "text", string>} */
    line(chosen, rows, address) {
      const query = new URLSearchParams();
      /** @type {Set<number>[]} */
      const wanted = rows.filters.map(() => new Set());
      // "active Solution Reseller in LATAM", "active partners in LATAM"
      const before = /** @type {string[]} */ ([]);
      const nouns = /** @type {string[]} */ ([]);
      const after = /** @type {string[]} */ ([]);
      this.filters.forEach(({ name, lead, noun }, filter) => {
        const column = rows.filters.findIndex((one) => one.name === name);
        for (const { value } of chosen[filter]) {
          query.append(name, value);
          wanted[column].add(rows.filters[column].values.findIndex((one) => one.value === value));
        }
        const named = chosen[filter].map((value) => value.name).join(" or ");
        if (named) (lead ? after : noun ? nouns : before).push(lead ? `${lead} ${named}` : named);
      });
      const asked = [...wanted.entries()].filter(([, places]) => places.size);
      let fitting = rows.rows.filter((row) => asked.every(([column, places]) => {
        const held = row[column + 2];
        return typeof held === "number" ? places.has(held) : held.some((place) => places.has(place));
      }));
      // What has ended is meant where somebody says so: no page counts it, either.
      const status = rows.filters.findIndex((one) => one.name === "status");
      const statuses = rows.filters[status]?.values.map(({ value }) => value) ?? [];
      /** @param {PlaybookRows["rows"][number]} row */
      const ended = (row) => [row[status + 2]].flat().every((place) => statuses[place] === ENDED);
      if (asked.length && statuses.length && !wanted[status].size && fitting.some(ended)) {
        fitting = fitting.filter((row) => !ended(row));
        for (const value of statuses) if (value !== ENDED) query.append("status", value);
      }
      const partners = new Set(fitting.map(([partner]) => partner)).size;
      return {
        location: String(query) ? `${address}?${query}` : address,
        title: `Directory: ${[...before, nouns.join(", ") || "partners", ...after].join(" ")}, ${partners}`,
        text: partners
          ? `${counted(fitting.length, "relationship")} with ${counted(partners, "partner")}`
          : "No relationship fits",
      };
    }
  };
})();
