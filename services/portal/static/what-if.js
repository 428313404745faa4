// The what-if slider. Without this script the page is a form that answers with a page (pages/threshold.py).
// The mark follows the hand at once; figures come from the portal, the last one asked for wins.
"use strict";

(() => {
  const panel = document.querySelector(".what-if");
  const form = panel.querySelector("form");
  const slider = panel.querySelector("#slider");
  const number = panel.querySelector("#moved");
  const factor = Number(slider.dataset.factor);
  const plots = [...panel.querySelectorAll("svg[data-low]")];
  const PAUSE_MS = 40; // between moves of a hand: fewer questions than the eye could read answers
  let waiting = 0;
  let asking = null;

  slider.hidden = false;

  function at(plot, value) {
    const { low, high, left, right } = Object.fromEntries(Object.entries(plot.dataset).map(([name, text]) => [name, Number(text)]));
    const within = Math.min(Math.max(value, low), high);
    return left + ((within - low) / (high - low || 1)) * (right - left);
  }

  function mark(value, attainment) {
    for (const plot of plots) {
      const x = at(plot, value).toFixed(1);
      const line = plot.querySelector("[data-moved]");
      const point = plot.querySelector("[data-moved-point]");
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
      point.setAttribute("cx", x);
      if (attainment === undefined) continue;
      const { top, bottom } = plot.dataset;
      point.setAttribute("cy", (Number(bottom) - attainment * (Number(bottom) - Number(top))).toFixed(1));
    }
  }

  function show(answer, value) {
    for (const place of panel.querySelectorAll("[data-figure]")) {
      place.textContent = answer.texts[place.dataset.figure];
    }
    const verdict = panel.querySelector("[data-verdict]");
    verdict.className = `badge verdict-${answer.verdict}`;
    panel.querySelector("[data-below-floor]").hidden = !answer.belowFloor;
    slider.setAttribute("aria-valuetext", answer.texts.threshold);
    mark(value, answer.attainment);
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const typed = number.value;
    if (typed === "" || !number.validity.valid) return;
    const query = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`${panel.dataset.source}?${query}`, { signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json(), Number(typed) * factor);
    } catch (error) {
      if (error.name === "AbortError") return;
      panel.querySelector("[data-figure='verdict']").textContent = panel.dataset.failed;
    }
  }

  function moved(value) {
    mark(Number(value) * factor);
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  }

  slider.addEventListener("input", () => {
    number.value = slider.value;
    moved(slider.value);
  });
  number.addEventListener("input", () => {
    if (number.value === "") return;
    slider.value = number.value;
    moved(number.value);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    ask();
  });
})();
