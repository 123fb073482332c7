// What stands in the place of the page until gradio has laid it out leaves at once, when nothing
// moves any more: parts that would come one by one push each other about.

(() => {
  "use strict";

  const PARTS = ["#question textarea", '[role="tabpanel"]', "#day", ".filter-toggle", "#send"];
  const LONGEST_MILLISECONDS = 10_000; // a part that never comes must not hide the others

  const observer = new MutationObserver(lookForParts);
  const timer = setTimeout(reveal, LONGEST_MILLISECONDS);

  function lookForParts() {
    if (!PARTS.every((part) => document.querySelector(part))) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(reveal)); // once it is laid out
  }

  function reveal() {
    clearTimeout(timer);
    observer.disconnect();
    if (!document.documentElement.hasAttribute("data-arriving")) return;
    document.getElementById("first-paint")?.remove();
    document.documentElement.removeAttribute("data-arriving");
    // What is hidden cannot take the focus when gradio gives it.
    if (document.activeElement === document.body) {
      document.querySelector("#question textarea")?.focus({ preventScroll: true });
    }
  }

  observer.observe(document.documentElement, { childList: true, subtree: true });
})();
