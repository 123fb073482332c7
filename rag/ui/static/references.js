// Copy a reference from a card. A page served by plain http to other machines of the hospital is
// no secure context: the browser then has no clipboard to offer, and the selection is copied.

(() => {
  "use strict";

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copySelection(text);
    }
  }

  function copySelection(text) {
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "copy-field";
    document.body.append(field);
    field.select();
    let isCopied = false;
    try {
      isCopied = document.execCommand("copy");
    } catch {
      // The browser does not let pages copy.
    }
    field.remove();
    focused?.focus({ preventScroll: true });
    return isCopied;
  }

  // Say what came of it; the same words twice are told again only after a while without them.
  function tell(outcome, words) {
    outcome.textContent = "";
    requestAnimationFrame(() => {
      outcome.textContent = words;
    });
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-reference]");
    if (!button) return;
    const outcome = button.parentElement.querySelector(".copy-outcome");
    const { copyReference, copied } = button.dataset;
    const isCopied = await copy(copyReference);
    tell(outcome, isCopied ? copied : outcome.dataset.failed.replace("%s", () => copyReference));
  });

  window.radiact = { ...window.radiact, copy, tell };
})();
