/* What a page shows of itself. Each function returns the faults it finds, in words. */

window.look = (() => {
  "use strict";

  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (element) =>
    [element.tagName.toLowerCase(), ...element.classList].join(".");

  /* Wait until formulas, fonts and images stand. */
  async function settle() {
    for (const image of document.images) image.loading = "eager";
    await document.fonts.ready;
    await Promise.allSettled([...document.images].map((image) => image.decode()));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
  }

  /* How far the page jumped while it was loaded: the layout shift that browsers count. */
  function shift() {
    return new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        if (!entry.hadRecentInput) sum += entry.value;
      })).observe({type: "layout-shift", buffered: true});
      setTimeout(() => done(sum), 50);
    });
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
    const raw = all("span.math, div.math").filter((e) => !e.querySelector("math"));
    const flat = all("math").filter((e) => e.checkVisibility() &&
      e.textContent.trim() && !e.getBoundingClientRect().height);
    return [
      ...all("merror").map((e) => `cannot be read: ${e.textContent}`),
      ...raw.map((e) => `not typeset: ${e.textContent.slice(0, 80)}`),
      ...flat.map((e) => `takes no room: ${e.textContent.slice(0, 80)}`),
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
      .filter((e) => !e.closest("math"))
      .map((e) => `${name(e)}: text is cut off at its right`);
    if (root.scrollWidth <= root.clientWidth) return faults;
    const wide = all("body *").filter((e) =>
      e.getBoundingClientRect().right > root.clientWidth + 1 &&
      !scrollsOrIsFixed(e.parentElement));
    const widest = [...new Set(wide.map(name))].slice(0, 5).join(", ");
    return [...faults,
      `the page is ${root.scrollWidth} px wide, the screen ${root.clientWidth}: ${widest}`];
  }

  /* What an element stands on: the colour, and how clear it and its parents are. */
  function ground(element, known) {
    if (!element) return "none";
    if (!known.has(element)) {
      const {backgroundColor, opacity} = getComputedStyle(element);
      const clear = backgroundColor === "rgba(0, 0, 0, 0)";
      const colour = clear ? ground(element.parentElement, known) : backgroundColor;
      known.set(element, opacity === "1" ? colour : `${colour} ${opacity}`);
    }
    return known.get(element);
  }

  const ownText = (element) => [...element.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE)
    .map((node) => node.data.trim())
    .join("");

  /* Mark elements that look like three visible ones before them, as `looksOf` says. */
  function markRepeated(selector, mark, looksOf, isShort = () => false) {
    const seen = new Map(), repeated = [];
    for (const element of all(selector)) {
      if (!element.checkVisibility({visibilityProperty: true})) continue;
      const looks = looksOf(element), times = seen.get(looks) ?? 0;
      if (isShort(element) || times >= 3) repeated.push(element);
      else seen.set(looks, times + 1);
    }
    for (const element of repeated) element.dataset[mark] = "";
  }

  /* Axe asks of a link only where its block has more text than links. */
  function isInText(link) {
    const block = link.closest("p, li, td, th, dd, dt, figcaption, div");
    const links = [...(block?.querySelectorAll("a") ?? [])];
    const inLinks = links.reduce((sum, one) => sum + one.textContent.length, 0);
    return (block?.textContent.length ?? 0) > 2 * inLinks;
  }

  /* Texts of the same colour, size and ground have the same contrast, and they are the
     most of a page: three of each are asked. Of one character axe says nothing, so it
     stands for no other text. Links are told by their looks and by those of their block. */
  function markAlike() {
    const grounds = new Map();
    const looks = (element) => {
      const {color, fontSize, fontWeight} = getComputedStyle(element);
      return [color, fontSize, fontWeight, ground(element, grounds)].join();
    };
    const linkLooks = (link) => {
      const {textDecoration, borderBottom} = getComputedStyle(link);
      const about = [looks(link.parentElement), isInText(link)];
      return [looks(link), textDecoration, borderBottom, ...about].join();
    };
    markRepeated("main *", "textAlike", looks, (e) => ownText(e).length < 2);
    markRepeated("main a[href]", "linkAlike", linkLooks);
  }

  /* All rules of axe that carry one of the tags; those of colours once for each look.
     The dark differs in colours alone. */
  async function accessibility(tags, inTheDark) {
    const leftOut = (rule) =>
      rule.tags.some((tag) => ["deprecated", "review-item"].includes(tag)) ||
      (inTheDark && !rule.tags.includes("cat.color"));
    const values = axe.getRules(tags).filter((r) => !leftOut(r)).map((r) => r.ruleId);
    markAlike();
    axe.configure({rules: [
      {id: "color-contrast", selector: "*:not([data-text-alike])"},
      {id: "link-in-text-block", selector: "a[href]:not([data-link-alike]), [role=link]"},
    ]});
    const {violations} = await axe.run(document, {
      runOnly: {type: "rule", values},
      resultTypes: ["violations"],
    });
    return violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => {
      const why = failureSummary.split("\n").slice(1).map((line) => line.trim());
      return `${id}: ${target.join(" ")}: ${why.join("; ")}`;
    }));
  }

  return {settle, shift, open, math, images, overflow, accessibility};
})();
