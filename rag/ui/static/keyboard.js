// The keys: Escape puts away what is open or stops the answer, « / » goes to the box, « ? » tells the
// keys. Those of one character can be switched off (WCAG 2.2, 2.1.4); Enter is gradio's own.

(() => {
  "use strict";

  const SWITCHED_OFF = "radiact-single-keys-off"; // in the browser: a preference, nothing else
  const GROUPS = ".turn-actions, .feedback, .suggestions, .examples";
  const MOVES = {
    ArrowRight: (place, count) => (place + 1) % count,
    ArrowLeft: (place, count) => (place + count - 1) % count,
    ArrowDown: (place, count) => (place + 1) % count,
    ArrowUp: (place, count) => (place + count - 1) % count,
    Home: () => 0,
    End: (place, count) => count - 1,
  };
  const TYPING = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]';
  let opener = null;

  const byId = (id) => document.getElementById(id);

  function isSwitchedOff() {
    try {
      return localStorage.getItem(SWITCHED_OFF) !== null;
    } catch {
      return false; // the browser keeps nothing
    }
  }

  function switchKeys(isOn) {
    try {
      if (isOn) localStorage.removeItem(SWITCHED_OFF);
      else localStorage.setItem(SWITCHED_OFF, "1");
    } catch {
      // The browser keeps nothing: the keys are on again at the next visit.
    }
  }

  function openDialog(dialog) {
    opener = document.activeElement;
    byId("single-keys").checked = !isSwitchedOff();
    dialog.showModal();
    dialog.addEventListener("close", () => opener?.focus(), { once: true });
  }

  function goToBox() {
    if (byId("tab-questions").getAttribute("aria-selected") !== "true") byId("tab-questions").click();
    document.querySelector("#question textarea").focus();
  }

  // One thing at a time: what is nearest to the reader first.
  function escape() {
    if (radiact.hideQuote() || radiact.giveUpEditing()) return true;
    if (!radiact.isBusy()) return false;
    byId("stop").click();
    return true;
  }

  function moveAmong(group, event) {
    const buttons = [...group.querySelectorAll("button:not([hidden])")];
    const place = buttons.indexOf(event.target);
    if (place < 0) return false;
    buttons[MOVES[event.key](place, buttons.length)].focus();
    return true;
  }

  function act(event) {
    const { key, target } = event;
    if (key === "Escape") return escape();
    const group = key in MOVES && target.closest(GROUPS);
    if (group) return moveAmong(group, event);
    if (!["/", "?"].includes(key) || target.matches(TYPING) || isSwitchedOff()) return false;
    if (key === "/") goToBox();
    else openDialog(byId("shortcuts"));
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const isTaken = event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]");
    if (isTaken || event.ctrlKey || event.altKey || event.metaKey) return;
    if (act(event)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-open]");
    if (button) openDialog(byId(button.dataset.open));
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "single-keys") switchKeys(event.target.checked);
  });
})();
