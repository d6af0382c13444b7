// Words as the search compares them, and what a reader's words ask for.
self.playbookWords = (() => {
  "use strict";

  const fold = self.playbookFold;

  /** @param {string} text */
  const split = (text) => fold(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

  // What singular and plural have in common, which is how both begin.
  /** @param {string} word */
  const stem = (word) => {
    if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
    return word.replace(/(?<=..)(ies|y|(?<=x|ch|sh|ss)es|s)$/, "");
  };

  // Words that say nothing of what is looked for.
  const STOP = new Set(
    `a about all am an and any are as at be been but by can could did do does every find for from get give had has have
    her him his how i if in into is it its just let may me might must my no not of on or our own owns please say she
    should show so some such tell than that the their them then there these they this to too us want wants was we were
    what when where which while who whom whose why will with would yet you your`.split(/\s+/));

  // These put no gap between words.
  const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

  /** @type {(shown: string, sign?: string, inside?: boolean) => PlaybookTerm} */
  const term = (shown, sign = "", inside = false) => {
    const text = fold(shown);
    const words = split(text);
    const start = words.length > 1 ? text : stem(text);
    return { shown: shown.toLowerCase(), text, words, stem: start, sign, inside: inside || UNSPACED.test(text) };
  };

  // What a query asks for. Within quotes, words stand together; a word with + must be there, and one with - must not.
  /** @type {(query: string) => PlaybookAsked} */
  const ask = (query) => {
    const all = Array.from(query.matchAll(/(?<!\S)([+-]?)(?:"([^"]+)"?|(\S+))/g), ([, sign, quoted, word = ""]) => {
      if (quoted) return term(quoted.trim(), sign || "+");
      const bare = word.replace(/[~^]\d*$/, "").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}+#]+$/gu, "");
      return term(bare, sign, word.startsWith("*"));
    }).filter(({ words }) => words.length);
    const telling = all.filter(({ sign, text }) => sign || !STOP.has(text));
    const terms = telling.some(({ sign }) => sign !== "-") ? telling : all;
    return { terms: terms.slice(0, 32), words: terms.flatMap(({ words }) => words), said: new Set(split(query).map(stem)) };
  };

  const LETTER = /[\p{L}\p{N}\p{M}]/u;
  /** @type {(text: string, place: number) => boolean} */
  const letterAt = (text, place) => {
    const code = text.charCodeAt(place);
    if (code < 128) return (code > 96 && code < 123) || (code > 47 && code < 58);
    // Half of a sign that takes two places counts as a letter.
    return code > 127 && ((code > 0xd7ff && code < 0xe000) || LETTER.test(text[place]));
  };

  // Each place of a folded text that holds the term, and how well it fits: 1 as a word, less as the beginning of one. With
  // `loose`, words that hold it further in count, too. `visit` says where to go on.
  /** @type {Window["playbookWords"]["scan"]} */
  const scan = (text, { text: word, stem: needle, inside }, loose, visit) => {
    let start = text.indexOf(needle);
    while (start >= 0) {
      let fit = 0;
      let end = start + needle.length;
      const begins = inside || start === 0 || !letterAt(text, start - 1);
      if (inside) {
        fit = 0.9;
      } else if (begins || (loose && word.length > 3)) {
        while (letterAt(text, end)) end += 1;
        const held = text.slice(start, end);
        if (held === word) fit = 1;
        else if (stem(held) === needle) fit = 0.95;
        else if (held.startsWith(word)) fit = 0.7;
        if (!begins) fit *= 0.5;
      }
      start = text.indexOf(needle, fit ? visit(start, end, fit) : start + 1);
    }
  };

  // Whether one word becomes the other by so many letters at most: left out, put in, changed, or two that changed places.
  /** @type {(one: string, other: string, most: number) => boolean} */
  const near = (one, other, most) => {
    if (!most || Math.abs(one.length - other.length) > most) return one === other;
    let place = 0;
    while (place < one.length && one[place] === other[place]) place += 1;
    const [a, b] = [one.slice(place), other.slice(place)];
    return near(a.slice(1), b.slice(1), most - 1)
      || near(a.slice(1), b, most - 1)
      || near(a, b.slice(1), most - 1)
      || (a[0] === b[1] && a[1] === b[0] && near(a.slice(2), b.slice(2), most - 1));
  };

  return { fold, split, stem, term, ask, scan, near, isStop: (/** @type {string} */ word) => STOP.has(word) };
})();
