/* Figures that the reader drives, and answers that the page remembers. Everything is
   there without this script: one state of each figure, each result, each explanation. */

(() => {
  "use strict";

  const all = (box, selector) => [...box.querySelectorAll(selector)];

  /* Figures: the controls name a state, the last one turns fastest. */
  function followFigure(box) {
    const words = JSON.parse(box.dataset.words), said = box.querySelector("output");
    const parts = all(box, "[data-state]");
    const controls = all(box, "input[type=range], fieldset");

    function named(control) {
      if (control.matches("fieldset")) {
        const buttons = all(control, "input");
        return [buttons.findIndex((button) => button.checked), buttons.length];
      }
      const labels = JSON.parse(control.dataset.labels), place = Number(control.value);
      control.nextElementSibling.textContent = labels[place];
      control.setAttribute("aria-valuetext", labels[place]);
      return [place, labels.length];
    }

    function show(state) {
      for (const part of parts)
        part.setAttribute("display", part.dataset.state === String(state) ? "inline" : "none");
      said.textContent = words[state];
    }

    const follow = () => show(controls.map(named)
      .reduce((state, [place, count]) => state * count + place, 0));
    box.querySelector(".driven-controls").hidden = false;
    box.addEventListener("input", follow);
    window.addEventListener("beforeprint", () => show(box.dataset.start));
    window.addEventListener("afterprint", follow);
    follow();
  }

  document.addEventListener("DOMContentLoaded", () => {
    all(document, ".driven").forEach(followFigure);
  });
})();
