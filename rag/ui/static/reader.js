// The reader: any button with data-read-document opens the document where it says, in the tab that
// is shown. It takes the place of the sources, or of what the tab holds; a narrow window it fills.

(() => {
  "use strict";

  const NARROW = window.matchMedia("(max-width: 900px)");
  const RETRY_MILLISECONDS = 700;
  const LEADS_AWAY = ".cite, [data-show-sources], [data-back-turn]";
  const LOST = '<p class="panel-state" data-state="failed" role="alert">Le document n’a pas pu être ouvert. Réessayez ; si cela se répète, relancez le programme.</p>';

  let origin = null; // the button that opened the reader
  let request = 0; // the latest: an answer to an earlier one is dropped
  let view = "image"; // what a reader last chose, where there are both

  const frame = document.createElement("section");
  frame.className = "reader";
  frame.dataset.reader = "";
  frame.hidden = true;
  frame.setAttribute("aria-label", "Lecture du document");
  frame.innerHTML = `
    <div class="reader-bar">
      <button type="button" class="button" data-reader-close><span aria-hidden="true">←&nbsp;</span><span data-reader-back></span></button>
      <button type="button" class="text-button" data-reader-sentence hidden>Revenir à la phrase</button>
    </div>
    <p class="sr-only" role="status" data-reader-status></p>
    <div data-reader-content></div>`;

  const part = (selector) => frame.querySelector(selector);
  const content = () => part("[data-reader-content]");
  const shield = () => radiact.shield(!frame.hidden && NARROW.matches ? frame : null);
  const say = (text) => {
    part("[data-reader-status]").textContent = text;
  };

  function address(name, values) {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    return `radiact/${name}?${new URLSearchParams(given)}`;
  }

  // Ask for a fragment, again until it is not that of a program still getting ready.
  async function ask(name, values) {
    const mine = ++request;
    for (;;) {
      let fragment = LOST;
      try {
        const response = await fetch(address(name, values));
        const isOurs = response.headers.get("content-type")?.startsWith("text/html");
        if (isOurs && (response.ok || response.status < 500)) fragment = await response.text();
      } catch {
        // The server does not answer: that is said.
      }
      if (mine !== request) return null;
      if (!fragment.includes('data-state="loading"') || fragment.includes("reader-document")) return fragment;
      content().innerHTML = fragment;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
      if (mine !== request) return null;
    }
  }

  function place(button) {
    const panel = button.closest('[role="tabpanel"]') ?? document.querySelector('[role="tabpanel"][data-shown]');
    const host = panel.querySelector("#columns") ?? panel;
    if (frame.parentElement !== host) {
      frame.parentElement?.removeAttribute("data-reading");
      host.append(frame);
    }
    host.dataset.reading = "";
    frame.hidden = false;
    part("[data-reader-back]").textContent = host.id === "columns" ? "Retour aux sources" : "Retour à la liste";
    const card = button.closest(".card[data-source]");
    const sentence = part("[data-reader-sentence]");
    sentence.hidden = !card;
    if (card) Object.assign(sentence.dataset, { backTurn: card.dataset.turn, backSource: card.dataset.source });
    shield();
  }

  async function open(button) {
    const { readDocument, readVersion, readStart, readEnd, readAnchor } = button.dataset;
    if (!frame.contains(button)) {
      origin = button;
      place(button);
      content().innerHTML = '<p class="panel-state">Ouverture du document…</p>';
      part("[data-reader-close]").focus({ preventScroll: true });
    }
    const values = { document: readDocument, version: readVersion, anchor: readAnchor, start: readStart, end: readEnd };
    const fragment = await ask("read", values);
    if (fragment === null) return;
    content().innerHTML = fragment;
    const article = part(".reader-document");
    if (!article) {
      part("[data-reader-close]").focus({ preventScroll: true });
      return;
    }
    if ("hasPages" in article.dataset && view === "image") await showPage(article.dataset.page, { isFirst: true });
    reveal();
    part("h2").focus({ preventScroll: true });
  }

  // Bring what is quoted into view, else the beginning.
  function reveal() {
    const page = part("[data-reader-page]");
    if (page && !page.hidden && part("rect")) {
      part(".reader-page-tools").scrollIntoView({ block: "start" });
      radiact.zoom.centre(frame);
    } else if (part("mark, [data-reader-at]") && !part("[data-reader-text]").hidden) {
      (part("mark") ?? part("[data-reader-at]")).scrollIntoView({ block: "center" });
    } else if (getComputedStyle(frame).overflowY === "auto") {
      frame.scrollTop = 0;
    } else {
      frame.scrollIntoView({ block: "start" });
    }
  }

  async function showPage(number, { isFirst = false } = {}) {
    const { document: id, version, start, end } = part(".reader-document").dataset;
    const fragment = await ask("read/page", { document: id, page: number, version, start, end });
    if (fragment === null) return;
    const page = part("[data-reader-page]");
    page.innerHTML = fragment;
    page.dataset.shown = number;
    choose("image");
    if (isFirst && page.querySelector(".reader-caution")) choose("text");
    radiact.zoom.apply(frame);
  }

  async function turn(button) {
    const step = Math.sign(Number(button.dataset.readerTurn) - Number(part("[data-reader-page]").dataset.shown));
    await showPage(button.dataset.readerTurn);
    const both = [...frame.querySelectorAll("[data-reader-turn]")];
    const [first, second] = step < 0 ? both : both.reverse();
    (first?.disabled ? second : first)?.focus({ preventScroll: true });
    say(part(".reader-page-number")?.textContent ?? "");
  }

  function choose(wanted) {
    part("[data-reader-page]").hidden = wanted !== "image";
    part("[data-reader-text]").hidden = wanted === "image";
    part("[data-reader-turns]").hidden = wanted === "image";
    for (const button of frame.querySelectorAll("[data-reader-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.readerView === wanted));
    }
  }

  async function chooseView(wanted) {
    view = wanted;
    const article = part(".reader-document");
    if (wanted === "image" && !part("[data-reader-page]").dataset.shown) await showPage(article.dataset.page);
    else choose(wanted);
    reveal();
  }

  function goToQuote() {
    const isText = !part("[data-reader-text]").hidden || !part("rect");
    if (isText && part("[data-reader-page]")) choose("text");
    reveal();
    part(isText ? "mark" : ".reader-sheet")?.focus({ preventScroll: true });
  }

  function close({ isBack }) {
    if (frame.hidden) return;
    request += 1;
    frame.hidden = true;
    frame.parentElement.removeAttribute("data-reading");
    content().replaceChildren();
    shield();
    if (isBack) focusOrigin();
  }

  // The page may have been drawn again: a button that leads to the same place stands for the first.
  function focusOrigin() {
    const same = (other) =>
      ["readDocument", "readStart", "readAnchor"].every((name) => other.dataset[name] === origin.dataset[name]);
    const button = origin.isConnected ? origin : [...document.querySelectorAll("[data-read-document]")].find(same);
    if (!button) return;
    const card = button.closest("details");
    if (card) card.open = true;
    button.scrollIntoView({ block: "nearest" });
    button.focus({ preventScroll: true });
  }

  async function loadContents(details) {
    const list = details.querySelector("[data-reader-contents]");
    if (!details.open || list.querySelector("ol")) return;
    const { document: id, version } = part(".reader-document").dataset;
    const fragment = await ask("read/contents", { document: id, version });
    if (fragment === null) return;
    list.innerHTML = fragment;
    const start = part("[data-here]")?.dataset.here;
    const here = [...list.querySelectorAll("button")].find((button) => button.dataset.readStart === start);
    here?.setAttribute("aria-current", "true");
    if (here) list.scrollTop = here.offsetTop - list.clientHeight / 2;
  }

  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest(LEADS_AWAY)) close({ isBack: false });
    },
    true,
  );

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { readDocument, readerView, readerTurn, readerZoom } = button.dataset;
    if (readDocument) open(button);
    else if (readerTurn) turn(button);
    else if (readerView) chooseView(readerView);
    else if (readerZoom) say(radiact.zoom.change(frame, Number(readerZoom)));
    else if ("readerQuote" in button.dataset) goToQuote();
    else if ("readerClose" in button.dataset) close({ isBack: true });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || frame.hidden || !frame.contains(document.activeElement)) return;
    event.preventDefault();
    close({ isBack: true });
  });

  frame.addEventListener("toggle", (event) => loadContents(event.target), true);
  document.addEventListener("radiact:answered", () => {
    if (frame.parentElement?.id === "columns") close({ isBack: false });
  });
  NARROW.addEventListener("change", shield);
})();
