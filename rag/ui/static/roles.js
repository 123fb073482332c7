// The example questions by role: arrows, Home and End move between roles, as between tabs.

(() => {
  "use strict";

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

  document.addEventListener("keydown", (event) => radiact.moveAmong(roles(), event, select));
})();
