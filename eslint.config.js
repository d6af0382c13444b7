// How the scripts of the site are linted. They are plain scripts: browsers run them as they stand here, nothing builds them.
"use strict";

const js = require("@eslint/js");
const { defineConfig } = require("eslint/config");
const globals = require("globals");

// Whatever makes markup of a text, by whichever way it is reached: el.innerHTML, el["innerHTML"], Object.assign(el, { innerHTML }).
const MARKUP = "/^(innerHTML|outerHTML|srcdoc|insertAdjacentHTML|(set|parse)HTML(Unsafe)?|createContextualFragment|DOMParser)$/";
const PAGE = "MemberExpression:matches([object.name=document], [object.property.name=document])";
const WRITE = "/^write(ln)?$/";
const message = "Text from data never becomes markup: use textContent, append or replaceChildren.";

module.exports = defineConfig([
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "script" },
    linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" },
    rules: {
      "array-callback-return": "error",
      "eqeqeq": "error",
      "no-eval": "error",
      "no-implicit-globals": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      // A browser defines these for every page, so that a forgotten parameter or variable goes unnoticed.
      "no-restricted-globals": ["error", "event", "length", "name", "parent", "status", "top"],
      "no-restricted-syntax": [
        "error",
        { selector: `Identifier[name=${MARKUP}]`, message },
        { selector: `Literal[value=${MARKUP}]`, message },
        { selector: `${PAGE}:matches([property.name=${WRITE}], [property.value=${WRITE}])`, message },
      ],
      "no-script-url": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-throw-literal": "error",
      "no-unmodified-loop-condition": "error",
      "no-unreachable-loop": "error",
      "no-unused-expressions": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["generator/kit/**/*.js"],
    ignores: ["generator/kit/material/assets/search.js", "generator/kit/material/assets/search/*.js"],
    languageOptions: { globals: globals.browser },
  },
  {
    // They run in a worker, where there is no page.
    files: ["generator/kit/material/assets/search.js", "generator/kit/material/assets/search/*.js"],
    languageOptions: { globals: globals.worker },
  },
  {
    files: ["eslint.config.js"],
    languageOptions: { sourceType: "commonjs", globals: globals.node },
  },
]);
