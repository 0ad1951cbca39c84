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

    let moved = () => {};

    function show(state) {
      for (const part of parts)
        part.setAttribute("display", part.dataset.state === String(state) ? "inline" : "none");
      said.textContent = words[state];
      moved(state);
    }

    const follow = () => show(controls.map(named)
      .reduce((state, [place, count]) => state * count + place, 0));
    if (box.querySelector("[data-grip]")) moved = followGrips(box, controls, follow);
    box.querySelector(".driven-controls").hidden = false;
    box.addEventListener("input", follow);
    window.addEventListener("beforeprint", () => show(box.dataset.start));
    window.addEventListener("afterprint", follow);
    follow();
  }

  /* What this browser remembers of this page; nothing is sent. */
  const place = (box) => `${location.pathname}#${box.dataset.key}`;

  function remember(box, value) {
    try {
      if (value === null) localStorage.removeItem(place(box));
      else localStorage.setItem(place(box), value);
    } catch { /* a browser that keeps nothing */ }
  }

  function remembered(box) {
    try { return localStorage.getItem(place(box)); } catch { return null; }
  }

  /* Quizzes: the answers that were opened are open again. */
  function followQuiz(box) {
    const answers = all(box, "details"), known = remembered(box)?.split(",") ?? [];
    answers.forEach((answer, k) => {
      answer.open = known.includes(String(k));
      answer.addEventListener("toggle", () => {
        if ("unfolded" in answer.dataset) return;   // for paper
        const open = answers.flatMap((one, number) => one.open ? [number] : []);
        remember(box, open.length ? open.join() : null);
      });
    });
  }

  /* Predictions: the result unfolds once the reader has answered. */
  function followPrediction(box) {
    const result = document.getElementById(`result-${box.dataset.key}`);
    const inputs = all(box, "input"), button = box.querySelector("button");
    const said = box.querySelector("output"), slider = box.querySelector("[type=range]");
    const right = inputs.find((input) => "right" in input.dataset);
    const words = (input) => input.parentElement.textContent.trim();

    function name() {
      const value = `${slider.value} ${slider.dataset.unit}`.trim();
      slider.nextElementSibling.textContent = value;
      slider.setAttribute("aria-valuetext", value);
    }

    function sentence() {
      if (slider) return `You said ${words(slider)}.`;
      const picked = inputs.find((input) => input.checked);
      return picked === right ? "Right." : `No. The answer: ${words(right)}`;
    }

    function settle(answered) {
      for (const input of inputs) input.disabled = answered;
      button.textContent = answered ? "Ask me again" : "Show the result";
      said.textContent = answered ? sentence() : "";
      result.open = answered;
    }

    function answer(value) {
      if (slider) slider.value = value;
      else if (inputs[value]) inputs[value].checked = true;
      if (slider) name();
      settle(true);
    }

    button.addEventListener("click", () => {
      const picked = slider ?? inputs.find((input) => input.checked);
      if (!picked) said.textContent = "Choose first.";
      else if (picked.disabled) {
        remember(box, null);
        if (!slider) picked.checked = false;
        settle(false);
      } else {
        remember(box, picked.value);
        answer(picked.value);
      }
    });
    slider?.addEventListener("input", name);
    button.hidden = false;
    if (remembered(box) !== null) answer(remembered(box));
  }

  /* Grips: the first control says which, and dragging one turns the second. Each has a
     wide, unseen handle, so that a finger finds it and the page still scrolls beside. */
  function followGrips(box, [which, far], follow) {
    const count = Number(far.max) + 1, still = Number(box.dataset.still);
    const at = all(box, "[data-grip] use").map((use) =>
      ["x", "y"].map((name) => Number(use.getAttribute(name))));
    const svg = box.querySelector("svg");

    const handles = Array.from({length: at.length / count}, (_, grip) => {
      const handle = document.createElementNS(svg.namespaceURI, "circle");
      handle.setAttribute("r", 12);
      handle.setAttribute("class", "handle");
      svg.append(handle);
      handle.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        handle.setPointerCapture(event.pointerId);
        which.value = grip;
        drag(event);
      });
      handle.addEventListener("pointermove", (event) => {
        if (handle.hasPointerCapture(event.pointerId)) drag(event);
      });

      function drag({clientX, clientY}) {
        const pointer = new DOMPoint(clientX, clientY)
          .matrixTransform(svg.getScreenCTM().inverse());
        const away = ([x, y]) => Math.hypot(x - pointer.x, y - pointer.y);
        const own = at.slice(grip * count, (grip + 1) * count).map(away);
        far.value = own.indexOf(Math.min(...own));
        follow();
      }
      return handle;
    });

    return (state) => handles.forEach((handle, grip) => {
      const own = Math.floor(state / count) === grip;
      const [x, y] = at[own ? state : grip * count + still];
      handle.setAttribute("cx", x);
      handle.setAttribute("cy", y);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    all(document, ".driven").forEach(followFigure);
    all(document, ".quiz").forEach(followQuiz);
    all(document, ".predict").forEach(followPrediction);
  });
})();
