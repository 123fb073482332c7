// The size of the page of a PDF in the reader: a larger image is asked for as it grows, and the
// sentence marked on it stays in view.

(() => {
  "use strict";

  const LEVELS = [1, 1.5, 2, 3];
  const MARGIN = 16;
  let level = 0;

  function apply(frame) {
    const picture = frame.querySelector(".reader-picture");
    if (!picture) return;
    picture.style.width = `${100 * LEVELS[level]}%`;
    const image = picture.querySelector("img");
    const wanted = picture.clientWidth * window.devicePixelRatio;
    const widths = image.dataset.widths.split(" ").map(Number);
    const width = widths.find((one) => one >= wanted) ?? widths.at(-1);
    const source = image.getAttribute("src").replace(/width=\d+/, `width=${width}`);
    if (source !== image.getAttribute("src")) image.setAttribute("src", source);
    frame.querySelector("[data-reader-zoom-level]").textContent = label();
    for (const button of frame.querySelectorAll("[data-reader-zoom]")) {
      const isLast = !(level + Number(button.dataset.readerZoom) in LEVELS);
      button.setAttribute("aria-disabled", String(isLast));
    }
  }

  const label = () => `${100 * LEVELS[level]}\u00a0%`;

  function change(frame, step) {
    level = Math.min(Math.max(level + step, 0), LEVELS.length - 1);
    apply(frame);
    centre(frame);
    return `Zoom ${label()}`;
  }

  // Scroll the sheet alone, so that the buttons above it stay where they are.
  function centre(frame) {
    const mark = frame.querySelector("rect")?.getBoundingClientRect();
    if (!mark) return;
    const sheet = frame.querySelector(".reader-sheet");
    const box = sheet.getBoundingClientRect();
    sheet.scrollTop += mark.top + mark.height / 2 - box.top - box.height / 2;
    const isWide = mark.width > box.width;
    sheet.scrollLeft += mark.left - box.left - (isWide ? MARGIN : (box.width - mark.width) / 2);
  }

  window.radiact = { ...window.radiact, zoom: { apply, change, centre } };
})();
