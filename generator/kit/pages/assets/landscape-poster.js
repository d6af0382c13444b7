// The landscape on paper, as one sheet of A3, and as a picture to keep: laid out for its size, drawn from what was laid out.
(() => {
  "use strict";

  const landscape = window.playbookLandscape;
  const filtering = window.playbookFilters;
  const cards = window.playbookCard;
  if (!landscape || !filtering || !cards) return;

  const { make } = filtering;
  const { root, picture, layOut } = landscape;
  // A3 across within margins of a centimeter, in pixels of CSS; below the title and the legend, this much is left.
  const [WIDE, HIGH] = [1512, 920];

  // The largest size at which the picture fits the sheet; the smallest where none does.
  const fit = () => {
    root.classList.add("pb-landscape--sheet");
    for (let size = 24; size >= 5; size -= size > 12 ? 2 : 1) {
      root.style.setProperty("--pb-unit", `${size}px`);
      layOut();
      if (picture.offsetHeight <= HIGH) break;
    }
  };
  const restore = () => {
    root.classList.remove("pb-landscape--sheet");
    root.style.removeProperty("--pb-unit");
    layOut();
  };
  addEventListener("beforeprint", fit);
  addEventListener("afterprint", restore);

  // --- A picture to keep ---------------------------------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";
  /** @type {(tag: string, attributes: Record<string, string | number>, text?: string) => SVGElement} */
  const shape = (tag, attributes, text) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // The lines in which a text stands.
  /** @param {Element} element */
  const linesOf = (element) => {
    /** @type {{ text: string, left: number, top: number, bottom: number }[]} */
    const lines = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { 0: word, index } of (node.textContent ?? "").matchAll(/\S+\s*/g)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.trimEnd().length);
        const { left, top, bottom } = range.getBoundingClientRect();
        const last = lines.at(-1);
        if (last && Math.abs(last.top - top) < 3) last.text += word;
        else lines.push({ text: word, left, top, bottom });
      }
    }
    return lines.map((line) => ({ ...line, text: line.text.trimEnd() }));
  };

  // A logo as data, drawn by the browser itself; nothing where it may not be read, as on a page opened from disk.
  /** @param {HTMLImageElement} image */
  const pixels = (image) => {
    const canvas = make("canvas", { width: "96", height: "96" });
    const scale = 96 / Math.max(image.naturalWidth || 96, image.naturalHeight || 96);
    const [width, height] = [(image.naturalWidth || 96) * scale, (image.naturalHeight || 96) * scale];
    try {
      canvas.getContext("2d")?.drawImage(image, (96 - width) / 2, (96 - height) / 2, width, height);
      return canvas.toDataURL();
    } catch {
      return "";
    }
  };

  const poster = () => {
    // Paper is light, whatever the screen is.
    const probe = make("div", { "data-md-color-scheme": "default", hidden: "" });
    root.append(probe);
    const look = getComputedStyle(probe);
    /** @param {string} name */
    const color = (name) => look.getPropertyValue(`--pb-${name}`).trim();
    fit();
    const frame = root.getBoundingClientRect();
    const margin = 30;
    const above = 70;
    const height = Math.round(frame.height + above + margin);
    const drawing = shape("svg", { xmlns: SVG, width: WIDE + 2 * margin, height, viewBox: `0 0 ${WIDE + 2 * margin} ${height}`,
      "font-family": getComputedStyle(root).fontFamily });
    drawing.append(shape("rect", { width: "100%", height: "100%", fill: color("sheet") }));
    const heading = document.querySelector("h1")?.firstChild?.textContent ?? "";
    const intro = document.querySelector("h1 + p")?.textContent ?? "";
    drawing.append(shape("text", { x: margin, y: 40, "font-size": 26, "font-weight": 700, fill: color("ink") }, heading));
    drawing.append(shape("text", { x: margin, y: 62, "font-size": 13, fill: color("faint") }, intro.replace(/\s+/g, " ")));

    /** @param {Element} element */
    const box = (element) => {
      const { left, top, width, height: tall } = element.getBoundingClientRect();
      return { x: left - frame.left + margin, y: top - frame.top + above, width, height: tall };
    };
    /** @type {(element: Element, fill: string, opacity?: number) => void} */
    const write = (element, fill, opacity = 1) => {
      const { fontSize, fontWeight } = getComputedStyle(element);
      for (const { text, left, top, bottom } of linesOf(element)) {
        const y = (top + bottom) / 2 - frame.top + above + parseFloat(fontSize) * 0.35;
        drawing.append(shape("text", { x: left - frame.left + margin, y, "font-size": parseFloat(fontSize),
          "font-weight": fontWeight, fill, opacity }, text));
      }
    };
    /** @type {(element: Element, status: string, small: boolean, opacity?: number) => void} */
    const mark = (element, status, small, opacity = 1) => {
      const at = box(element);
      const full = color(small ? "heat-3" : "heat-2");
      /** @type {Record<string, string | number>} */
      const fills = { active: full, dormant: color("quiet-bg"), onboarding: color("sheet"), prospect: color("sheet") };
      /** @type {Record<string, string>} */
      const dashes = status === "prospect" ? { "stroke-dasharray": "2 2" } : {};
      const edge = status === "active" ? {} : { stroke: color("edge"), ...dashes };
      drawing.append(shape("rect", { ...at, rx: small ? 1 : 2, fill: fills[status], opacity, ...edge }));
      if (status === "onboarding") {
        const points = `${at.x},${at.y} ${at.x + at.width},${at.y} ${at.x},${at.y + at.height}`;
        drawing.append(shape("polygon", { points, fill: full, opacity }));
      }
      if (status === "dormant") {
        drawing.append(shape("rect", { ...at, y: at.y + at.height * 0.85, height: at.height * 0.15, fill: color("edge"), opacity }));
      }
    };
    /** @param {Element} element */
    const statusOf = (element) => cards.STATUSES.find((status) => element.matches(`.pb-tile--${status}, .pb-mono--${status}`)) ?? "active";

    for (const element of root.querySelectorAll(".pb-legend li, .pb-band__name, .pb-box, .pb-tile, .pb-mono, .pb-flag")) {
      const opacity = element.closest(".pb-dim") ? 0.22 : 1;
      if (element.matches(".pb-tile")) {
        const status = statusOf(element);
        if (element.childElementCount) {
          /** @type {Record<string, string>} */
          const dashes = status === "prospect" ? { "stroke-dasharray": "3 2" } : {};
          drawing.append(shape("rect", { ...box(element), rx: 3, fill: color("sheet"), stroke: color("rule"), opacity, ...dashes }));
          const name = element.querySelector(".pb-name");
          if (name) write(name, color("ink"), opacity);
        } else {
          mark(element, status, true, opacity);
          const at = box(element);
          if (element.matches(".pb-tile--mend")) {
            const points = `${at.x + at.width / 3},${at.y} ${at.x + at.width},${at.y} ${at.x + at.width},${at.y + at.height * 0.67}`;
            drawing.append(shape("polygon", { points, fill: color("warm"), opacity }));
          }
        }
      } else if (element.matches(".pb-mono")) {
        const image = element.querySelector("img");
        const href = image?.complete ? pixels(image) : "";
        if (href) drawing.append(shape("image", { ...box(element), href, opacity }));
        else mark(element, statusOf(element), root.classList.contains("pb-landscape--dense"), opacity);
        if (!image) write(element, color("ink"), opacity);
      } else if (element.matches(".pb-flag")) {
        write(element, color(element.matches(".pb-flag--mend") ? "warm" : "faint"), opacity);
      } else if (element.matches(".pb-box")) {
        drawing.append(shape("rect", { ...box(element), rx: 3, fill: color("paper") }));
        for (const part of element.querySelectorAll("h3 > *")) write(part, color(part.matches("a") ? "ink" : "faint"));
      } else if (element.matches("li")) {
        const label = element.lastChild;
        const range = document.createRange();
        if (label) range.selectNodeContents(label);
        const at = range.getBoundingClientRect();
        drawing.append(shape("text", { x: at.left - frame.left + margin, y: at.bottom - frame.top + above - 4,
          "font-size": parseFloat(getComputedStyle(element).fontSize), fill: color("faint") }, label?.textContent ?? ""));
      } else {
        for (const part of element.children) write(part, color(part.matches("h2") ? "ink" : "faint"));
      }
    }
    restore();
    probe.remove();
    return drawing;
  };

  /** @type {(address: string, name: string) => void} */
  const download = (address, name) => make("a", { href: address, download: name }).click();
  /** @type {(content: Blob, name: string) => void} */
  const save = (content, name) => {
    const address = URL.createObjectURL(content);
    download(address, name);
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };

  document.getElementById("landscape-svg")?.addEventListener("click", () => {
    save(new Blob([new XMLSerializer().serializeToString(poster())], { type: "image/svg+xml" }), "landscape.svg");
  });
  document.getElementById("landscape-png")?.addEventListener("click", () => {
    const drawing = poster();
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = make("canvas", { width: String(image.width * 2), height: String(image.height * 2) });
      canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((content) => content && save(content, "landscape.png"));
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawing))}`;
  });
})();
