// What a reader thinks of an answer. The page forgets it when it is closed; this machine keeps it.

(() => {
  "use strict";

  const UNREACHABLE = "L’avis n’a pas pu être enregistré : réessayez.";
  const given = new Map(); // by the key of the answer: { verdict, comment }
  let judged = ""; // that of the answer which the dialog is about

  const dialog = () => document.getElementById("opinion");
  const groupOf = (key) => document.querySelector(`[data-judged="${CSS.escape(key)}"]`);

  // Send an opinion; give what the server says of it, and whether it was kept.
  async function send(key, opinion) {
    try {
      const response = await fetch("radiact/feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ key, ...opinion }),
      });
      const isTold = response.headers.get("Content-Type")?.startsWith("text/plain");
      if (response.ok) given.set(key, opinion);
      return { kept: response.ok, told: isTold ? await response.text() : UNREACHABLE };
    } catch {
      return { kept: false, told: UNREACHABLE };
    }
  }

  // Gradio writes the conversation anew as answers come: what was given is shown again each time.
  function show(group) {
    const opinion = given.get(group.dataset.judged);
    for (const button of group.querySelectorAll("[data-verdict]")) {
      const pressed = String(button.dataset.verdict === opinion?.verdict);
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
    const more = group.querySelector("[data-comment]");
    const label = opinion?.comment ? "Modifier le commentaire" : "Ajouter un commentaire";
    if (more.hidden === Boolean(opinion)) more.hidden = !opinion;
    if (more.textContent !== label) more.textContent = label;
  }

  const showAll = () => document.querySelectorAll("[data-judged]").forEach(show);

  async function judge(key, verdict) {
    const { told } = await send(key, { verdict, comment: given.get(key)?.comment ?? "" });
    showAll();
    radiact.tell(told);
  }

  function openDialog(key) {
    judged = key;
    const form = dialog().querySelector("form");
    const { verdict, comment } = given.get(key);
    form.elements.verdict.value = verdict;
    form.elements.comment.value = comment;
    dialog().querySelector("#opinion-problem").textContent = "";
    dialog().showModal();
    form.elements.comment.focus();
  }

  function closeDialog() {
    dialog().close();
    groupOf(judged)?.querySelector("[data-comment]").focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const key = button?.closest("[data-judged]")?.dataset.judged;
    if (key && button.dataset.verdict) judge(key, button.dataset.verdict);
    else if (key && "comment" in button.dataset) openDialog(key);
    else if (button?.matches("#opinion [data-close]")) closeDialog();
  });

  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("#opinion form")) return;
    event.preventDefault();
    const { verdict, comment } = event.target.elements;
    const { kept, told } = await send(judged, { verdict: verdict.value, comment: comment.value });
    if (kept) {
      closeDialog();
      showAll();
      radiact.tell(told);
    } else dialog().querySelector("#opinion-problem").textContent = told;
  });

  new MutationObserver(() => {
    if (given.size) showAll();
  }).observe(document.documentElement, {
    attributeFilter: ["aria-pressed", "hidden", "data-judged"],
    childList: true,
    subtree: true,
  });
})();
