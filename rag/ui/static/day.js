// The day whose law is asked for. The field shows today until another day is chosen; its component
// holds nothing meanwhile, so that a page left open overnight still asks about today.

(() => {
  "use strict";

  const UNREADABLE = "?";
  const words = new Intl.DateTimeFormat("fr", { dateStyle: "long", timeZone: "UTC" });

  function today() {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }

  function inWords(day) {
    return words.format(new Date(`${day}T00:00:00Z`)).replace(/^1 /, "1er ");
  }

  function followDay(element, props, watch) {
    const box = element.querySelector(".day");
    const field = box.querySelector("input");
    const note = box.querySelector(".day-note");
    const reset = box.querySelector(".day-reset");

    function tell(state, text) {
      box.dataset.state = state;
      note.textContent = text;
      reset.hidden = state === "today";
      field.setAttribute("aria-invalid", String(state === "bad"));
    }

    function backToToday() {
      field.value = today();
      props.value = "";
      tell("today", "");
    }

    // What will be asked follows each key; what is said of it waits until the field is left, since
    // a year that is being typed is out of bounds until its last digit.
    function hold() {
      const { value, validity } = field;
      if (validity.badInput || !value) props.value = UNREADABLE;
      else props.value = value === today() ? "" : value;
      if (value && validity.valid) say();
    }

    function say() {
      const { value, validity } = field;
      if ((!value && !validity.badInput) || value === today()) backToToday();
      else if (!validity.valid) tell("bad", box.dataset.bad);
      else tell("other", box.dataset.other.replace("%s", inWords(value)));
    }

    field.addEventListener("input", hold);
    field.addEventListener("blur", say);
    radiact.chooseDay = (day) => {
      field.value = day;
      hold();
      say();
    };
    reset.addEventListener("click", () => {
      backToToday();
      field.focus();
    });
    watch("value", () => {
      if (!props.value) backToToday();
    });
    document.addEventListener("visibilitychange", () => {
      if (!props.value && document.activeElement !== field) backToToday();
    });
    backToToday();
  }

  window.radiact = { ...window.radiact, followDay, inWords };
})();
