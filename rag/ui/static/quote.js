// The quote behind a number, as the pointer rests on it or the focus comes to it (WCAG 2.2, 1.4.13:
// it can be pointed at, stays as long as one does, and Escape puts it away).

(() => {
  "use strict";

  const OPENING_MILLISECONDS = 150;
  const CLOSING_MILLISECONDS = 250;
  const GAP = 8;
  let timer = 0;
  let shownFor = null;

  const popover = () => document.getElementById("quote");
  const part = (name) => popover().querySelector(`.quote-${name}`);

  function later(action, milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  }

  function copies(card, selector) {
    return [...card.querySelectorAll(selector)].map((element) => element.cloneNode(true));
  }

  // What is shown is that of the source's card, whose text the server wrote and escaped.
  function show(cite) {
    const { turn, source } = cite.dataset;
    const card = document.getElementById(`source-${turn}-${source}`);
    if (!card || !cite.isConnected) return;
    hide();
    part("meta").replaceChildren(...copies(card, ".card-meta .badge"));
    part("reference").textContent = card.querySelector(".card-reference").textContent.trim();
    part("title").textContent = card.querySelector(".card-title").textContent;
    part("text").textContent = card.querySelector("mark")?.textContent ?? "";
    part("text").lang = card.querySelector(".passage").lang || "fr";
    part("warnings").replaceChildren(...copies(card, ".card-warning"));
    popover().hidden = false;
    shownFor = cite;
    cite.setAttribute("aria-describedby", "quote-text");
    place();
  }

  function hide() {
    clearTimeout(timer);
    if (!shownFor) return false;
    shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    popover().hidden = true;
    return true;
  }

  // Below the number where there is room, else above; never beyond an edge of the window.
  function place() {
    if (!shownFor?.isConnected) return hide();
    const cite = shownFor.getClientRects()[0];
    const { offsetWidth: width, offsetHeight: height } = popover();
    const isBelow = cite.bottom + GAP + height < window.innerHeight || cite.top < height + GAP;
    const top = isBelow ? cite.bottom + GAP : cite.top - GAP - height;
    const left = Math.min(cite.left, window.innerWidth - width - GAP);
    popover().style.top = `${Math.max(GAP, Math.min(top, window.innerHeight - height - GAP))}px`;
    popover().style.left = `${Math.max(GAP, left)}px`;
  }

  // A finger does not hover: its tap opens the card.
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const cite = event.target.closest(".cite");
    if (cite && cite === shownFor) clearTimeout(timer);
    else if (cite) later(() => show(cite), OPENING_MILLISECONDS);
    else if (event.target.closest("#quote")) clearTimeout(timer);
    else if (document.activeElement !== shownFor) later(hide, CLOSING_MILLISECONDS);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".cite:focus-visible")) show(event.target);
    else hide();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === shownFor) hide();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".cite")) hide();
  });
  document.addEventListener("scroll", place, { capture: true, passive: true });
  window.addEventListener("resize", place);

  window.radiact = { ...window.radiact, hideQuote: hide };
})();
