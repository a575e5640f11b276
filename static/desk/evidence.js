// The kept texts beside a form: a passage that is chosen becomes a row of the form's citations.
(() => {
  const room = document.getElementById("evidence");
  if (!room) return;

  const one = (selector, within = room) => within.querySelector(selector);
  const words = one(".evidence-words").dataset;
  const said = one(".evidence-said");
  const reader = one(".evidence-reader");
  const text = one(".evidence-text");
  const bar = one(".evidence-bar");
  const choice = one("#evidence-for");
  const shown = { source: "", label: "", page: 1, pages: 1, pieces: [], marks: [], hits: [], hit: 0, sought: "" };
  let passage = null;

  const say = (sentence) => { said.textContent = sentence; };
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const made = (tag, className, content = "") => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.textContent = content;
    return element;
  };
  // Characters as the desk counts them: one that is kept in two units is one character.
  const length = (string) => [...string].length;
  const labelOf = (path) => [...(choice ? choice.options : [])].find((option) => option.value === path)?.text || path;

  async function asked(given) {
    try {
      const answer = await fetch(`${room.dataset.address}?${new URLSearchParams(given)}`, { headers: { Accept: "application/json" } });
      if (answer.ok) return await answer.json();
    } catch { /* told below, like any other refusal */ }
    say(words.failed);
    return null;
  }

  // Reading

  async function open(source, page = 1, find = shown.sought) {
    const found = await asked({ source, page, find, record: room.dataset.record });
    if (!found) return false;
    if (String(shown.source) !== String(found.source)) text.scrollTop = 0;
    Object.assign(shown, found, { sought: find });
    one("#evidence-title").textContent = found.label;
    for (const link of room.querySelectorAll("[data-source]")) {
      if (link.dataset.source === String(found.source)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    reader.hidden = false;
    one(".evidence-pages").hidden = found.pages < 2;
    one(".evidence-page").textContent = filled(words.page, found);
    one("[data-act=before]").disabled = found.page === 1;
    one("[data-act=after]").disabled = found.page === found.pages;
    draw();
    return true;
  }

  function draw() {
    const marks = [...shown.marks, ...typedMarks()];
    text.replaceChildren(...shown.pieces.map((piece) => drawn(piece, marks)));
  }

  function drawn(piece, marks) {
    const end = piece.start + length(piece.text);
    const inside = (list) => list.filter((span) => span.start < end && span.end > piece.start);
    const block = made("div", "evidence-piece");
    const number = made(bar ? "button" : "span", "evidence-number", piece.number);
    if (bar) {
      number.type = "button";
      number.setAttribute("aria-label", filled(words.paragraph, piece));
      number.addEventListener("click", () => {
        choose({ ...piece, end, first: piece.number, last: piece.number });
        one("#evidence-quote").focus();
      });
    }
    const paragraph = made("p", "evidence-paragraph");
    if (shown.lang) paragraph.lang = shown.lang;
    paragraph.append(...stretches(piece, inside(marks), inside(shown.hits)));
    block.append(number, paragraph);
    const paths = new Set(inside(marks).map((mark) => mark.path));
    if (paths.size) block.append(made("p", "evidence-for quiet", `${words.citedFor} ${[...paths].map(labelOf).join("; ")}`));
    return block;
  }

  function stretches(piece, marks, hits) {
    const characters = [...piece.text];
    const edges = [...marks, ...hits].flatMap((span) => [span.start, span.end]).map((place) => place - piece.start);
    const places = [...new Set([0, ...edges.filter((place) => place > 0 && place < characters.length), characters.length])].sort((a, b) => a - b);
    return places.slice(1).map((end, index) => {
      const start = places[index];
      const content = characters.slice(start, end).join("");
      const covers = (span) => span.start <= piece.start + start && span.end >= piece.start + end;
      const hit = hits.find(covers);
      if (!hit && !marks.some(covers)) return document.createTextNode(content);
      const mark = made("mark", hit ? "evidence-hit" : "", content);
      if (hit) mark.dataset.hit = hit.start;
      return mark;
    });
  }

  async function find() {
    const sought = one("#evidence-find").value.trim();
    if (!(await open(shown.source, shown.page, sought))) return;
    shown.hit = Math.max(0, shown.hits.findIndex((hit) => hit.page >= shown.page));
    one("[data-act=next]").hidden = shown.hits.length < 2;
    await showHit();
  }

  async function showHit() {
    const hit = shown.hits[shown.hit];
    if (!hit) return say(shown.sought ? words.nothing : "");
    if (hit.page !== shown.page) await open(shown.source, hit.page);
    say(filled(words.found, { place: shown.hit + 1, places: shown.hits.length }));
    one(`[data-hit="${hit.start}"]`, text)?.scrollIntoView({ block: "center" });
  }

  async function search() {
    const list = one(".evidence-found");
    const found = await asked({ search: one("#evidence-search").value.trim() });
    if (!found) return;
    say(found.sources.length ? "" : words.noSource);
    list.replaceChildren(...found.sources.map((source) => {
      const button = made("button", "evidence-open", source.label);
      button.type = "button";
      button.addEventListener("click", () => read(source.source));
      const item = made("li");
      item.append(button);
      return item;
    }));
    list.hidden = !found.sources.length;
  }

  async function read(source) {
    shown.sought = one("#evidence-find").value = "";
    one("[data-act=next]").hidden = true;
    say("");
    if (!(await open(source))) return;
    one(".evidence-other").open = false;
    one("#evidence-title").focus();
  }

  // Choosing a passage

  function selected() {
    const selection = document.getSelection();
    if (!bar || !selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const stretch = [...text.querySelectorAll(".evidence-paragraph")]
      .map((paragraph, index) => cut(range, paragraph, shown.pieces[index]))
      .filter(Boolean);
    if (!stretch.length) return;
    const [first, last] = [stretch[0], stretch.at(-1)];
    const joined = stretch.reduce((before, next, index) => {
      const between = index && next.start > stretch[index - 1].end ? "\n\n" : "";
      return before + between + next.text;
    }, "");
    choose({ start: first.start, end: last.end, text: joined, first: first.number, last: last.number });
  }

  // What of a paragraph lies in the selection, without white space around it.
  function cut(range, paragraph, piece) {
    if (!range.intersectsNode(paragraph)) return null;
    const inside = document.createRange();
    inside.selectNodeContents(paragraph);
    const before = inside.cloneRange();
    if (paragraph.contains(range.startContainer)) inside.setStart(range.startContainer, range.startOffset);
    if (paragraph.contains(range.endContainer)) inside.setEnd(range.endContainer, range.endOffset);
    before.setEnd(inside.startContainer, inside.startOffset);
    const raw = inside.toString();
    if (!raw.trim()) return null;
    const start = piece.start + length(before.toString()) + length(raw) - length(raw.trimStart());
    return { number: piece.number, start, end: start + length(raw.trim()), text: raw.trim() };
  }

  function choose(chosen) {
    passage = { ...chosen, source: shown.source, label: shown.label };
    bar.hidden = false;
    one("#evidence-quote").value = chosen.text;
    one(".evidence-locator").textContent = locator();
    bar.scrollIntoView({ block: "nearest" });
    const place = shown.pieces.findLastIndex((piece) => piece.start <= chosen.start);
    text.children[place]?.scrollIntoView({ block: "nearest" });
  }

  const locator = () => filled(passage.first === passage.last ? room.dataset.one : room.dataset.several, passage);

  // The passage as somebody may have shortened it; without its place where it is no stretch of it any more.
  function trimmed() {
    const quote = one("#evidence-quote").value.trim();
    const place = passage.text.indexOf(quote);
    if (quote === passage.text) return { quote, start: passage.start, end: passage.end };
    if (!quote || place < 0 || passage.first !== passage.last) return { quote, start: "", end: "" };
    const start = passage.start + length(passage.text.slice(0, place));
    return { quote, start, end: start + length(quote) };
  }

  // Citing

  const rows = () => [...document.querySelectorAll("#citations-group .inline-related:not(.empty-form)")];
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);

  function cite() {
    if (choice.value === "?") {
      say(words.choose);
      return choice.focus();
    }
    const before = rows().length;
    document.querySelector("#citations-group .add-row a")?.click();
    if (rows().length === before) return say(words.full);
    fill(rows().at(-1));
    say(filled(words.added, { path: choice.selectedOptions[0].text }));
    leave();
    draw();
  }

  function fill(row) {
    const { quote, start, end } = trimmed();
    const values = { path: choice.value, locator: locator(), start, end, quote };
    for (const [name, value] of Object.entries(values)) field(row, name).value = value;
    field(row, "inferred").checked = one("#evidence-inferred").checked;
    const source = field(row, "source");
    source.append(new Option(passage.label, passage.source, true, true));
    window.django.jQuery(source).trigger("change");
    row.querySelector("details").open = true;
    row.scrollIntoView({ block: "center" });
  }

  function leave() {
    document.getSelection().removeAllRanges();
    bar.hidden = true;
    passage = null;
    choice.value = "?";
    one("#evidence-inferred").checked = false;
  }

  // Back to the paragraph from which the passage was chosen.
  function close() {
    const place = shown.source === passage?.source ? shown.pieces.findIndex((piece) => piece.number === passage.first) : -1;
    leave();
    (text.children[place]?.querySelector(".evidence-number") ?? text).focus();
  }

  // Passages of rows that are not kept yet.
  function typedMarks() {
    return rows()
      .filter((row) => !row.classList.contains("has_original") && field(row, "source")?.value === String(shown.source))
      .map((row) => ({ start: Number(field(row, "start").value), end: Number(field(row, "end").value), path: field(row, "path").value }))
      .filter((mark) => mark.end > mark.start);
  }

  // Parts that have been given an id and are not kept yet may be cited for as well.
  function offerTypedParts() {
    for (const input of document.querySelectorAll(".inline-related:not(.empty-form) [name$='-part_id']")) {
      const path = `${input.name.split("-")[0]}/${input.value.trim()}`;
      const known = [...choice.options].some((option) => option.value === path);
      if (!input.value.trim() || known) continue;
      const heading = input.closest(".inline-group").querySelector(".inline-heading").textContent;
      choice.querySelector("optgroup").append(new Option(`${heading} › ${input.value.trim()}`, path));
    }
  }

  // What can be done

  const acts = {
    search, find, cite, leave: close,
    next: () => { shown.hit = (shown.hit + 1) % shown.hits.length; return showHit(); },
    before: () => open(shown.source, shown.page - 1).then(() => { text.scrollTop = 0; }),
    after: () => open(shown.source, shown.page + 1).then(() => { text.scrollTop = 0; }),
  };
  room.addEventListener("click", (event) => {
    const source = event.target.closest("[data-source]");
    if (source) {
      event.preventDefault();
      read(source.dataset.source);
    }
    acts[event.target.closest("[data-act]")?.dataset.act]?.();
  });
  for (const name of ["search", "find"]) {
    one(`#evidence-${name}`).addEventListener("keydown", (event) => {
      if (event.key === "Enter") acts[name]();
    });
  }
  bar?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });
  // A selection is taken once it stands still: not while the mouse still draws it.
  let waiting;
  let isDrawn = false;
  const settle = () => {
    clearTimeout(waiting);
    if (!isDrawn) waiting = setTimeout(selected, 200);
  };
  const drawing = (begins) => () => {
    isDrawn = begins;
    settle();
  };
  text.addEventListener("pointerdown", drawing(true));
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, drawing(false));
  document.addEventListener("selectionchange", settle);
  choice?.addEventListener("focus", offerTypedParts);
  one(".evidence-search").hidden = false;

  const remembered = "evidence-open";
  room.open = sessionStorage.getItem(remembered) === room.dataset.address;
  room.addEventListener("toggle", () => {
    if (room.open) sessionStorage.setItem(remembered, room.dataset.address);
    else sessionStorage.removeItem(remembered);
    const first = one("[data-source]");
    if (room.open && !shown.source && first) open(first.dataset.source);
  });

  // What lacks a citation leads to it.
  for (const item of bar ? document.querySelectorAll(".lacking [data-path]") : []) {
    const button = made("button", "button", words.cite);
    button.type = "button";
    button.setAttribute("aria-label", `${words.cite}: ${item.textContent}`);
    button.addEventListener("click", () => {
      room.open = true;
      choice.value = item.dataset.path;
      say(words.pick);
      (reader.hidden ? one("summary") : text).focus();
    });
    item.append(" ", button);
  }
})();
