/* The grid of the sheet on jspreadsheet-ce: builds the cells once, repaints only rows that
   changed, and adds what the library lacks: labels for screen readers, locks, frozen columns.

   Columns: 0 village, 1 name, 2 role, 3 unit; then day d in column 3 + d; then the counts, the
   month equation and the measures (year to date), see measures.js. */

import { element } from "../dialogs.js";
import { GAP, OUT, shown } from "./marks.js";
import { daysLink, measureColumns, paintMeasures } from "./measures.js";

export const LEFT = 4;
const WIDTHS = { number: 26, left: [62, 54, 50, 60], day: 20, counts: 112, equation: 48 };
const BELOW = 34;
const LEAST = 320;
const KINDS = { W: "工作日", R: "休息日", H: "法定节假日", M: "调休上班" };

function columnOf(day) {
  return LEFT + day - 1;
}

/* The library hangs a handler on its corner as an attribute, which the page's security policy refuses
   aloud; dressTable does what it was for. */
function withoutHandlerAttributes(build) {
  const plain = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function set(name, value) { if (!name.startsWith("on")) plain.call(this, name, value); };
  try { return build(); } finally { Element.prototype.setAttribute = plain; }
}

export function makeGrid({ root, sheet, traceUrl, changed, selected, ready }) {
  const { data, reader, days } = sheet;
  const extra = columnOf(days + 1);
  const measures = measureColumns(data);
  let ws = null;
  for (const mark of data.marks) root.style.setProperty(`--sign-${mark.code}`, `"${mark.sign}"`);

  const dayOf = (x) => (x >= LEFT && x < extra ? x - LEFT + 1 : 0);
  const labels = (y) => [sheet.rows[y].server.village, sheet.rows[y].server.name, sheet.rows[y].server.roles, sheet.rows[y].server.unit];

  function columns() {
    const fixed = (title, width) => ({ type: "text", title, width, readOnly: true, align: "left" });
    return [
      fixed("村", WIDTHS.left[0]), fixed("姓名", WIDTHS.left[1]), fixed("岗位", WIDTHS.left[2]), fixed("派出单位", WIDTHS.left[3]),
      ...data.days.map((day) => ({ type: "text", title: `${day.d}日`, width: WIDTHS.day })),
      fixed("本月合计", WIDTHS.counts), fixed("月平衡", WIDTHS.equation),
      ...measures.map((measure) => ({ type: "text", title: measure.title, width: measure.width, readOnly: true })),
    ];
  }

  function set(td, name, value) {
    if (value) { if (td.getAttribute(name) !== value) td.setAttribute(name, value); } else if (td.hasAttribute(name)) td.removeAttribute(name);
  }

  function findingsOf(row, day) {
    return (row.server.f ?? []).filter((finding) => finding.day === day);
  }

  function paintDay(td, y, day) {
    const row = sheet.rows[y];
    const i = day - 1;
    const [text, lock, wrong, conflict] = [row.text[i], row.lock[i], row.wrong.get(day), row.conflicts.get(day)];
    const code = wrong ? "" : text || GAP;
    const findings = row.server.f?.length ? findingsOf(row, day) : [];
    const notes = [lock, wrong?.message, conflict && `${conflict.by}也改了这一格`, ...findings.map((finding) => finding.message)].filter(Boolean);
    set(td, "data-m", code);
    set(td, "data-note", wrong ? "wrong" : conflict ? "conflict" : findings[0]?.severity ?? "");
    set(td, "title", notes.join("；"));
    set(td, "aria-label", `${sheet.name(y, day)} ${wrong ? text : reader.word(code)}${notes.length ? `，${notes.join("，")}` : ""}`);
    set(td, "aria-readonly", lock ? "true" : "");
    set(td, "aria-invalid", wrong ? "true" : "");
    td.classList.toggle("readonly", Boolean(lock));
    td.classList.toggle("is-locked", Boolean(lock) && data.editable);
    td.classList.toggle("is-pending", row.pending.has(day));
  }

  function paintCounts(td, y) {
    const { counts } = sheet.totals(y);
    const used = data.marks.filter((mark) => counts[mark.code]);
    const { server } = sheet.rows[y];
    td.replaceChildren(...used.flatMap((mark) => [daysLink(data, server, mark.category, traceUrl,
      `${mark.sign}${counts[mark.code]}`, `${mark.word} ${counts[mark.code]} 天`), " "]));
    td.classList.add("is-counts");
    set(td, "title", used.map((mark) => `${mark.word} ${counts[mark.code]} 天`).join("、"));
  }

  function paintEquation(td, y) {
    const { sum, posted, occasional } = sheet.totals(y);
    const short = occasional ? 0 : posted - sum;
    const words = occasional ? "不要求每天在岗，空格不算缺" : short ? `相差 ${Math.abs(short)} 天` : "相等";
    const link = (what, text, told) => td.replaceChildren(daysLink(data, sheet.rows[y].server, what, traceUrl, text, told));
    if (occasional) link("entered", `${sum} 天`, `已登记 ${sum} 天`);
    else if (short === 0) link("posted", `${posted} ✓`, `本月派驻 ${posted} 天`);
    else if (short > 0) link("empty", `缺 ${short}`, `没有登记 ${short} 天`);
    else td.textContent = `多 ${-short}`;
    td.classList.toggle("is-short", short !== 0);
    set(td, "title", `各项合计 ${sum} 天，本月派驻 ${posted} 天，${words}`);
  }

  function paintSide(y, cellAt) {
    paintCounts(cellAt(extra), y);
    paintEquation(cellAt(extra + 1), y);
    const { server } = sheet.rows[y];
    measures.forEach((column, i) => paintMeasures(cellAt(extra + 2 + i), column, data, server, traceUrl));
    const whole = (server.f ?? []).filter((finding) => !finding.day);
    const nameCell = cellAt(1);
    set(nameCell, "title", [server.name, server.roles, server.unit, ...whole.map((finding) => finding.message), server.by && `最后登记：${server.by}`].filter(Boolean).join("\n"));
    set(nameCell, "data-note", whole[0]?.severity ?? "");
  }

  /* Shows the model's row; a cell that is being edited keeps its editor. */
  function paintRow(y) {
    const row = sheet.rows[y];
    const editing = ws.edition && Number(ws.edition[3]) === y ? Number(ws.edition[2]) : -1;
    for (let day = 1; day <= days; day += 1) {
      const x = columnOf(day);
      const td = ws.records[y][x].element;
      if (x !== editing) {
        if (ws.options.data[y][x] !== row.text[day - 1]) ws.options.data[y][x] = row.text[day - 1];
        if (td.textContent !== row.text[day - 1]) td.textContent = row.text[day - 1];
      }
      paintDay(td, y, day);
    }
    paintSide(y, (x) => ws.records[y][x].element);
  }

  function firstPaint(_, td, x, y) {
    const day = dayOf(x);
    if (day) return paintDay(td, y, day);
    if (x === 1) td.setAttribute("role", "rowheader");
    if (x < LEFT) {
      if (x !== 1) td.title = labels(y)[x] ?? "";
      if (x === 0 && y > 0 && labels(y)[0] === labels(y - 1)[0]) td.classList.add("is-same");
    }
    return undefined;
  }

  function dressHead() {
    ws.headerContainer.firstChild.setAttribute("aria-label", "全选");
    ws.headers.forEach((head, x) => {
      head.setAttribute("role", "columnheader");
      const day = data.days[dayOf(x) - 1];
      if (day) {
        head.replaceChildren(element("span", {}, String(day.d)), element("small", {}, day.w));
        const words = `${day.d}日 周${day.w} ${KINDS[day.kind]}${day.name ? `（${day.name}）` : ""}`;
        head.title = words;
        head.setAttribute("aria-label", words);
        head.dataset.kind = day.kind;
        ws.cols[x].colElement.dataset.kind = day.kind;
      } else if (x >= extra + 2) {
        head.title = `${measures[x - extra - 2].words}：已完成/应达到`;
      }
    });
    ws.headers[extra + 1].title = "各项天数之和应等于本月派驻天数";
  }

  function dressTable() {
    ws.table.setAttribute("role", "grid");
    ws.table.setAttribute("aria-label", `${data.title}，方向键移动，直接键入字母登记，按 Esc 后再按 Tab 离开表格`);
    ws.table.tabIndex = 0;
    root.tabIndex = -1;
    ws.corner.addEventListener("mousedown", (event) => event.preventDefault());
    for (const row of ws.rows) row.element.firstChild.setAttribute("aria-hidden", "true");
    for (let y = 0; y < sheet.rows.length; y += 1) paintSide(y, (x) => ws.records[y][x].element);
  }

  function onchange(_, records) {
    const rows = new Set();
    for (const record of records) {
      const day = dayOf(Number(record.x));
      if (!day || record.value === undefined) continue;
      sheet.edit(Number(record.y), day, record.value);
      rows.add(Number(record.y));
    }
    rows.forEach(paintRow);
    if (rows.size) changed(rows);
  }

  /* The library undoes silently: read back what it put into its data. */
  function afterUndo(_, record) {
    onchange(_, (record?.records ?? []).map(({ x, y }) => ({ x, y, value: ws.options.data[y][x] })));
  }

  /* What is typed becomes its letter at once; anything else stays as it was typed. */
  function beforeChange(_, td, x, y, value) {
    if (!dayOf(Number(x))) return undefined;
    const { code } = reader.read(value);
    return code && code !== OUT ? shown(code) : String(value ?? "").trim();
  }

  /* Clipboard text of a range: marks and words, never the markup of a cell. */
  function copied(_, [x1, y1, x2, y2]) {
    const rows = [];
    for (let y = y1; y <= y2; y += 1) {
      const cells = [];
      for (let x = x1; x <= x2; x += 1) cells.push(x < LEFT ? labels(y)[x] : ws.records[y][x].element.textContent);
      rows.push(cells.join("\t"));
    }
    return rows.join("\r\n");
  }

  let active = null;
  function onselection(_, x1, y1, x2, y2) {
    const [x, y] = ws.selectedCell.map(Number);
    const td = ws.records[y]?.[x]?.element;
    if (active !== td) {
      active = td;
      if (!td.id) td.id = `cell-${x}-${y}`;
      ws.table.setAttribute("aria-activedescendant", td.id);
    }
    selected({ x, y, x1, y1, x2, y2, day: dayOf(x) });
  }

  function build() {
    const off = { allowInsertRow: false, allowInsertColumn: false, allowDeleteRow: false, allowDeleteColumn: false, allowRenameColumn: false,
      allowComments: false, columnSorting: false, columnDrag: false, columnResize: false, rowDrag: false, rowResize: false };
    const rows = sheet.rows.map((row, y) => [...labels(y).map((text) => text ?? ""), ...row.text, "", "", ...measures.map(() => "")]);
    [ws] = withoutHandlerAttributes(() => window.jspreadsheet(root, {
      worksheets: [{ ...off, data: rows, columns: columns(), minDimensions: [columns().length, rows.length], worksheetName: data.month }],
      root: root.closest("[data-sheet]"), parseFormulas: false, autoIncrement: false, allowExport: false, about: false, contextMenu: () => false,
      onbeforechange: beforeChange, onafterchanges: onchange, onundo: afterUndo, onredo: afterUndo, oncopy: copied,
      oncreatecell: firstPaint, onselection,
      oneditionend: () => setTimeout(refocus), onload: () => { window.jspreadsheet.current = null; ready(); },
    }));
    ws.cols[0].colElement.parentNode.firstChild.setAttribute("width", String(WIDTHS.number));
    dressHead();
    dressTable();
  }

  /* As many rows as the window holds below what stands above the grid. */
  function fit() {
    const above = ws.content.getBoundingClientRect().top + window.scrollY;
    ws.content.style.maxHeight = `${Math.max(window.innerHeight - above - BELOW, LEAST)}px`;
  }

  function refocus() {
    if (window.jspreadsheet.current === ws && document.activeElement === document.body) ws.table.focus({ preventScroll: true });
  }

  build();
  fit();
  new ResizeObserver(fit).observe(root.closest("[data-sheet]").parentElement);
  window.addEventListener("resize", fit);
  const range = () => ws.getSelection()?.map(Number) ?? null;
  return { ws, root, paintRow, range, dayOf, labels, copied, extra,
    paintAll: () => sheet.rows.forEach((_, y) => paintRow(y)),
    select(y, day) {
      window.jspreadsheet.current = ws;
      ws.table.focus({ preventScroll: true });
      ws.updateSelectionFromCoords(columnOf(day || 1), y, columnOf(day || 1), y);
      ws.records[y][columnOf(day || 1)].element.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
    /* Selects the rectangle that these cells lie in. */
    span(cells) {
      const [days, ys] = [cells.map(({ day }) => day), cells.map(({ y }) => y)];
      if (cells.length) ws.updateSelectionFromCoords(columnOf(Math.min(...days)), Math.min(...ys), columnOf(Math.max(...days)), Math.max(...ys));
    },
    /* Writes texts as one step of the undo history. cells: [{y, day, text}] */
    write(cells) {
      if (cells.length) ws.setValue(cells.map(({ y, day, text }) => ({ x: columnOf(day), y, value: text })));
    },
    undo: () => ws.undo(), redo: () => ws.redo() };
}
