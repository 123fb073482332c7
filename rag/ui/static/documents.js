// The documents: found as one types, sorted by any column, removed after a confirmation.

(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const opened = new Set(); // the documents whose details are shown
  let sorting = { column: 0, isAscending: true };
  let removal = null; // the button that asked for it

  const bodies = () => [...document.querySelectorAll("#documents-list .document")];
  const headers = () => [...document.querySelectorAll("#documents-list thead th")];

  async function list() {
    await radiact.load(byId("documents-list"), "radiact/documents");
    const state = byId("documents-list").querySelector("[data-changes]");
    byId("documents-add").hidden = state?.dataset.changes !== "open";
    byId("documents-closed").hidden = state?.dataset.changes !== "closed";
    for (const body of bodies()) showFacts(body, opened.has(body.dataset.document));
    sort();
    filter();
  }

  // Each word typed must be somewhere in what the row says.
  function filter() {
    const wanted = radiact.fold(byId("documents-filter").value).split(/\s+/).filter(Boolean);
    const all = bodies();
    for (const body of all) {
      body.hidden = !wanted.every((word) => body.dataset.words.includes(word));
    }
    tellCount(all.filter((body) => !body.hidden).length, all.length);
  }

  function tellCount(shown, all) {
    const line = byId("documents-count");
    const { sorted, ascending, descending } = line.dataset;
    const form = shown === all ? (all === 1 ? "only" : "all") : ({ 0: "none", 1: "one" }[shown] ?? "some");
    const count = line.dataset[form].replace("%s", shown).replace("%n", all);
    const name = headers()[sorting.column]?.querySelector("button").dataset.label.toLowerCase();
    const order = sorting.isAscending ? ascending : descending;
    const isOrdered = shown > 1 && name;
    line.textContent = all ? count + (isOrdered ? `, ${sorted.replace("%c", name)} (${order})` : "") : "";
  }

  // Rows that have nothing in the column come last, whatever the order.
  function sort() {
    const { column, isAscending } = sorting;
    const keyOf = (body) => body.querySelector("tr").children[column].dataset.key;
    const compare = (one, other) => {
      const [a, b] = [keyOf(one), keyOf(other)];
      if (!a || !b) return Number(!a) - Number(!b);
      const order = a < b ? -1 : Number(a > b);
      return isAscending ? order : -order;
    };
    headers().forEach((header, place) => {
      const order = isAscending ? "ascending" : "descending";
      header.setAttribute("aria-sort", place === column ? order : "none");
    });
    byId("documents-list").querySelector("table")?.append(...bodies().sort(compare));
  }

  function sortBy(column) {
    const isSame = column === sorting.column;
    sorting = { column, isAscending: isSame ? !sorting.isAscending : true };
    sort();
    filter();
  }

  function showFacts(body, isShown) {
    body.querySelector("[data-document-facts]").setAttribute("aria-expanded", String(isShown));
    body.querySelector(".document-facts").hidden = !isShown;
    if (isShown) opened.add(body.dataset.document);
    else opened.delete(body.dataset.document);
  }

  function askRemoval(button) {
    removal = button;
    byId("removal-what").textContent = button.dataset.title;
    byId("removal-leaving").textContent = button.dataset.leaving;
    byId("removal-problem").replaceChildren();
    byId("documents-removal").showModal();
    byId("documents-removal").querySelector("[data-cancel-removal]").focus();
  }

  async function remove(confirm) {
    const { removeDocument: id, title } = removal.dataset;
    const label = confirm.textContent;
    confirm.disabled = true;
    confirm.textContent = confirm.dataset.busy;
    const problem = await ask(id);
    confirm.disabled = false;
    confirm.textContent = label;
    if (problem !== null) {
      byId("removal-problem").innerHTML = problem;
      confirm.focus();
      return;
    }
    const next = neighbour(id);
    removal = null;
    byId("documents-removal").close();
    await list();
    const outcome = byId("documents-outcome");
    outcome.textContent = outcome.dataset.removed.replace("%s", title);
    const button = next && document.querySelector(`[data-remove-document="${CSS.escape(next)}"]`);
    (button ?? byId("documents-filter")).focus();
    document.dispatchEvent(new CustomEvent("radiact:indexed"));
  }

  // Ask the server; null when it is done, else a fragment that says why it is not.
  async function ask(id) {
    try {
      const response = await fetch("radiact/documents/remove", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ id }),
      });
      return response.ok ? null : await response.text();
    } catch {
      return `<p class="panel-state" data-state="failed" role="alert">${byId("documents-removal").dataset.cut}</p>`;
    }
  }

  // The document after one that goes, else the one before, among those shown.
  function neighbour(id) {
    const shown = bodies().filter((body) => !body.hidden).map((body) => body.dataset.document);
    const place = shown.indexOf(id);
    return shown[place + 1] ?? shown[place - 1];
  }

  document.addEventListener("input", (event) => {
    if (event.target.id === "documents-filter") filter();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#panel-documents button");
    if (!button) return;
    if (button.dataset.sort) sortBy(Number(button.dataset.sort));
    else if (button.matches("[data-document-facts]")) {
      const body = button.closest(".document");
      showFacts(body, body.querySelector(".document-facts").hidden);
    } else if (button.dataset.removeDocument) askRemoval(button);
    else if (button.matches("[data-cancel-removal]")) byId("documents-removal").close();
    else if (button.matches("[data-confirm-removal]")) remove(button);
  });

  document.addEventListener(
    "close",
    (event) => {
      if (event.target.id === "documents-removal") removal?.focus();
    },
    true,
  );

  document.addEventListener("radiact:shown", (event) => {
    if (event.target.id === "panel-documents") list();
  });

  window.radiact = { ...window.radiact, listDocuments: list };
})();
