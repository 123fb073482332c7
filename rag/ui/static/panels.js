// What the tabs besides the conversation ask the server for: fragments of the page.

(() => {
  "use strict";

  const RETRY_MILLISECONDS = 700;

  // Put a fragment in its place, again until it is not that of a program still getting ready.
  // The focus stays on the control that `keyOf` tells by its attributes.
  async function load(place, address) {
    try {
      const response = await fetch(address);
      if (response.ok) {
        const key = keyOf(document.activeElement, place);
        place.innerHTML = await response.text();
        if (key) place.querySelector(key)?.focus({ preventScroll: true });
        if (!place.querySelector('[data-state="loading"]')) return;
      }
    } catch {
      // The server does not answer: it may be starting again.
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    await load(place, address);
  }

  function keyOf(element, place) {
    if (!place.contains(element)) return "";
    if (element.matches("[data-pull-all]")) return "[data-pull-all]";
    return element.dataset.pull ? `[data-pull="${CSS.escape(element.dataset.pull)}"]` : "";
  }

  window.radiact = { ...window.radiact, load };
})();
