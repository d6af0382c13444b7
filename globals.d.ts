// For the type checker alone: what other scripts put in place.
interface Window {
  // partners/rows.js, which generator/views/pages/directory_rows.py writes.
  playbookDirectory?: {
    columns: string[];
    filters: {
      name: string;
      label: string;
      values: { value: string; name: string; note?: string; page?: string; style?: string }[];
    }[];
    partners: { name: string; page: string }[];
    rows: [partner: number, findings: number, ...held: (number | number[])[]][];
  };
  // generator/kit/material/assets/theme/base.js, for the theme's scripts.
  __md_scope: URL;
  __md_hash: (text: string) => number;
  __md_get: (key: string, storage?: Storage, scope?: URL) => any;
  __md_set: (key: string, value: unknown, storage?: Storage, scope?: URL) => void;
}
