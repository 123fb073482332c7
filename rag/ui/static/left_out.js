// The sentences of an answer that are not verified: hidden until they are asked for.

(() => {
  "use strict";

  const VERBS = { false: "Voir", true: "Masquer" };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-left-out]");
    if (!button) return;
    const isOpen = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = button.textContent.replace(VERBS[!isOpen], VERBS[isOpen]);
    document.getElementById(button.getAttribute("aria-controls")).hidden = !isOpen;
  });
})();
