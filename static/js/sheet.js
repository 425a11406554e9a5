/* Entry of the month sheet page. Reads data.json, shows the grid (or the phone list), and wires
   edits to the saver. Browser tests may rely on: [data-sheet][data-ready] once editable,
   window.sheetReady, td[data-x][data-y] (day d of the person in row y stands in column 3 + d),
   and [data-testid] save-status, sheet-errors, sheet-findings, conflict-dialog, offline-banner. */

import { element } from "./dialogs.js";
import { makeGrid } from "./sheet/grid.js";
import { makeKeys } from "./sheet/keys.js";
import { makeReader } from "./sheet/marks.js";
import { Sheet } from "./sheet/model.js";
import { makePanels, markButtons, settleConflicts } from "./sheet/panels.js";
import { makePhone } from "./sheet/phone.js";
import { makeSaver, makeStore } from "./sheet/save.js";
import { traceOpen } from "./trace.js";

const NARROW = window.matchMedia("(max-width: 640px)");
const BEGAN_NARROW = NARROW.matches;
const SETTLE_MS = 800;
const page = document.querySelector("[data-sheet]");
const part = (name) => page.querySelector(`[data-part="${name}"]`);

async function load() {
  const response = await fetch(page.dataset.dataUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!response.ok || response.redirected) throw new Error(`月表没有取到（${response.status}）`);
  return response.json();
}

/* A turned phone or a resized window gets the other view, once nothing typed can be lost.
   Printing also changes the width for a moment: only what lasts counts. */
async function changeView(sheet, saver) {
  if (NARROW.matches === BEGAN_NARROW) return;
  await saver.flush();
  if (!sheet.unsaved && !sheet.refusedCells && NARROW.matches !== BEGAN_NARROW) window.location.reload();
}

function start(data) {
  const reader = makeReader(data.marks, data.nights);
  const sheet = new Sheet(data, reader);
  const store = makeStore(`sheet:${data.township.code}:${data.month}:${page.dataset.user}`);
  let view = null;
  let cursor = null;

  const panels = makePanels({ part, sheet, goTo: (y, day) => view.select(y, day), retry: () => saver.flush() });
  const saver = makeSaver({ sheet, url: page.dataset.saveUrl, store, report: panels.report, took });

  function conflicts() {
    settleConflicts(sheet, (y) => { view.paintRow(y); panels.problems(conflicts); saver.touch(); });
  }

  function took(rows, answer) {
    rows.forEach((y) => view.paintRow(y));
    panels.problems(conflicts);
    panels.findings();
    if (cursor) panels.where(cursor);
    if (answer.conflicts?.length) conflicts();
    document.body.dispatchEvent(new CustomEvent("sheet:saved"));
  }

  function changed() {
    panels.problems(conflicts);
    if (cursor) panels.where(cursor);
    saver.touch();
  }

  /* A trace tells what is stored: first everything typed is saved. */
  async function openTrace(link) {
    await saver.flush();
    traceOpen(link);
  }

  function ready() {
    const count = sheet.restore(store.read());
    if (count) { view.paintAll(); panels.say(`已恢复上次没有保存的 ${count} 格，正在重新保存。`, "warn"); }
    panels.report({ kind: sheet.unsaved ? "waiting" : "saved", unsaved: sheet.unsaved });
    panels.problems(conflicts);
    panels.findings();
    if (sheet.unsaved) saver.flush();
    part("grid").addEventListener("click", (event) => {
      const link = event.target.closest("a.trace");
      if (link) { event.preventDefault(); openTrace(link); }
    });
    page.dataset.ready = "true";
    window.sheetReady = true;
  }

  function showGrid() {
    view = makeGrid({ root: part("grid"), sheet, traceUrl: page.dataset.traceUrl, changed, ready,
      selected: (where) => { cursor = where; panels.where(where); } });
    const keys = makeKeys({ grid: view, sheet, say: panels.say, save: () => saver.flush(), openTrace, openHelp: () => part("help").showModal() });
    markButtons(part("marks"), data, reader, keys.fill);
    const press = { save: () => saver.flush(), pattern: keys.fillPattern, undo: view.undo, redo: view.redo, help: () => part("help").showModal(),
      words: (button) => button.setAttribute("aria-pressed", String(part("grid").classList.toggle("show-words"))) };
    page.addEventListener("click", (event) => {
      const button = event.target.closest("[data-press]");
      if (button) press[button.dataset.press](button);
    });
    /* The library drops the selection on any press outside its table; the tools work on it. */
    part("tools").addEventListener("mousedown", (event) => event.stopPropagation());
  }

  function showPhone() {
    view = makePhone({ root: part("grid"), sheet, traceUrl: page.dataset.traceUrl, changed, say: panels.say });
    page.querySelector("[data-press=save]").addEventListener("click", () => saver.flush());
    ready();
  }

  /* Month close and signatures wait until everything typed has reached the server. */
  document.addEventListener("submit", async (event) => {
    if (!event.target.closest("[data-needs-saved]") || !(sheet.unsaved || sheet.refusedCells)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target: form, submitter } = event;
    await saver.flush();
    if (sheet.unsaved || sheet.refusedCells) panels.say("还有没保存或有误的格，请先处理再办理。", "bad");
    else form.requestSubmit(submitter ?? undefined);
  }, true);

  part("codes").append(...data.marks.map((mark) => element("li", {}, element("b", {}, mark.code), ` ${mark.word}`)),
    ...(data.nights ? [element("li", {}, element("b", {}, "v"), " 在村但当晚未住村（小写）")] : []));
  part("legend").textContent = `代码：${data.marks.map((mark) => `${mark.code} ${mark.word}`).join("　")}${data.nights ? "　v 在村未住村" : ""}　（${data.version_text}）`;
  part("guess").hidden = data.announced;
  page.classList.toggle("is-fixed", !data.editable);
  if (BEGAN_NARROW) showPhone();
  else showGrid();
  NARROW.addEventListener("change", () => setTimeout(() => changeView(sheet, saver), SETTLE_MS));
}

/* The list of what is missing stays open while it is redrawn after a save. */
function keepListOpen() {
  let open = false;
  document.body.addEventListener("htmx:beforeSwap", () => { open = Boolean(document.getElementById("sheet-missing")?.open); });
  document.body.addEventListener("htmx:afterSwap", () => { if (open) document.getElementById("sheet-missing")?.setAttribute("open", ""); });
}

function show(data) {
  part("wait").remove();
  if (data.rows.length) start(data);
  else part("empty").hidden = false;
}

keepListOpen();
load().then(show, (error) => {
  part("wait").textContent = `${error.message}。请检查网络后刷新页面；仍然不行的，请联系系统管理员。`;
});
