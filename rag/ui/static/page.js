// What the conversation does besides asking: citations open their card, a card leads back to its
// sentence, the latest question stays in view, and a line says whether the program is ready.

(() => {
  "use strict";

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let origin = null;

  function scrollTo(element, block) {
    element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
  }

  function showSourcesOf(turn) {
    for (const section of document.querySelectorAll(".answer-sources")) {
      section.hidden = section.dataset.turn !== turn;
    }
    return document.getElementById(`sources-${turn}`);
  }

  function markAsOpen(button) {
    for (const cite of document.querySelectorAll(".cite[aria-current]")) {
      cite.removeAttribute("aria-current");
    }
    button?.setAttribute("aria-current", "true");
  }

  function openCitation(button) {
    const { turn, source } = button.dataset;
    showSourcesOf(turn);
    const card = document.getElementById(`source-${turn}-${source}`);
    if (!card) return;
    origin = button;
    markAsOpen(button);
    card.open = true;
    card.classList.remove("is-target");
    void card.offsetWidth; // lets the animation start again
    card.classList.add("is-target");
    card.querySelector("summary").focus({ preventScroll: true });
    const panel = card.closest("#sources");
    const fits = card.offsetHeight < Math.min(panel.clientHeight, window.innerHeight);
    if (fits) scrollTo(card, "start");
    else scrollTo(card.querySelector("mark") ?? card, "center");
  }

  function backToSentence({ backTurn, backSource }) {
    const selector = `.cite[data-turn="${backTurn}"][data-source="${backSource}"]`;
    const button = origin?.matches(selector) && origin.isConnected ? origin : document.querySelector(selector);
    if (!button) return;
    scrollTo(button, "center");
    button.focus({ preventScroll: true });
  }

  function showSources(turn) {
    const section = showSourcesOf(turn);
    if (!section) return;
    scrollTo(section, "start");
    section.querySelector("h2").focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches(".cite")) openCitation(button);
    else if (button.dataset.backTurn) backToSentence(button.dataset);
    else if (button.dataset.showSources) showSources(button.dataset.showSources);
  });

  // Where the conversation has a scroll bar of its own, the latest question goes to its top as
  // its answer grows; elsewhere the page scrolls to it once.
  let shown = "";
  function followLatestTurn() {
    const scroll = document.getElementById("scroll");
    if (!scroll?.offsetParent) return; // another tab is shown
    const turn = document.querySelector(".turn:last-of-type");
    const isGrowing = turn?.getAttribute("aria-busy") === "true";
    const state = turn ? `${turn.id} ${isGrowing ? turn.offsetHeight : "whole"}` : "";
    if (state === shown) return;
    const isNew = turn && !shown.startsWith(`${turn.id} `);
    shown = state;
    if (!turn) return;
    if (getComputedStyle(scroll).overflowY === "auto") {
      scroll.scrollTop += turn.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 16;
    } else if (isNew) {
      // After the layout: the examples that leave make the page shorter, and move where it is.
      requestAnimationFrame(() => requestAnimationFrame(() => turn.scrollIntoView()));
    }
  }

  let latestSources = "";
  function showLatestSources() {
    const latest = document.querySelector(".answer-sources:last-of-type")?.id ?? "";
    if (latest === latestSources) return;
    latestSources = latest;
    document.getElementById("sources").scrollTop = 0;
    markAsOpen(null);
    document.dispatchEvent(new CustomEvent("radiact:answered"));
  }

  // Where questions are sent, if they leave the machine: under the box where they are typed.
  function tellDestination(text) {
    const line = document.getElementById("destination");
    if (!line) return;
    line.hidden = !text;
    line.textContent = text ?? "";
  }

  // The line on the state of the program, until the program is ready. It is asked for apart from
  // gradio's events: an event that ends as a question is sent can lose the messages of the other.
  async function followStatus() {
    const line = document.querySelector("#status .status");
    let state = "loading";
    if (line) {
      try {
        const response = await fetch("radiact/status");
        if (response.ok) {
          line.outerHTML = await response.text();
          state = document.querySelector("#status .status").dataset.state;
          tellDestination(document.querySelector("#status .status").dataset.destination);
        }
      } catch {
        // The server does not answer: it may be starting again.
      }
    }
    if (state === "loading") setTimeout(followStatus, 300);
  }

  function watchPage() {
    document.documentElement.lang = "fr";
    const observer = new MutationObserver(() => {
      followLatestTurn();
      showLatestSources();
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  }

  document.addEventListener("radiact:shown", followLatestTurn);
  document.addEventListener("radiact:indexed", followStatus);
  watchPage();
  followStatus();
})();
