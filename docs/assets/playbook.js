// A term's explanation opens on hover; this lets the keyboard reach the first use of each term on a page as well.
// Terms inside links are left alone: one thing that takes the focus may not stand inside another.
const seen = new Set();
for (const term of document.querySelectorAll(".md-content abbr")) {
  const name = term.textContent;
  if (!seen.has(name) && !term.closest("a, h1")) {
    seen.add(name);
    term.tabIndex = 0;
  }
}

// The theme wraps each table in a frame that scrolls sideways; where no link inside takes the focus, the frame must, or
// the keyboard could not scroll it.
addEventListener("load", () => {
  for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (!frame.querySelector("a, [tabindex]")) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", "Table");
    }
  }
});

// The menu of a phone closes as the search does.
addEventListener("keydown", (event) => {
  const menu = document.getElementById("__drawer");
  if (event.key === "Escape" && menu?.checked) menu.click();
});
