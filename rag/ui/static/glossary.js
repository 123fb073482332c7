// The glossary: the entries that hold what is typed, whatever its case and accents.

(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);

  // As rag.french.fold does on the server, where the words of the entries come from.
  function fold(text) {
    return text
      .replace(/[’‘ʼ′´`]/g, "'")
      .replace(/œ/gi, "oe")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase();
  }

  // Each word typed must begin a word of the entry: « ct » finds « CT », not « détection ».
  function filter() {
    const wanted = fold(byId("glossary-filter").value).split(/\s+/).filter(Boolean);
    const entries = [...document.querySelectorAll("#glossary .entry")];
    for (const entry of entries) {
      const words = ` ${entry.dataset.words.replace(/[^\p{L}\p{N}]+/gu, " ")}`;
      entry.hidden = !wanted.every((word) =>
        words.includes(` ${word.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`),
      );
    }
    for (const family of document.querySelectorAll("#glossary .family")) {
      family.hidden = !family.querySelector(".entry:not([hidden])");
    }
    count(entries.filter((entry) => !entry.hidden).length, entries.length);
  }

  function count(shown, all) {
    const line = byId("glossary-count");
    const form = { [all]: "all", 0: "none", 1: "one" }[shown] ?? "some";
    line.textContent = all
      ? line.dataset[form].replace("%s", shown).replace("%n", all)
      : "";
  }

  function openEntry(number) {
    const entry = byId(`entry-${number}`);
    if (entry.hidden) {
      byId("glossary-filter").value = "";
      filter();
    }
    entry.scrollIntoView({ block: "center" });
    entry.focus({ preventScroll: true });
  }

  document.addEventListener("input", (event) => {
    if (event.target.id === "glossary-filter") filter();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#glossary a[data-entry]");
    if (!link) return;
    event.preventDefault();
    openEntry(link.dataset.entry);
  });

  document.addEventListener("radiact:shown", async (event) => {
    if (event.target.id !== "panel-glossaire") return;
    await radiact.load(byId("glossary"), "radiact/glossary");
    filter();
  });

  window.radiact = { ...window.radiact, fold };
})();
