// For the type checker alone: what other scripts put in place.
interface Window {
  // partners/rows.js, which generator/views/pages/directory_rows.py writes.
  playbookDirectory?: PlaybookRows;
  // generator/kit/pages/assets/filters.js, for the directory and the landscape.
  playbookFilters?: PlaybookFilters;
  // generator/kit/pages/assets/fold.js, for these filters and for the search.
  playbookFold: (text: string) => string;
  // generator/kit/pages/assets/card.js, for the landscape and for frames. `more` stand at the end of a card's first line.
  playbookCard?: {
    STATUSES: string[];
    at: (filter: string) => number;
    address: (page: string) => string;
    directory: (wanted: Record<string, string> | string[][]) => string;
    initials: (name: string) => string;
    load: (file: string) => Promise<void>;
    facts: () => Promise<Window["playbookCards"]>;
    shown: (choice: PlaybookChoice) => Node;
    content: (tile: PlaybookTile, known: Window["playbookCards"], ...more: Node[]) => Node[];
  };
  // generator/kit/pages/assets/landscape.js, for the card and the poster.
  playbookLandscape?: {
    root: HTMLElement;
    picture: HTMLElement;
    tileAt: (link: Element) => PlaybookTile | undefined;
    layOut: () => void;
  };
  // partners/cards.js, which generator/views/pages/landscape.py writes.
  playbookCards?: {
    lines: string[];
    rows: number[];
    promises: Record<string, [may: string[], never: string[]]>;
    mails: Record<string, string>;
  };
  // partners/finder.js, which generator/views/pages/find_form.py writes.
  playbookFinder?: {
    words: { covers: string; stands: string; is: string; in: string; unknown: string };
    order: [row: number, standing: number, known: number, owned: 0 | 1][];
    known: string[];
    mails: Record<string, string>;
    contacts: Record<string, string>;
    sold: Record<string, string[]>;
    gaps: {
      offer: string;
      type: string;
      function: string;
      region: string;
      name: string;
      page: string;
      what: string;
      whose: { owner: string; title: string; page: string }[];
    }[];
  };
  // generator/kit/material/assets/theme/base.js, for the theme's scripts.
  __md_scope: URL;
  __md_hash: (text: string) => number;
  __md_get: (key: string, storage?: Storage, scope?: URL) => any;
  __md_set: (key: string, value: unknown, storage?: Storage, scope?: URL) => void;
  // generator/kit/material/assets/search/, parts of the worker in search.js.
  playbookWords: {
    fold: (text: string) => string;
    split: (text: string) => string[];
    stem: (word: string) => string;
    term: (shown: string, sign?: string, inside?: boolean) => PlaybookTerm;
    ask: (query: string) => PlaybookAsked;
    scan: (
      text: string,
      term: PlaybookTerm,
      loose: boolean,
      visit: (start: number, end: number, fit: number) => number,
    ) => void;
    near: (one: string, other: string, most: number) => boolean;
    isStop: (word: string) => boolean;
  };
  playbookIndex: {
    of: (docs: PlaybookDoc[], names: Map<string, string[]>, questions: [string, string[]][]) => Promise<PlaybookIndex>;
  };
  playbookShown: {
    items: (index: { docs: PlaybookDoc[] }, found: PlaybookFound[]) => PlaybookItem[][];
    suggest: (index: { docs: PlaybookDoc[] }, found: PlaybookFound[], query: string) => string[];
    escape: (text: string) => string;
  };
  playbookAnswers: new (filters: PlaybookFacts["filters"]) => {
    asked: (query: string) => { chosen: PlaybookValue[][]; alone: boolean } | null;
    line: (
      chosen: PlaybookValue[][],
      rows: PlaybookRows,
      address: string,
    ) => { location: string; title: string; text: string };
  };
}

