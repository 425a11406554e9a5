/* Keyboard and clipboard of the grid: one letter overwrites, the selection can be filled, Esc lets
   go of the grid so that Tab reaches the rest of the page. Runs before the library's own keys. */

import { GAP, OUT, shown } from "./marks.js";
import { placeBlock } from "./paste.js";
import { LEFT } from "./grid.js";

const ARROWS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

export function makeKeys({ grid, sheet, say, save, openTrace, openHelp }) {
  const { ws } = grid;
  let typed = false;
  let last = null;

  const active = () => window.jspreadsheet.current === ws && ws.selectedCell;
  const inGrid = (target) => target === document.body || ws.table.contains(target) || target === ws.textarea;

  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /* Day cells of the selection, or of the one made last when a button took the focus. */
  function cells() {
    const range = grid.range() ?? last;
    if (!range) return [];
    const [x1, y1, x2, y2] = range;
    const list = [];
    for (let y = y1; y <= y2; y += 1) for (let x = x1; x <= x2; x += 1) if (grid.dayOf(x)) list.push({ y, day: grid.dayOf(x) });
    return list;
  }

  function lockedNote({ y, day }) {
    say(`${sheet.name(y, day)} 已锁定：${sheet.rows[y].lock[day - 1]}`, "warn");
  }

  function fill(code) {
    const all = cells();
    if (!all.length) return say("请先在日期格中选中要填的区域。", "warn");
    const open = all.filter(({ y, day }) => !sheet.rows[y].lock[day - 1]);
    if (!open.length) return lockedNote(all[0]);
    grid.write(open.map((cell) => ({ ...cell, text: shown(code) })));
    const skipped = all.length - open.length;
    if (all.length > 1) say(`已将 ${open.length} 格填为“${sheet.reader.word(code)}”${skipped ? `，跳过 ${skipped} 个锁定的格` : ""}。Ctrl+Z 撤销。`, "info");
    return undefined;
  }

  /* Ctrl+D: down from the first row; in one row to the right; in one cell from the cell above. */
  function fillFromEdge() {
    const [x1, y1, x2, y2] = grid.range();
    const from = ({ y, day }) => {
      if (y2 > y1) return [y1, day];
      return x2 > x1 ? [y1, Math.max(grid.dayOf(x1), 1)] : [y - 1, day];
    };
    const list = [];
    for (const cell of cells()) {
      const [y, day] = from(cell);
      if (y < 0 || sheet.rows[cell.y].lock[cell.day - 1] || sheet.rows[y].text[day - 1] === OUT) continue;
      list.push({ ...cell, text: sheet.rows[y].text[day - 1] });
    }
    grid.write(list);
  }

  /* The ordinary pattern: workdays in the village, days off at rest; only into empty days. */
  function fillPattern() {
    const { days, marks } = sheet.data;
    const has = (code) => marks.some((mark) => mark.code === code);
    const range = grid.range() ?? last;
    const single = !range || (range[0] === range[2] && range[1] === range[3]);
    const scope = single ? sheet.rows.flatMap((_, y) => days.map(({ d }) => ({ y, day: d }))) : cells();
    const list = [];
    for (const { y, day } of scope) {
      const code = days[day - 1].kind === "W" || days[day - 1].kind === "M" ? "V" : "R";
      const row = sheet.rows[y];
      if (row.text[day - 1] === "" && !row.lock[day - 1] && !row.occasional && has(code)) list.push({ y, day, text: code });
    }
    grid.write(list);
    const guess = sheet.data.announced ? "" : "本年放假安排尚未公布，按周末推算，公布后请核对。";
    say(list.length ? `已按工作日历补齐 ${list.length} 格（工作日在村，其余休息）。${guess}Ctrl+Z 撤销。` : "没有空格要补。", "info");
  }

  function clear() {
    const open = cells().filter(({ y, day }) => !sheet.rows[y].lock[day - 1]);
    if (open.length) grid.write(open.map((cell) => ({ ...cell, text: "" })));
    else if (cells().length) lockedNote(cells()[0]);
  }

  function release() {
    window.jspreadsheet.current = null;
    say("已离开表格，按 Tab 到下一处；按方向键回到表格。", "info");
  }

  function shortcut(event) {
    const key = event.key.toLowerCase();
    if (key === "s") save();
    else if (key === "d") fillFromEdge();
    else if (key === "x") { ws.copy(); clear(); } else if (key === "z" && event.shiftKey) grid.redo();
    else if (key === "a") ws.updateSelectionFromCoords(LEFT, 0, grid.extra - 1, sheet.rows.length - 1);
    else return;
    stop(event);
  }

  function overwrite(event) {
    const [x, y] = ws.selectedCell.map(Number);
    const day = grid.dayOf(x);
    if (event.key === "?") { stop(event); return openHelp(); }
    if (!day) return stop(event);
    if (sheet.rows[y].lock[day - 1] && cells().length === 1) { stop(event); return lockedNote({ y, day }); }
    const { code } = sheet.reader.read(event.key);
    if (code && code !== GAP && code !== OUT) { stop(event); return fill(code); }
    typed = true;
    return undefined;
  }

  function whileEditing(event) {
    if (!typed || !ARROWS.has(event.key) || event.isComposing) return;
    ws.closeEditor(ws.edition[0], true);
  }

  function onKey(event) {
    if (event.target === ws.table && ARROWS.has(event.key)) window.jspreadsheet.current = ws;
    if (!active() || !inGrid(event.target)) return undefined;
    if (ws.edition) return whileEditing(event);
    typed = event.key === "Process";
    const [x, y] = ws.selectedCell.map(Number);
    if (event.key === "Escape") { stop(event); return release(); }
    if (event.ctrlKey || event.metaKey) return shortcut(event);
    if (event.key === "Delete" || event.key === "Backspace") { stop(event); return clear(); }
    const link = event.key === "Enter" ? ws.records[y][x].element.querySelector("a") : null;
    if (link) { stop(event); return openTrace(link); }
    if (event.key === "F2" && sheet.rows[y].lock[grid.dayOf(x) - 1]) { stop(event); return lockedNote({ y, day: grid.dayOf(x) }); }
    if (event.key.length === 1 && event.key !== " " && !event.altKey) return overwrite(event);
    return undefined;
  }

  /* After a key moved the cell, keep it clear of the frozen columns and the head. */
  function afterKey(event) {
    if (!active() || ws.edition || !(ARROWS.has(event.key) || ["Tab", "Enter", "Home", "End"].includes(event.key))) return;
    const [, , x, y] = ws.selectedCell.map(Number);
    ws.records[y][x].element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function onPaste(event) {
    if (!active() || !inGrid(event.target)) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (ws.edition) {
      if (!/[\t\n]/.test(text.trim())) return;
      ws.closeEditor(ws.edition[0], false);
    }
    stop(event);
    const [x1, y1, x2, y2] = grid.range();
    if (!sheet.data.editable) { lockedNote({ y: y1, day: grid.dayOf(x1) || 1 }); return; }
    const placed = placeBlock({ sheet, text, x: x1, y: y1, width: x2 - x1 + 1, height: y2 - y1 + 1, labels: grid.labels });
    if (placed.refusal) { say(`没有粘贴：${placed.refusal}`, "bad"); return; }
    grid.write(placed.cells);
    grid.span(placed.cells);
    const first = placed.skipped[0];
    const skipped = first ? `有 ${placed.skipped.length} 格已锁定、保持原样（如${sheet.name(first.y, first.day)}：${first.reason}）。` : "";
    say(`已粘贴 ${placed.cells.length} 格。${skipped}Ctrl+Z 撤销。`, first ? "warn" : "info");
  }

  /* The grid holds the keyboard only while the focus is in it. */
  function onFocus(event) {
    if (ws.table.contains(event.target)) {
      if (window.jspreadsheet.current !== ws) window.jspreadsheet.current = ws;
      if (!ws.selectedCell) ws.updateSelectionFromCoords(LEFT, 0, LEFT, 0);
    } else if (event.target === grid.root) ws.table.focus({ preventScroll: true });
    else if (event.target !== ws.textarea) {
      last = grid.range() ?? last;
      window.jspreadsheet.current = null;
    }
  }

  document.addEventListener("keydown", onKey, true);
  document.addEventListener("keyup", afterKey);
  document.addEventListener("paste", onPaste, true);
  document.addEventListener("focusin", onFocus);
  ws.table.addEventListener("dblclick", (event) => {
    const td = event.target.closest("td[data-x][data-y]");
    const cell = td && { y: Number(td.dataset.y), day: grid.dayOf(Number(td.dataset.x)) };
    if (cell?.day && sheet.rows[cell.y].lock[cell.day - 1]) lockedNote(cell);
  });
  return { fill, fillPattern, release };
}
