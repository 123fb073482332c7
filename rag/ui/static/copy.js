// Copying an answer with its references, or the address that asks the same; what came of it is told.

(() => {
  "use strict";

  const TOLD_MILLISECONDS = 5000;
  const FAILED = "La copie a échoué : sélectionnez le texte, puis Ctrl + C.";
  let timer = 0;

  // Say in a line, shown and read aloud, what came of a click.
  function tell(text) {
    const line = document.getElementById("outcome");
    clearTimeout(timer);
    line.textContent = text;
    timer = setTimeout(() => {
      line.textContent = "";
    }, TOLD_MILLISECONDS);
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-text], [data-copy-link]");
    if (!button) return;
    const { copyText, copyHtml, copyLink, copied } = button.dataset;
    const text = copyText ?? `${location.origin}${location.pathname}${copyLink}`;
    tell((await radiact.copy(text, copyHtml)) ? copied : FAILED);
  });

  window.radiact = { ...window.radiact, tell };
})();
