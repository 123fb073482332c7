// Copying text, and the same with its layout where there is one. A page served by plain http to other
// machines of the hospital is no secure context: the browser then has no clipboard to offer, and an
// event of copying is answered instead.

(() => {
  "use strict";

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

  // Say in an element what came of it; the same words twice are told again after a while without.
  function tellIn(outcome, words) {
    outcome.textContent = "";
    requestAnimationFrame(() => {
      outcome.textContent = words;
    });
  }

  window.radiact = { ...window.radiact, copy, tellIn };
})();
