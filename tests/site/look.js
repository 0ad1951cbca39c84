/* What a page shows of itself. Each function returns the faults it finds, in words. */

window.look = (() => {
  "use strict";

  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (element) =>
    [element.tagName.toLowerCase(), ...element.classList].join(".");

  /* Wait until formulas, fonts and images stand. */
  async function settle() {
    for (const image of document.images) image.loading = "eager";
    await window.MathJax?.startup?.promise;
    await document.fonts.ready;
    await Promise.allSettled([...document.images].map((image) => image.decode()));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
  }

  /* Everything a reader can open is opened, so that its inside is looked at too. */
  function open() {
    for (const box of all("details")) box.open = true;
    for (const button of all("button.toggle-button-hidden")) button.click();
    const style = document.createElement("style");
    style.textContent = `
      *, ::before, ::after {animation: none !important; transition: none !important}
      .sd-tab-content {display: block !important}`;
    document.head.append(style);
    return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
  }

  function math() {
    const wrong = all("mjx-merror, [data-mjx-error]");
    const unknown = all("mjx-assistive-mml mtext[mathcolor='red']").filter(
      (element) => element.textContent.startsWith("\\"));
    const raw = all("span.math, div.math").filter(
      (element) => !element.querySelector("mjx-container"));
    return [
      ...wrong.map((e) => e.getAttribute("data-mjx-error") || e.textContent),
      ...unknown.map((e) => `unknown command ${e.textContent}`),
      ...raw.map((e) => `not typeset: ${e.textContent.slice(0, 80)}`),
    ];
  }

  function images() {
    return [...document.images].flatMap((image) => {
      const source = image.getAttribute("src")?.slice(-60) ?? "an image without src";
      const faults = [];
      if (!image.complete || !image.naturalWidth) faults.push("does not load");
      if (!image.getAttribute("alt")?.trim()) faults.push("has no alt text");
      return faults.map((fault) => `${source}: ${fault}`);
    });
  }

  function scrollsOrIsFixed(element) {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const {overflowX, position} = getComputedStyle(box);
      if (overflowX !== "visible" || position === "fixed") return true;
    }
    return false;
  }

  /* Nothing is wider than the screen, and no text is cut off at its right. */
  function overflow() {
    const root = document.documentElement;
    const faults = all("main article *")
      .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
      .filter((e) => ["hidden", "clip"].includes(getComputedStyle(e).overflowX))
      .filter((e) => !e.closest("mjx-container"))
      .map((e) => `${name(e)}: text is cut off at its right`);
    if (root.scrollWidth <= root.clientWidth) return faults;
    const wide = all("body *").filter((e) =>
      e.getBoundingClientRect().right > root.clientWidth + 1 &&
      !scrollsOrIsFixed(e.parentElement));
    const widest = [...new Set(wide.map(name))].slice(0, 5).join(", ");
    return [...faults,
      `the page is ${root.scrollWidth} px wide, the screen ${root.clientWidth}: ${widest}`];
  }

  function background(element) {
    for (let box = element; box; box = box.parentElement) {
      const colour = getComputedStyle(box).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }
    return "none";
  }

  /* Words of code, formulas and cells that look like one before them: the same colour,
     size and ground. They are the most of a page, and their contrast is the same.
     Of a word of one character axe says nothing, so it stands for no other. */
  function markRepeated() {
    const known = new Set();
    const leaves = ":is(pre, mjx-container, table) :not(:has(*))";
    for (const word of all(leaves).filter((e) => e.textContent.trim().length > 1)) {
      const {color, fontSize, fontWeight, opacity} = getComputedStyle(word);
      const looks = [color, fontSize, fontWeight, opacity, background(word)].join();
      if (known.has(looks)) word.dataset.repeated = "";
      known.add(looks);
    }
  }

  /* All rules of axe that carry one of the tags; contrast once for each look of a word. */
  async function accessibility(tags) {
    const leftOut = (rule) =>
      rule.tags.some((tag) => ["deprecated", "review-item"].includes(tag));
    const rules = axe.getRules(tags).filter((r) => !leftOut(r)).map((r) => r.ruleId);
    const run = async (context, values) => (await axe.run(context, {
      runOnly: {type: "rule", values},
      resultTypes: ["violations"],
    })).violations;
    markRepeated();
    const others = rules.filter((rule) => rule !== "color-contrast");
    const found = [
      ...await run(document, others),
      ...await run({exclude: [["[data-repeated]"]]}, ["color-contrast"]),
    ];
    return found.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => {
      const why = failureSummary.split("\n").slice(1).map((line) => line.trim());
      return `${id}: ${target.join(" ")}: ${why.join("; ")}`;
    }));
  }

  return {settle, open, math, images, overflow, accessibility};
})();
