// Files that are added, by dropping them or by choosing them: sent one by one, each followed from
// the first byte to what became of it.

(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const words = () => byId("documents-add").dataset;
  const waiting = [];
  let isSending = false;

  // Put files in the queue; those that the server would refuse are not even sent.
  function add(entries) {
    if (!entries.length) return;
    if (!isSending) byId("additions").replaceChildren();
    for (const entry of entries) {
      const line = makeLine(entry.name);
      byId("additions").append(line);
      const problem = refusal(entry);
      if (problem) finish(line, problem);
      else waiting.push({ file: entry.file, line });
    }
    sendAll();
  }

  function refusal({ name, file, isFolder }) {
    const { suffixes, limit, folder, tooLarge, unsupported } = words();
    if (isFolder) return folder;
    const suffix = name.slice(name.lastIndexOf(".")).toLowerCase();
    if (!suffixes.split(",").includes(suffix)) return unsupported;
    return file.size > Number(limit) ? tooLarge : "";
  }

  function makeLine(name) {
    const line = document.createElement("li");
    line.className = "addition";
    const shown = document.createElement("bdi");
    shown.className = "addition-name";
    shown.textContent = name;
    const state = document.createElement("span");
    state.className = "addition-state";
    state.textContent = words().waiting;
    line.append(shown, state);
    return line;
  }

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    let hasChanged = false;
    while (waiting.length) {
      const { file, line } = waiting.shift();
      hasChanged = (await send(file, line)) || hasChanged;
    }
    isSending = false;
    if (!hasChanged) return;
    document.dispatchEvent(new CustomEvent("radiact:indexed"));
    await radiact.listDocuments();
  }

  // Send a file; true when it changed what answers. XMLHttpRequest tells what has been sent, and
  // gives the lines of the answer as they come, which fetch does not do everywhere.
  function send(file, line) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", `${words().progress} : ${file.name}`);
      bar.max = 1;
      line.append(bar);
      show(line, words().sending);
      announce(`${file.name} : ${words().sending.toLowerCase()}`);
      request.upload.onprogress = ({ loaded, total }) => {
        bar.value = total ? loaded / total : 0;
        if (loaded === total) request.upload.onload();
      };
      request.upload.onload = () => {
        bar.removeAttribute("value");
        show(line, words().indexing);
      };
      request.onprogress = () => {
        const { step, share } = lastOf(request.responseText);
        if (!step) return;
        show(line, step);
        if (share === null) bar.removeAttribute("value");
        else bar.value = share;
      };
      request.onloadend = () => {
        const isAnswer = request.status === 200 || request.status === 413;
        const { outcome } = isAnswer ? lastOf(request.responseText) : {};
        if (outcome) resolve(showOutcome(line, outcome, file));
        else {
          finish(line, isAnswer ? words().cut : reason(request), file);
          resolve(false);
        }
      };
      request.open("POST", "radiact/documents/add");
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.setRequestHeader("X-Radiact-File", encodeURIComponent(file.name));
      request.send(file);
    });
  }

  // The last whole line of an answer that is still coming.
  function lastOf(text) {
    const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n").filter(Boolean);
    return lines.length ? JSON.parse(lines.at(-1)) : {};
  }

  function reason(request) {
    const box = document.createElement("template");
    box.innerHTML = request.status ? request.responseText : "";
    return box.content.querySelector(".panel-state")?.textContent ?? words().cut;
  }

  function show(line, text) {
    line.querySelector(".addition-state").textContent = text;
  }

  function showOutcome(line, fragment, file) {
    line.querySelector("progress")?.remove();
    const state = line.querySelector(".addition-state");
    state.innerHTML = fragment;
    const outcome = state.querySelector(".addition-outcome");
    line.dataset.outcome = outcome.dataset.outcome;
    if (outcome.dataset.mayRetry !== undefined) offerRetry(line, file);
    announce(`${file.name} : ${outcome.textContent}`);
    return ["added", "updated"].includes(outcome.dataset.outcome);
  }

  // End a line for a reason that the server did not give; a file may be sent again.
  function finish(line, problem, file) {
    line.querySelector("progress")?.remove();
    line.dataset.outcome = "failed";
    show(line, problem);
    if (file) offerRetry(line, file);
    announce(`${line.querySelector(".addition-name").textContent} : ${problem}`);
  }

  function offerRetry(line, file) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "text-button";
    button.textContent = words().retry;
    button.addEventListener("click", () => {
      const again = makeLine(file.name);
      line.replaceWith(again);
      again.tabIndex = -1;
      again.focus();
      waiting.push({ file, line: again });
      sendAll();
    });
    line.querySelector(".addition-state").append(" ", button);
  }

  function announce(text) {
    byId("additions-status").textContent = text;
  }

  // Dropping: the whole tab takes files, and the box shows it. A file that misses would take the
  // place of the page, and of the conversation with it.
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  const isShown = () => byId("panel-documents")?.hasAttribute("data-shown");
  const isOpen = () => isShown() && !byId("documents-add").hidden;

  function entriesOf({ items, files }) {
    const dropped = [...(items ?? [])].filter((item) => item.kind === "file");
    if (!dropped.length) return [...files].map((file) => ({ name: file.name, file }));
    return dropped.map((item) => {
      const folder = item.webkitGetAsEntry?.();
      const file = item.getAsFile();
      return { name: file?.name ?? folder?.name ?? "", file, isFolder: folder?.isDirectory ?? false };
    });
  }

  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event) || !isShown()) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = isOpen() ? "copy" : "none";
    byId("documents-add").toggleAttribute("data-dragged", isOpen());
  });

  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) byId("documents-add")?.removeAttribute("data-dragged");
  });

  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event) || !isShown()) return;
    event.preventDefault();
    byId("documents-add").removeAttribute("data-dragged");
    if (isOpen()) add(entriesOf(event.dataTransfer));
  });

  document.addEventListener("change", ({ target }) => {
    if (target.id !== "documents-files") return;
    add([...target.files].map((file) => ({ name: file.name, file })));
    target.value = "";
  });
})();
