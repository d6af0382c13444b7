// What Material for MkDocs writes into each page (partials/javascripts/palette.html): the reader's colors, before
// anything is painted.
{
  const palette = window.__md_get("__palette");
  if (palette?.color) {
    if (palette.color.media === "(prefers-color-scheme)") {
      const wanted = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
      const input = /** @type {HTMLInputElement} */ (
        document.querySelector(`[data-md-color-media='(prefers-color-scheme: ${wanted})']`));
      for (const key of ["media", "scheme", "primary", "accent"])
        palette.color[key] = input.getAttribute(`data-md-color-${key}`);
    }
    for (const [key, value] of Object.entries(palette.color)) document.body.setAttribute(`data-md-color-${key}`, value);
  }
}
