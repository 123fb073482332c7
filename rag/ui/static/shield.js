// What fills the window alone: nothing behind it may get the focus, or be read out.

(() => {
  "use strict";

  let shielded = [];

  // Leave only `front` within reach, and what it is in; everything again where it is null.
  function shield(front) {
    for (const element of shielded) element.inert = false;
    shielded = [];
    for (let at = front; at && at !== document.body; at = at.parentElement) {
      for (const other of at.parentElement?.children ?? []) {
        if (other === at || other.inert || /^(SCRIPT|STYLE|LINK)$/.test(other.tagName)) continue;
        other.inert = true;
        shielded.push(other);
      }
    }
  }

  window.radiact = { ...window.radiact, shield };
})();
