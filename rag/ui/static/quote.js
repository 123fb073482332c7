// The quote behind a number, or what was checked behind a mark, as the pointer rests on it or the
// focus comes to it (WCAG 2.2, 1.4.13: it can be pointed at, stays as long as one does, and Escape
// puts it away).

(() => {
  "use strict";

  const OPENING_MILLISECONDS = 150;
  const CLOSING_MILLISECONDS = 250;
  const GAP = 8;
  const ORIGINS = ".cite, .verified";
  let timer = 0;
  let shownFor = null;

  const popoverOf = (origin) => document.getElementById(origin.matches(".cite") ? "quote" : "checks");
  const part = (name) => document.querySelector(`#quote .quote-${name}`);

  function later(action, milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  }

  function copies(card, selector) {
    return [...card.querySelectorAll(selector)].map((element) => element.cloneNode(true));
  }

  // What is shown is that of the source's card, whose text the server wrote and escaped.
  function fillQuote(cite) {
    const { turn, source } = cite.dataset;
    const card = document.getElementById(`source-${turn}-${source}`);
    if (!card) return false;
    part("meta").replaceChildren(...copies(card, ".card-meta .badge"));
    part("reference").textContent = card.querySelector(".card-reference").textContent.trim();
    part("title").textContent = card.querySelector(".card-title").textContent;
    part("text").textContent = card.querySelector("mark")?.textContent ?? "";
    part("text").lang = card.querySelector(".passage").lang || "fr";
    part("warnings").replaceChildren(...copies(card, ".card-warning"));
    cite.setAttribute("aria-describedby", "quote-text");
    return true;
  }

  // What was checked describes its mark whether it is shown or not.
  function fillChecks(mark) {
    const described = document.getElementById(mark.getAttribute("aria-describedby"));
    document.getElementById("checks").textContent = described.textContent;
    return true;
  }

  function show(origin) {
    hide();
    if (!origin.isConnected) return;
    if (!(origin.matches(".cite") ? fillQuote(origin) : fillChecks(origin))) return;
    popoverOf(origin).hidden = false;
    shownFor = origin;
    place();
  }

  function hide() {
    clearTimeout(timer);
    if (!shownFor) return false;
    if (shownFor.matches(".cite")) shownFor.removeAttribute("aria-describedby");
    popoverOf(shownFor).hidden = true;
    shownFor = null;
    return true;
  }

  // Below the number or the mark where there is room, else above; never beyond an edge of the window.
  function place() {
    if (!shownFor?.isConnected) return hide();
    const origin = shownFor.getClientRects()[0];
    const popover = popoverOf(shownFor);
    const { offsetWidth: width, offsetHeight: height } = popover;
    const isBelow = origin.bottom + GAP + height < window.innerHeight || origin.top < height + GAP;
    const top = isBelow ? origin.bottom + GAP : origin.top - GAP - height;
    const left = Math.min(origin.left, window.innerWidth - width - GAP);
    popover.style.top = `${Math.max(GAP, Math.min(top, window.innerHeight - height - GAP))}px`;
    popover.style.left = `${Math.max(GAP, left)}px`;
  }

  // A finger does not hover: its tap opens the card, or tells what was checked.
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const origin = event.target.closest(ORIGINS);
    if (origin && origin === shownFor) clearTimeout(timer);
    else if (origin) later(() => show(origin), OPENING_MILLISECONDS);
    else if (event.target.closest("#quote, #checks")) clearTimeout(timer);
    else if (document.activeElement !== shownFor) later(hide, CLOSING_MILLISECONDS);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(`:is(${ORIGINS}):focus-visible`)) show(event.target);
    else hide();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === shownFor) hide();
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".verified");
    if (mark) show(mark);
    else if (event.target.closest(".cite") || !event.target.closest("#quote, #checks")) hide();
  });
  document.addEventListener("scroll", place, { capture: true, passive: true });
  window.addEventListener("resize", place);

  window.radiact = { ...window.radiact, hideQuote: hide };
})();