interface PlaybookIndex {
  docs: PlaybookDoc[];
  search: (asked: PlaybookAsked) => PlaybookFound[];
  vocabulary: (all: boolean) => Set<string>;
}
interface PlaybookChoice {
  value: string;
  name: string;
  note?: string;
  page?: string;
  url?: string;
  style?: string;
  short?: string;
  mends?: true;
  formerly?: string[];
}
interface PlaybookRows {
  columns: string[];
  filters: {
    name: string;
    label: string;
    values: PlaybookChoice[];
  }[];
  partners: { name: string; page: string; formerly?: string[]; logo?: string }[];
  rows: [partner: number, findings: number, ...held: (number | number[])[]][];
}

// A row of the directory: `values` are, for each filter, the places of what it holds; `place` is its own among all.
interface PlaybookRow {
  place: number;
  partner: number;
  findings: number;
  values: number[][];
  said?: string[];
  text?: string;
}
// A partner's place in the landscape, with the rows that put it there.
interface PlaybookTile {
  partner: number;
  rows: PlaybookRow[];
  status: number;
}
interface PlaybookFilters {
  NOTHING: string;
  make: <Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    attributes?: Record<string, string>,
    ...children: (Node | string)[]
  ) => HTMLElementTagNameMap[Tag];
  labelOf: (value: { name: string; note?: string }) => string;
  counted: (number: number, word: string) => string;
  // What an object has by a name that comes from data, and not what every object has.
  found: <Value>(record: Record<string, Value>, name: string) => Value | undefined;
  selectsOf: (form: HTMLFormElement) => Map<string, HTMLSelectElement>;
  // Filters the rows that it `holds` by the form, and shows those that fit, at the beginning and whenever others do. The
  // address keeps what is asked for, and what `keeps` names, which whoever shows them may change and save.
  over: (asking: {
    data: PlaybookRows;
    form: HTMLFormElement;
    keeps: string[];
    holds?: (row: PlaybookRow) => boolean;
    show: (fitting: PlaybookRow[]) => void;
  }) => {
    rows: PlaybookRow[];
    cellsOf: (row: PlaybookRow) => string[];
    kept: Record<string, string>;
    asks: () => boolean;
    save: () => void;
    apply: () => void;
    begin: () => void;
  };
}

// partners/answers.js, which generator/views/pages/answers.py writes.
interface PlaybookFacts {
  filters: { name: string; lead: string; noun?: 1; values: PlaybookValue[] }[];
  names: [page: string, names: string[]][];
  questions: [page: string, asked: string[]][];
}
interface PlaybookValue {
  value: string;
  name: string;
  also?: string[];
  page?: 1;
}

// What the theme gives its worker: its index, and whether words are completed.
interface PlaybookSetup {
  config: { playbook?: { names: string; texts: string } };
  docs: PlaybookDoc[];
  options?: { suggest?: boolean };
}
// What the search reads: generator/mkdocs_plugin/searching.py writes the first two.
interface PlaybookFiles {
  playbookSetup: PlaybookSetup;
  playbookNames: { docs: PlaybookDoc[] };
  playbookTexts: { docs: PlaybookDoc[] };
  playbookFacts: PlaybookFacts;
  playbookDirectory: PlaybookRows;
}
// An entry of the search: a page, or a part of one.
interface PlaybookDoc {
  location: string;
  title: string;
  text?: string;
  tags?: unknown[];
  boost?: number;
}
// A word that is asked for, or several that stand together: as written, as compared, and what all its forms begin with.
interface PlaybookTerm {
  shown: string;
  text: string;
  words: string[];
  stem: string;
  sign: string;
  inside: boolean;
}
// What a query asks for: its terms, their words, and what all of its words begin with, also those that tell little.
interface PlaybookAsked {
  terms: PlaybookTerm[];
  words: string[];
  said: Set<string>;
}
// A page that was found: by place, how well, which entries of it, which of the terms, and what to mark in it.
interface PlaybookFound {
  page: number;
  score: number;
  docs: Map<number, number>;
  held: boolean[];
  terms: PlaybookTerm[];
  marks: PlaybookTerm[];
}
// What the theme's dialog takes.
interface PlaybookItem {
  location: string;
  title: string;
  text: string;
  tags?: string[];
  score: number;
  terms: Record<string, boolean>;
}
