/* Mends what the theme leaves to mend. */

(() => {
  "use strict";

  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);

  /* Names: what a button or a summary is called is what it says. */
  function nameAsWritten() {
    all(".search-button-field[aria-label], details.hide > summary[aria-label]", (element) =>
      element.removeAttribute("aria-label"));
    all(".has-children > details > summary", (summary) => {
      const page = summary.closest("li").querySelector("a").textContent.trim();
      summary.setAttribute("aria-label", `Pages of ${page}`);
    });
  }

  /* Landmarks: the sidebar is a way around the book. */
  function markLandmarks() {
    const sidebar = document.querySelector(".bd-sidebar-primary");
    sidebar?.setAttribute("role", "navigation");
    sidebar?.setAttribute("aria-label", "Book");
  }

  /* References: a list has list items; `doc-biblioentry` is a role of the past. */
  function markReferences() {
    all(".citation-list", (list) => list.setAttribute("role", "list"));
    all(".citation-list > .citation", (item) => item.setAttribute("role", "listitem"));
  }

  /* Tables: an empty corner is no heading, and an index is only laid out as a table. */
  function markTables() {
    all("thead th:empty", (corner) => corner.replaceWith(document.createElement("td")));
    all("table.indextable", (table) => table.setAttribute("role", "presentation"));
  }

  /* What scrolls sideways can be reached by keyboard, also once it is unfolded. */
  const SCROLLERS = ".bd-article pre, .pst-scrollable-table-container, " +
    ".cell_output > .output, .drawing, .formula";
  const kindOf = (box) => box.matches("pre") ? "Code" :
    box.matches(".formula") ? "Equation" : "Figure, table or output";
  let regions = 0;

  /* An edge that fades says that there is more behind it. */
  function showEdge(box) {
    const left = box.scrollWidth - box.clientWidth - box.scrollLeft;
    box.classList.toggle("more", left > 2);
  }

  function followScroller(box) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    showEdge(box);
    if (scrolls && !box.hasAttribute("role")) {
      regions += 1;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", `${kindOf(box)} ${regions}, scrolls sideways`);
    }
  }

  function followScrollers() {
    const watcher = new ResizeObserver((entries) =>
      entries.forEach((entry) => followScroller(entry.target)));
    all(SCROLLERS, (box) => {
      watcher.observe(box);
      box.addEventListener("scroll", () => showEdge(box), {passive: true});
    });
  }

  /* Menus of the header: one click opens, Escape or a click elsewhere closes. */
  function followMenus() {
    const buttons = document.querySelectorAll("[data-bs-toggle=dropdown]");
    const show = (button, open) => {
      button.setAttribute("aria-expanded", open);
      button.nextElementSibling.classList.toggle("show", open);
    };
    document.addEventListener("click", (event) => buttons.forEach((button) => {
      const isOpen = button.getAttribute("aria-expanded") === "true";
      show(button, !isOpen && button.contains(event.target));
    }));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      buttons.forEach((button) => {
        if (button.nextElementSibling.contains(document.activeElement)) button.focus();
        show(button, false);
      });
    });
  }

  /* The list of sections marks the one that is being read. */
  function followSections() {
    const links = [...document.querySelectorAll(".page-toc a.nav-link[href^='#']")];
    const sections = links
      .map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
      .filter(Boolean);
    const mark = () => {
      const passed = sections.filter((s) => s.checkVisibility() &&
        s.getBoundingClientRect().top < innerHeight * 0.4);
      const current = passed.at(-1);
      links.forEach((link) => link.classList.toggle("active",
        Boolean(current) && decodeURIComponent(link.hash.slice(1)) === current.id));
    };
    let asked = false;
    window.addEventListener("scroll", () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => { asked = false; mark(); });
    }, {passive: true});
    mark();
  }

  /* Folded boxes: the theme loses a click on a word of the title that has a tag of its own. */
  function clickTitle(event) {
    const title = event.target.closest(".admonition.toggle > .admonition-title");
    if (!title || event.target === title || event.target.closest(".toggle-button")) return;
    event.stopPropagation();
    if (!event.target.closest("a")) title.querySelector(".toggle-button").click();
  }

  /* A link to something inside a folded box unfolds the box, one to a heading its fold. */
  function unfoldTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const own = target?.querySelector(":scope > details.deeper");
    if (own) own.open = true;
    for (let box = target; box; box = box.parentElement) {
      if (box.matches("details")) box.open = true;
      if (box.matches(".toggle-hidden")) box.querySelector(".toggle-button")?.click();
    }
    target?.scrollIntoView();
    return target;
  }

  /* Also where the reader asks again for what was folded away since. */
  function followAgain(event) {
    const link = event.target.closest("a[href*='#']");
    if (link && link.href === location.href) unfoldTarget();
  }

  /* Paper has no folds. */
  function unfoldForPrint() {
    all("details:not([open])", (box) => {
      box.open = true;
      box.dataset.unfolded = "";
    });
  }

  function foldAfterPrint() {
    all("details[data-unfolded]", (box) => {
      box.open = false;
      delete box.dataset.unfolded;
    });
  }

  document.addEventListener("click", clickTitle, true);
  document.addEventListener("click", followAgain);
  window.addEventListener("beforeprint", unfoldForPrint);
  window.addEventListener("afterprint", foldAfterPrint);
  window.addEventListener("hashchange", unfoldTarget);
  document.addEventListener("DOMContentLoaded", () => {
    nameAsWritten();
    markLandmarks();
    markReferences();
    markTables();
    followScrollers();
    followMenus();
    followSections();
  });
  window.addEventListener("load", unfoldTarget);
})();
