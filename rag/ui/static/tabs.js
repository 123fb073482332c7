// The tabs: arrows, Home and End move between them, and a tab shows its panel as it gets the focus
// (WAI-ARIA Authoring Practices, tabs with automatic activation).

(() => {
  "use strict";

  const MOVES = {
    ArrowRight: (place, count) => (place + 1) % count,
    ArrowLeft: (place, count) => (place + count - 1) % count,
    Home: () => 0,
    End: (place, count) => count - 1,
  };
  const scrolled = {}; // where each panel was left, in windows where the whole page scrolls

  const tabs = () => [...document.querySelectorAll('#tabs [role="tab"]')];
  const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  const selected = () => tabs().find((tab) => tab.getAttribute("aria-selected") === "true");

  function show(tab) {
    for (const other of tabs()) {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
      panelOf(other).toggleAttribute("data-shown", other === tab);
    }
    panelOf(tab).dispatchEvent(new CustomEvent("radiact:shown", { bubbles: true }));
  }

  function select(tab) {
    const former = selected();
    if (tab === former) return;
    scrolled[former.id] = window.scrollY;
    show(tab);
    window.scrollTo(0, scrolled[tab.id] ?? 0);
  }

  document.addEventListener("click", (event) => {
    const tab = event.target.closest('#tabs [role="tab"]');
    if (tab) select(tab);
  });

  // Let the keys move among tabs; used by every list of tabs of the page.
  function moveAmong(all, event, selectOne) {
    const place = all.indexOf(event.target);
    if (place < 0 || !(event.key in MOVES) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const tab = all[MOVES[event.key](place, all.length)];
    selectOne(tab);
    tab.focus();
  }

  document.addEventListener("keydown", (event) => moveAmong(tabs(), event, select));
  window.radiact = { ...window.radiact, moveAmong };

  // Gradio lays the page out in its own time: the panels become panels when all of them are there.
  function start() {
    const all = tabs();
    if (!all.length || !all.every(panelOf)) return false;
    for (const tab of all) {
      const panel = panelOf(tab);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
    }
    show(selected());
    return true;
  }

  const observer = new MutationObserver(() => {
    if (start()) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
})();
