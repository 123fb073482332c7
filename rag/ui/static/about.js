// What this installation is made of, asked for each time the tab is shown.

(() => {
  "use strict";

  document.addEventListener("radiact:shown", (event) => {
    if (event.target.id !== "panel-a-propos") return;
    radiact.load(document.getElementById("about-facts"), "radiact/about");
  });
})();
