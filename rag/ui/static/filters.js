// What the next questions are asked of. The component holds the choice in JSON, or nothing; the
// choices depend on what is indexed, so the server is asked for them when the panel opens.

(() => {
  "use strict";

  const LISTS = ["kinds", "publishers", "languages", "documents"];
  const DAYS = ["since", "until"];

  function followFilters(element, props, watch) {
    const box = element.querySelector(".filters");
    const toggle = box.querySelector(".filter-toggle");
    const panel = box.querySelector(".filter-panel");
    const chips = box.querySelector(".filter-chips");
    const list = chips.querySelector("ul");
    const status = box.querySelector(".filter-status");
    const chosen = Object.fromEntries(LISTS.map((name) => [name, new Map()]));
    const days = { since: "", until: "" };

    function labels() {
      const listed = LISTS.flatMap((name) =>
        [...chosen[name]].map(([value, label]) => ({ name, value, label })),
      );
      const period = DAYS.filter((name) => days[name]).map((name) => {
        const day = radiact.inWords(days[name]);
        return { name, value: days[name], label: list.dataset[name].replace("%s", day) };
      });
      return [...listed, ...period];
    }

    // Say what is set: to the assistant, in chips, and once to those who cannot see these.
    function tell() {
      const set = labels();
      props.value = set.length ? JSON.stringify(values()) : "";
      chips.hidden = !set.length;
      box.toggleAttribute("data-set", set.length > 0);
      list.replaceChildren(...set.map(chip));
      const form = { 0: "none", 1: "one" }[set.length] ?? "some";
      status.textContent = status.dataset[form]
        .replace("%n", set.length)
        .replace("%s", set.map(({ label }) => label).join(", "));
    }

    function values() {
      const lists = LISTS.map((name) => [name, [...chosen[name].keys()]]);
      const kept = [...lists, ...Object.entries(days)].filter(([, value]) => value.length);
      return Object.fromEntries(kept);
    }

    function chip({ name, value, label }) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "filter-chip";
      const text = document.createElement("span");
      text.textContent = label;
      button.append(text);
      button.setAttribute("aria-label", `${label} : ${list.dataset.remove}`);
      button.addEventListener("click", () => {
        if (name in days) days[name] = "";
        else chosen[name].delete(value);
        showChoice();
        tell();
        (list.querySelector("button") ?? toggle).focus();
      });
      const item = document.createElement("li");
      item.append(button);
      return item;
    }

    // Bring the fields of the panel in line with the choice.
    function showChoice() {
      for (const field of panel.querySelectorAll('input[type="checkbox"]')) {
        field.checked = chosen[field.name].has(field.value);
      }
      for (const field of panel.querySelectorAll('input[type="date"]')) {
        field.value = days[field.name];
      }
      checkPeriod();
    }

    function checkPeriod() {
      const note = panel.querySelector("#filter-period-note");
      if (!note) return;
      const isEmpty = Boolean(days.since && days.until && days.since > days.until);
      note.textContent = isEmpty ? note.dataset.empty : "";
      panel.querySelector('[name="until"]').setAttribute("aria-invalid", String(isEmpty));
    }

    function clear() {
      for (const name of LISTS) chosen[name].clear();
      for (const name of DAYS) days[name] = "";
      showChoice();
      tell();
    }

    async function open(isOpen) {
      toggle.setAttribute("aria-expanded", String(isOpen));
      panel.hidden = !isOpen;
      if (!isOpen) return;
      await radiact.load(panel, "radiact/filters");
      showChoice();
    }

    function search(field) {
      const wanted = radiact.fold(field.value).split(/\s+/).filter(Boolean);
      const documents = [...panel.querySelectorAll("label[data-words]")];
      for (const one of documents) {
        one.hidden = !wanted.every((word) => one.dataset.words.includes(word));
      }
      const note = panel.querySelector(".filter-nothing");
      note.textContent = documents.some((one) => !one.hidden) ? "" : note.dataset.none;
    }

    toggle.addEventListener("click", () => open(panel.hidden));
    chips.querySelector(".filter-clear").addEventListener("click", () => {
      clear();
      toggle.focus();
    });
    panel.addEventListener("change", ({ target }) => {
      if (target.type === "checkbox") {
        if (target.checked) chosen[target.name].set(target.value, target.dataset.label);
        else chosen[target.name].delete(target.value);
      } else if (target.type === "date") {
        days[target.name] = target.validity.valid ? target.value : "";
        checkPeriod();
      } else return;
      tell();
    });
    panel.addEventListener("input", ({ target }) => {
      if (target.type === "search") search(target);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.preventDefault(); // it does nothing else besides
      open(false);
      toggle.focus();
    });
    document.addEventListener("radiact:indexed", () => {
      if (!panel.hidden) open(true);
    });
    watch("value", () => {
      if (!props.value && labels().length) clear();
    });
  }

  window.radiact = { ...window.radiact, followFilters };
})();
