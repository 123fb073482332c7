// Export an answer, or the whole conversation: a choice of formats, then a file. The file is asked
// for apart, so that a refusal is told here and does not take the place of the page.

(() => {
  "use strict";

  const panelOf = (toggle) => document.getElementById(toggle.getAttribute("aria-controls"));

  function open(toggle, isOpen) {
    toggle.setAttribute("aria-expanded", String(isOpen));
    panelOf(toggle).hidden = !isOpen;
    toggle.closest(".export").querySelector(".export-outcome").textContent = "";
  }

  function closeOthers(kept) {
    for (const toggle of document.querySelectorAll('.export-toggle[aria-expanded="true"]')) {
      if (!kept || toggle.closest(".export") !== kept) open(toggle, false);
    }
  }

  // The keys of what a menu exports: those of the answer it stands under, or all of them.
  function keysOf(menu) {
    const own = menu.closest("[data-key]");
    const turns = own ? [own] : [...document.querySelectorAll(".turn[data-key]")];
    return turns.map((turn) => turn.dataset.key);
  }

  async function save(menu, format) {
    const query = keysOf(menu).map((key) => `key=${encodeURIComponent(key)}`).join("&");
    try {
      const response = await fetch(`radiact/export/${format}?${query}`);
      if (!response.ok) return await response.text();
      const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))[1];
      download(await response.blob(), name);
      return menu.dataset.saved.replace("%s", name);
    } catch {
      return menu.dataset.failed;
    }
  }

  function download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  document.addEventListener("click", async ({ target }) => {
    const menu = target.closest(".export");
    closeOthers(menu);
    const toggle = target.closest(".export-toggle");
    if (toggle) open(toggle, toggle.getAttribute("aria-expanded") !== "true");
    const button = target.closest("[data-export]");
    if (!button) return;
    radiact.tellIn(menu.querySelector(".export-outcome"), await save(menu, button.dataset.export));
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.(".export");
    const toggle = menu?.querySelector('.export-toggle[aria-expanded="true"]');
    if (event.key !== "Escape" || !toggle) return;
    open(toggle, false);
    toggle.focus();
  });
})();
