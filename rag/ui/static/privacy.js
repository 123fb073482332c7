// A question that told who a patient is was stopped: what is left of it, masked, goes back into the
// box, to be read again before it is sent.

(() => {
  "use strict";

  function fillQuestion(text) {
    const box = document.querySelector("#question textarea");
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true })); // gradio reads the box on this event
    box.focus();
    box.setSelectionRange(text.length, text.length);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-fill-question]");
    if (button) fillQuestion(button.dataset.fillQuestion);
  });
})();
