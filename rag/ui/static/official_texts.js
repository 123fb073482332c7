// The official texts: what is here, and a download that is followed until it ends.

(() => {
  "use strict";

  const POLL_MILLISECONDS = 400;
  let isFollowed = false;

  const byId = (id) => document.getElementById(id);
  const listTexts = () => radiact.load(byId("texts"), "radiact/texts");

  // Show how far the download is; what is read aloud changes with each stage, not each kilobyte.
  function showDownload(fragment) {
    byId("download").innerHTML = fragment;
    const { state, announcement = "" } = byId("download").querySelector("[data-state]").dataset;
    const aloud = byId("download-announcement");
    if (aloud.textContent !== announcement) aloud.textContent = announcement;
    return state;
  }

  // Follow the download to its end; the texts are listed again when there was one.
  async function follow({ hasStarted = false } = {}) {
    if (isFollowed) return;
    isFollowed = true;
    let state = await askState();
    for (; state === "running"; state = await askState()) {
      hasStarted = true;
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
    isFollowed = false;
    if (!hasStarted) return;
    showBusy("");
    await listTexts();
    document.dispatchEvent(new CustomEvent("radiact:indexed"));
  }

  async function askState() {
    try {
      const response = await fetch("radiact/pull");
      if (response.ok) return showDownload(await response.text());
    } catch {
      // The server does not answer: it may be starting again.
    }
    return "running";
  }

  async function pull(ids) {
    const response = await fetch("radiact/pull", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ids }),
    });
    const fragment = await response.text();
    if (response.ok) showDownload(fragment);
    else if (response.status === 409) showBusy(fragment);
    await follow({ hasStarted: response.ok });
  }

  const showBusy = (fragment) => {
    byId("download-busy").innerHTML = fragment;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#texts button");
    if (!button) return;
    if (button.matches("[data-pull-all]")) pull([]);
    else if (button.dataset.pull) pull([button.dataset.pull]);
  });

  document.addEventListener("radiact:shown", (event) => {
    if (event.target.id !== "panel-textes") return;
    listTexts();
    follow();
  });
})();
