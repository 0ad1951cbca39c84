/* Mends what the theme leaves to mend. */

(() => {
  "use strict";

  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);

  /* Names: what a button or a summary is called is what it says. */
  function nameAsWritten() {
    all(".search-button-field[aria-label], details.hide > summary[aria-label]", (element) =>
      element.removeAttribute("aria-label"));
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
  const SCROLLERS = ".bd-article pre, .pst-scrollable-table-container, .cell_output > .output";
  let regions = 0;

  function followScroller(box) {
    const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
    box.tabIndex = scrolls ? 0 : -1;
    if (scrolls && !box.hasAttribute("role")) {
      regions += 1;
      box.setAttribute("role", "region");
      const kind = box.matches("pre") ? "Code" : "Table or output";
      box.setAttribute("aria-label", `${kind} ${regions}, scrolls sideways`);
    }
  }

  function followScrollers() {
    const watcher = new ResizeObserver((entries) =>
      entries.forEach((entry) => followScroller(entry.target)));
    all(SCROLLERS, (box) => watcher.observe(box));
  }

  /* Folded boxes: the theme loses a click on a word of the title that has a tag of its own. */
  function clickTitle(event) {
    const title = event.target.closest(".admonition.toggle > .admonition-title");
    if (!title || event.target === title || event.target.closest(".toggle-button")) return;
    event.stopPropagation();
    if (!event.target.closest("a")) title.querySelector(".toggle-button").click();
  }

  /* A link to something inside a folded box unfolds the box. */
  function unfoldTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let box = target; box; box = box.parentElement) {
      if (box.matches("details")) box.open = true;
      if (box.matches(".toggle-hidden")) box.querySelector(".toggle-button")?.click();
    }
    target?.scrollIntoView();
    return target;
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
  window.addEventListener("beforeprint", unfoldForPrint);
  window.addEventListener("afterprint", foldAfterPrint);
  window.addEventListener("hashchange", unfoldTarget);
  document.addEventListener("DOMContentLoaded", () => {
    nameAsWritten();
    markLandmarks();
    markReferences();
    markTables();
    followScrollers();
  });
  window.addEventListener("load", unfoldTarget);
})();
