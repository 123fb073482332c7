// Asking otherwise than from the box: examples and suggestions at a click, a question asked again or
// changed, the one that the address holds. A component (`rag.ui.asking`) takes it to the server.

(() => {
  "use strict";

  const canHover = window.matchMedia("(hover: hover)");
  const box = () => document.querySelector("#question textarea");
  const isBusy = () => document.querySelector('.turn[aria-busy="true"]') !== null;
  let requests = null;

  // On a touch screen, the keyboard would come up over the answer.
  function focusBox() {
    if (canHover.matches) box()?.focus({ preventScroll: true });
  }

  function write(text) {
    box().value = text;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }

  function followRequests(element, props, trigger, watch) {
    const banner = element.querySelector(".editing");
    let draft = "";

    // The line above the box is also what describes it, to those who hear the box as they come to it.
    function showEditing(isEditing) {
      banner.hidden = !isEditing;
      if (isEditing) box().setAttribute("aria-describedby", "editing-note");
      else box().removeAttribute("aria-describedby");
    }

    function ask(question, { replacing = false } = {}) {
      if (isBusy()) return;
      giveUp();
      props.value = JSON.stringify({ question, replacing });
      trigger("submit");
      focusBox();
    }

    function edit(question) {
      if (isBusy()) return;
      if (banner.hidden) draft = box().value;
      props.value = JSON.stringify({ replacing: true });
      showEditing(true);
      write(question);
      box().focus();
      box().setSelectionRange(question.length, question.length);
    }

    // Put back what the box held; say whether there was anything to give up.
    function giveUp() {
      if (banner.hidden) return false;
      props.value = "";
      showEditing(false);
      write(draft);
      return true;
    }

    watch("value", () => {
      if (!props.value) showEditing(false);
    });
    requests = { ask, edit, giveUp };
    askFromAddress();
  }

  function giveUpEditing() {
    if (!requests?.giveUp()) return false;
    document.querySelector("[data-edit]")?.focus();
    return true;
  }

  // `/?q=…&date=…` asks once: the question then leaves the address, so that loading the page again
  // does not ask it again, and that nobody reads it there on a shared machine. The browser's own
  // list of visited pages may still hold it.
  async function askFromAddress() {
    const values = new URLSearchParams(location.search);
    const question = values.get("q")?.trim();
    if (!question) return;
    history.replaceState(null, "", location.pathname);
    while (!(box() && radiact.chooseDay)) await new Promise(requestAnimationFrame);
    if (values.get("date")) radiact.chooseDay(values.get("date"));
    requests.ask(question);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !requests) return;
    const { ask, edit } = button.dataset;
    if (ask !== undefined) requests.ask(ask, { replacing: "replacing" in button.dataset });
    else if (edit !== undefined) requests.edit(edit);
    else if ("giveUp" in button.dataset) giveUpEditing();
  });

  // « Envoyer » and « Arrêter » take each other's place: the focus of the one that leaves goes to the
  // box, since a key that is held down would press the other at once.
  let wasBusy = false;
  new MutationObserver(() => {
    if (isBusy() === wasBusy) return;
    wasBusy = !wasBusy;
    const leaving = wasBusy ? "send" : "stop";
    if (document.activeElement?.id === leaving) box().focus({ preventScroll: true });
  }).observe(document.documentElement, {
    attributeFilter: ["aria-busy"],
    childList: true,
    subtree: true,
  });

  window.radiact = { ...window.radiact, followRequests, giveUpEditing, isBusy };
})();
