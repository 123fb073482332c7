// Copy a reference from a card.

(() => {
  "use strict";

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-reference]");
    if (!button) return;
    const outcome = button.parentElement.querySelector(".copy-outcome");
    const { copyReference, copied } = button.dataset;
    const isCopied = await radiact.copy(copyReference);
    radiact.tellIn(outcome, isCopied ? copied : outcome.dataset.failed.replace("%s", () => copyReference));
  });
})();
