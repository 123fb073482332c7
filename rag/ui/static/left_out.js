// The sentences of an answer that are not verified: hidden until they are asked for, and shown
// again where the server sends the conversation anew.

(() => {
  "use strict";

  const VERBS = { false: "Voir", true: "Masquer" };
  const asked = new Set(); // the parts that are shown, by their ids

  function show(button, isShown) {
    const panel = document.getElementById(button.getAttribute("aria-controls"));
    if (!panel || panel.hidden !== isShown) return;
    button.setAttribute("aria-expanded", String(isShown));
    button.textContent = button.textContent.replace(VERBS[!isShown], VERBS[isShown]);
    panel.hidden = !isShown;
  }

  function showAgain() {
    for (const id of asked) {
      const button = document.querySelector(`[data-left-out][aria-controls="${id}"]`);
      if (button) show(button, true);
      else asked.delete(id);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-left-out]");
    if (!button) return;
    const id = button.getAttribute("aria-controls");
    if (!asked.delete(id)) asked.add(id);
    show(button, asked.has(id));
  });

  new MutationObserver((records) => {
    if (asked.size && records.some(({ target }) => target.closest?.("#conversation"))) showAgain();
  }).observe(document.documentElement, {
    attributeFilter: ["aria-expanded", "hidden"],
    childList: true,
    subtree: true,
  });
})();
