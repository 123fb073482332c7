// As an answer is written, the server sends the conversation and its sources anew, and gradio gives
// each element the attributes that came: what the reader had opened is opened again.

(() => {
  "use strict";

  const opened = new Map(); // whether each card that was clicked is open, by its id
  let chosen = null; // the sources that the reader asked for, among so many

  const sections = () => [...document.querySelectorAll(".answer-sources")];

  // A key that presses a control clicks it too. Those who act on the click have done so before.
  document.addEventListener("click", (event) => {
    const control = event.target.closest("summary, button");
    if (!control) return;
    const { turn, source, showSources } = control.dataset;
    if (control.matches("details[id] > summary")) {
      opened.set(control.parentElement.id, !control.parentElement.open); // it opens after the click
    } else if (control.matches(".cite")) opened.set(`source-${turn}-${source}`, true);
    if (control.matches(".cite") || showSources) {
      chosen = { id: `sources-${showSources ?? turn}`, among: sections().length };
    }
  });

  function openAgain() {
    for (const [id, isOpen] of opened) {
      const card = document.getElementById(id);
      if (!card) opened.delete(id); // of a conversation that is over
      else if (card.open !== isOpen) card.open = isOpen;
    }
    if (!chosen) return;
    const shown = sections();
    if (shown.length !== chosen.among) chosen = null; // the sources of a new answer are to be seen
    for (const section of chosen ? shown : []) {
      const isHidden = section.id !== chosen.id;
      if (section.hidden !== isHidden) section.hidden = isHidden; // else it would be called for ever
    }
  }

  new MutationObserver((records) => {
    if (records.some(({ target }) => target.closest?.("#sources"))) openAgain();
  }).observe(document.documentElement, {
    attributeFilter: ["open", "hidden"],
    childList: true,
    subtree: true,
  });
})();
