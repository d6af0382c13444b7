// What the pages under "Start here" gain from a script: steps to mark as done, a guide that remembers answers, a quiz
// that tells at once. Each is a plain page without it, and on all other pages it finds nothing to do.
(() => {
  "use strict";

  const filtering = window.playbookFilters;
  if (!filtering) return;
  const { make } = filtering;
  /** @type {(label: string, attributes?: Record<string, string>) => HTMLButtonElement} */
  const button = (label, attributes = {}) => make("button", { type: "button", class: "pb-button", ...attributes }, label);
  /** @type {(one: HTMLButtonElement, down: boolean) => void} */
  const press = (one, down) => one.setAttribute("aria-pressed", String(down));
  /** @param {HTMLButtonElement} one */
  const pressed = (one) => one.getAttribute("aria-pressed") === "true";

  // --- Steps -----------------------------------------------------------------------------------------------------

  const KEY = `playbook-start ${location.pathname}`;
  // A browser may refuse to store anything; the steps then hold as long as the page is open.
  const remembered = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  };
  /** @param {string[]} ids */
  const remember = (ids) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(ids));
    } catch {
      // Nothing to do: see above.
    }
  };

  /** @param {Element} heading */
  const endOf = (heading) => {
    let last = heading;
    while (last.nextElementSibling && /^(P|UL|OL|TABLE|DIV|DETAILS)$/.test(last.nextElementSibling.tagName)) {
      last = last.nextElementSibling;
    }
    return last;
  };

  /** @param {HTMLElement[]} headings */
  const startSteps = (headings) => {
    const saved = new Set(remembered());
    const told = make("span", { role: "status" });
    const meter = make("progress", { class: "pb-meter", max: String(headings.length), "aria-label": "Steps done" });
    const reset = button("Start over");
    const steps = headings.map((heading) => {
      // The heading's own words, without the sign of its link.
      const name = make("span", { id: `${heading.id}-name` }, /** @type {ChildNode} */ (heading.firstChild));
      heading.prepend(name);
      const done = button("Mark as done", { "aria-describedby": name.id, "aria-pressed": String(saved.has(heading.id)) });
      const word = make("span", { class: "chip chip--active" }, "done");
      endOf(heading).after(make("p", { class: "pb-actions" }, done, word));
      done.addEventListener("click", () => {
        press(done, !pressed(done));
        tell();
      });
      return { id: heading.id, done, word };
    });
    const tell = () => {
      const ids = steps.filter((step) => pressed(step.done)).map((step) => step.id);
      for (const step of steps) step.word.hidden = !pressed(step.done);
      told.textContent = `${ids.length} of ${steps.length} done`;
      meter.value = ids.length;
      reset.hidden = ids.length === 0;
      remember(ids);
    };
    reset.addEventListener("click", () => {
      for (const step of steps) press(step.done, false);
      tell();
      // The button is gone now; without this the keyboard would start again from the top of the page.
      steps[0].done.focus({ preventScroll: true });
    });
    headings[0].before(make("p", { class: "pb-progress" }, meter, told, reset));
    tell();
  };

  // --- Which type is it? -----------------------------------------------------------------------------------------

  /** @param {HTMLElement} item */
  const sectionOf = (item) => {
    /** @type {Element | null} */
    let before = item.parentElement;
    while (before && before.tagName !== "H2") before = before.previousElementSibling;
    return before ? before.id : "";
  };

  /** @param {HTMLElement[]} items */
  const startGuide = (items) => {
    const asks = items.map((item) => {
      const then = /** @type {HTMLElement} */ (item.querySelector(":scope > strong"));
      const question = make("span", { class: "pb-ask__question", id: `${item.id}-question` });
      while (item.firstChild !== then) question.append(/** @type {ChildNode} */ (item.firstChild));
      const rest = make("span", { class: "pb-ask__then" }, ...item.childNodes);
      const yes = button("Yes", { "aria-pressed": "false" });
      const no = button("No", { "aria-pressed": "false" });
      const choice = make("span", { class: "pb-actions", role: "group", "aria-labelledby": question.id }, yes, no);
      item.append(question, choice, rest);
      for (const [one, other] of [[yes, no], [no, yes]]) {
        one.addEventListener("click", () => {
          press(one, !pressed(one));
          press(other, false);
          tell();
        });
      }
      const link = /** @type {HTMLAnchorElement} */ (then.querySelector("a"));
      /** @type {NodeListOf<HTMLAnchorElement>} */
      const others = rest.querySelectorAll('a[href^="#ask-"]');
      const confused = new Set([...others].map((a) => a.hash.slice(1)));
      const section = sectionOf(item);
      return { id: item.id, function: item.matches(".pb-ask--function"), section, link, confused, yes, no };
    });
    const told = make("p", { role: "status" });
    const reset = button("Start over");
    const result = make("div", { class: "pb-result", role: "region", "aria-label": "What it may be" }, told, reset);
    items[items.length - 1].parentElement?.after(result);

    /** @typedef {typeof asks[number]} Ask */
    /** @param {Ask} ask */
    const linked = (ask) => make("a", { href: ask.link.getAttribute("href") ?? "" }, ask.link.textContent);
    /** @param {Ask[]} some */
    const listed = (some) => some.flatMap((ask, index) => (index ? [", ", linked(ask)] : [linked(ask)]));
    const tell = () => {
      const yes = asks.filter((ask) => pressed(ask.yes));
      const types = yes.filter((ask) => !ask.function);
      const open = yes.filter((ask) => ask.function && !types.some((one) => ask.link.hash === `#${one.section}`));
      const lines = [];
      if (types.length) lines.push(["It may be: ", ...listed(types), "."]);
      types.forEach((one, index) => {
        for (const other of types.slice(index + 1)) {
          if (one.confused.has(other.id) || other.confused.has(one.id)) {
            lines.push([`${one.link.textContent} and ${other.link.textContent} are commonly confused: does each question really fit?`]);
          }
        }
      });
      if (open.length) lines.push(["Go on with the questions under: ", ...listed(open), "."]);
      if (!lines.length) lines.push([asks.some((ask) => pressed(ask.no)) ? "Nothing fits so far." : "Nothing answered yet."]);
      told.replaceChildren(...lines.map((line) => make("span", {}, ...line)));
      reset.hidden = !asks.some((ask) => pressed(ask.yes) || pressed(ask.no));
    };
    reset.addEventListener("click", () => {
      for (const ask of asks) for (const one of [ask.yes, ask.no]) press(one, false);
      tell();
      asks[0].yes.focus();
    });
    tell();
  };

  // --- Quiz ------------------------------------------------------------------------------------------------------

  /** @typedef {{ item: Element, radio: HTMLInputElement, word: HTMLElement, right: boolean }} Choice */
  /**
   * @typedef {object} Question
   * @property {Choice[]} options
   * @property {HTMLButtonElement} check
   * @property {HTMLElement} verdict
   * @property {Element[]} explanation
   * @property {Choice | null} chosen
   */

  /** @param {HTMLElement[]} headings */
  const startQuiz = (headings) => {
    const score = make("p", { class: "pb-score" });
    const final = make("p", { class: "pb-score", role: "status" });
    const again = button("Start again");
    const questions = headings.map((heading) => {
      const text = /** @type {Element} */ (heading.nextElementSibling);
      const list = /** @type {Element} */ (text.nextElementSibling);
      const block = /** @type {Element} */ (list.nextElementSibling);
      const explanation = [...block.children].filter((one) => one.tagName !== "SUMMARY");
      const options = [...list.children].map((item) => {
        const radio = make("input", { type: "radio", name: heading.id });
        const label = make("label", { class: "pb-option" }, radio, make("span", {}, ...item.childNodes));
        const word = make("span", { class: "chip" });
        item.append(label, word);
        return { item, radio, word, right: item.matches(".pb-right") };
      });
      const check = button("Check my answer");
      const verdict = make("div", { class: "pb-verdict", role: "status" });
      const field = make("fieldset", { class: "pb-question-field" }, make("legend", {}, ...text.childNodes));
      heading.after(field);
      field.append(list, make("p", { class: "pb-actions" }, check), verdict);
      text.remove();
      block.remove();
      /** @type {Question} */
      const question = { options, check, verdict, explanation, chosen: null };
      check.addEventListener("click", () => decide(question, true));
      for (const option of options) {
        // Arrow keys choose as they pass: a choice by key counts once it is confirmed, one by pointer at once.
        option.radio.addEventListener("click", (event) => {
          if (question.chosen) event.preventDefault();
          else if (event.detail > 0) decide(question);
          else check.hidden = false;
        });
        option.radio.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          if (question.chosen) return;
          option.radio.checked = true;
          decide(question);
        });
        // A label passes a pointer's click on to its radio without saying that it was a pointer's.
        option.radio.parentElement?.addEventListener("click", (event) => {
          if (event.target === option.radio || event.detail === 0) return;
          event.preventDefault();
          if (question.chosen) return;
          option.radio.checked = true;
          option.radio.focus();
          decide(question);
        });
      }
      return question;
    });

    /** @type {(question: Question, byButton?: boolean) => void} */
    const decide = (question, byButton = false) => {
      const chosen = question.options.find((option) => option.radio.checked);
      if (!chosen || question.chosen) return;
      question.chosen = chosen;
      if (byButton) chosen.radio.focus();
      question.check.hidden = true;
      for (const option of question.options) {
        if (option !== chosen) option.radio.setAttribute("aria-disabled", "true");
      }
      const right = /** @type {Choice} */ (question.options.find((option) => option.right));
      mark(chosen, chosen.right ? "right" : "not this one", chosen.right ? "chip--active" : "chip--warning");
      if (!chosen.right) mark(right, "right", "chip--active");
      const word = make("p", {}, make("strong", {}, chosen.right ? "Right." : "Not this one. The answer is:"));
      // The explanation begins with the answer, which need not be said twice.
      question.verdict.replaceChildren(word, ...question.explanation.slice(chosen.right ? 1 : 0));
      tell();
    };
    /** @type {(option: Choice, word: string, look: string) => void} */
    const mark = (option, word, look) => {
      option.word.textContent = word;
      option.word.classList.add(look);
    };
    const tell = () => {
      const answered = questions.filter((question) => question.chosen);
      const right = answered.filter((question) => question.chosen?.right).length;
      const all = answered.length === questions.length;
      score.hidden = all;
      score.textContent = `${answered.length} of ${questions.length} answered.`;
      const praise = right === questions.length ? "Nothing left to explain." : "Read again what surprised you.";
      final.textContent = all ? `Your score: ${right} of ${questions.length} right. ${praise}` : "";
      again.hidden = answered.length === 0;
    };
    const clear = () => {
      for (const question of questions) {
        question.chosen = null;
        question.check.hidden = true;
        question.verdict.replaceChildren();
        for (const option of question.options) {
          option.radio.checked = false;
          option.radio.removeAttribute("aria-disabled");
          option.word.textContent = "";
          option.word.className = "chip";
        }
      }
      tell();
    };
    again.addEventListener("click", () => {
      clear();
      questions[0].options[0].radio.focus();
    });
    const end = endOf(/** @type {Element} */ (headings[headings.length - 1].nextElementSibling));
    end.after(score, final, make("p", { class: "pb-actions" }, again));
    clear();
  };

  // ---------------------------------------------------------------------------------------------------------------

  /** @type {[string, (found: HTMLElement[]) => void][]} */
  const starts = [["h2.pb-step", startSteps], ["li.pb-ask", startGuide], ["h2.pb-quiz", startQuiz]];
  for (const [mark, start] of starts) {
    const found = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`.md-content ${mark}`))];
    if (found.length) start(found);
  }
})();
