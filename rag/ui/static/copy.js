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

  async function copy(text, html) {
    if (!navigator.clipboard?.write || !window.ClipboardItem) return copyByCommand(text, html);
    const forms = { "text/plain": text, ...(html && { "text/html": html }) };
    const blobs = Object.entries(forms).map(([type, form]) => [type, new Blob([form], { type })]);
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch {
      return copyByCommand(text, html); // the browser may ask for a permission, and be refused
    }
  }

  // On a host without https, browsers have no other way.
  function copyByCommand(text, html) {
    const fill = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      event.clipboardData.setData("text/plain", text);
      if (html) event.clipboardData.setData("text/html", html);
    };
    document.addEventListener("copy", fill, { capture: true });
    try {
      return document.execCommand("copy");
    } finally {
      document.removeEventListener("copy", fill, { capture: true });
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-text], [data-copy-link]");
    if (!button) return;
    const { copyText, copyHtml, copyLink, copied } = button.dataset;
    const text = copyText ?? `${location.origin}${location.pathname}${copyLink}`;
    tell((await copy(text, copyHtml)) ? copied : FAILED);
  });

  window.radiact = { ...window.radiact, tell };
})();
