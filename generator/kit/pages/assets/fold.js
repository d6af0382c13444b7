// Words as they are compared, by filters and by the search: without capitals, and without what is on or through letters.
self.playbookFold = (() => {
  "use strict";

  // What stays of letters that are more than a letter with an accent.
  /** @type {Record<string, string>} */
  const LETTERS = { ß: "ss", ł: "l", ø: "o", æ: "ae", œ: "oe", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h" };
  // eslint-disable-next-line no-control-regex -- the range of ASCII begins there
  const ASCII = /^[\x00-\x7f]*$/;

  /** @param {string} text */
  return (text) => {
    const lower = text.toLowerCase();
    if (ASCII.test(lower)) return lower;
    const bare = lower.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
    return bare.replace(/[ßłøæœđðþıħ]/g, (letter) => LETTERS[letter]);
  };
})();
