// For the type checker alone: what docs/assets/theme/base.js puts in place for the theme's scripts.
interface Window {
  __md_scope: URL;
  __md_hash: (text: string) => number;
  __md_get: (key: string, storage?: Storage, scope?: URL) => any;
  __md_set: (key: string, value: unknown, storage?: Storage, scope?: URL) => void;
}
