/* Tips: what a link to a term or a work leads to is shown on hover and on focus. */

(() => {
  "use strict";

  const TERM_OR_WORK = ".bd-article a.reference.internal[href*='#']";
  const WAIT_MS = 150;
  const tip = document.createElement("div");
  let link = null;
  let waiting = 0;

  function saidOf(anchor) {
    const name = decodeURIComponent(anchor.hash.slice(1));
    const kept = document.getElementById("tips")?.content;
    const own = document.getElementById(name);
    const here = anchor.pathname === location.pathname && own?.matches(".citation");
    return here ? own.querySelector("p") : kept?.querySelector(`[data-tip="${CSS.escape(name)}"]`);
  }

  /* Below the link, or above it where there is no room; never wider than the page. */
  function place() {
    const box = link.getClientRects()[0];
    const around = tip.offsetParent.getBoundingClientRect();
    const below = box.bottom + tip.offsetHeight + 8 < innerHeight;
    const left = Math.min(box.left, around.right - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(left, 8) - around.left}px`;
    tip.style.top = `${(below ? box.bottom + 4 : box.top - tip.offsetHeight - 4) - around.top}px`;
  }

  function show(anchor) {
    const said = saidOf(anchor);
    if (!said) return;
    hide();
    link = anchor;
    tip.replaceChildren(...[...said.cloneNode(true).childNodes]);
    tip.querySelectorAll("a").forEach((inner) => inner.replaceWith(inner.textContent));
    tip.hidden = false;
    link.setAttribute("aria-describedby", tip.id);
    place();
  }

  function hide() {
    clearTimeout(waiting);
    tip.hidden = true;
    link?.removeAttribute("aria-describedby");
    link = null;
  }

  const later = (act) => {
    clearTimeout(waiting);
    waiting = setTimeout(act, WAIT_MS);
  };

  document.addEventListener("DOMContentLoaded", () => {
    const article = document.querySelector(".bd-article");
    if (!article) return;
    Object.assign(tip, { id: "tip", className: "tip", hidden: true });
    tip.setAttribute("role", "tooltip");
    article.append(tip);
    const links = [...document.querySelectorAll(TERM_OR_WORK)].filter(saidOf);
    links.forEach((anchor) => {
      anchor.removeAttribute("title");
      anchor.addEventListener("focus", () => show(anchor));
      anchor.addEventListener("blur", hide);
      if (!matchMedia("(hover: hover)").matches) return;
      anchor.addEventListener("mouseenter", () => later(() => show(anchor)));
      anchor.addEventListener("mouseleave", () => later(hide));
    });
    tip.addEventListener("mouseenter", () => clearTimeout(waiting));
    tip.addEventListener("mouseleave", () => later(hide));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
  });
})();
