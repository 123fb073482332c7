// The example questions by role: arrows, Home and End move between roles, as between tabs.

(() => {
  "use strict";

  const MOVES = {
    ArrowRight: (place, count) => (place + 1) % count,
    ArrowLeft: (place, count) => (place + count - 1) % count,
    Home: () => 0,
    End: (place, count) => count - 1,
  };

  const roles = () => [...document.querySelectorAll('.roles [role="tab"]')];

  function select(role) {
    for (const other of roles()) {
      other.setAttribute("aria-selected", String(other === role));
      other.tabIndex = other === role ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = other !== role;
    }
  }

  document.addEventListener("click", (event) => {
    const role = event.target.closest('.roles [role="tab"]');
    if (role) select(role);
  });

  document.addEventListener("keydown", (event) => {
    const all = roles();
    const place = all.indexOf(event.target);
    if (place < 0 || !(event.key in MOVES) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const role = all[MOVES[event.key](place, all.length)];
    select(role);
    role.focus();
  });
})();
