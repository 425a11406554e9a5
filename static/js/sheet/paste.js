/* A block from WPS or Excel, laid over the sheet. Pure: no page. Either the whole block can be
   placed, or nothing is and the message names the cell. A word that is no mark is placed all the
   same: its own cell then shows what is wrong. */

import { normalise, OUT, shown } from "./marks.js";

/* Tab-separated text with optional quotes -> rows of trimmed cells; empty edges are dropped. */
function parseBlock(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (let i = 0; i < source.length; i += 1) {
    const c = source[i];
    if (quoted) {
      if (c === '"' && source[i + 1] === '"') { cell += c; i += 1; } else if (c === '"') quoted = false; else cell += c;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t") { rows.at(-1).push(normalise(cell)); cell = ""; } else if (c === "\n") { rows.at(-1).push(normalise(cell)); cell = ""; rows.push([]); } else cell += c;
  }
  rows.at(-1).push(normalise(cell));
  const width = Math.max(...rows.map((row) => row.findLastIndex((value) => value !== "") + 1), 1);
  return rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? ""));
}

/* A block smaller than the selection is repeated when it fits whole times, as in Excel. */
function tiled(block, width, height) {
  const [h, w] = [block.length, block[0].length];
  const outW = width > w && width % w === 0 ? width : w;
  const outH = height > h && height % h === 0 ? height : h;
  return Array.from({ length: outH }, (_, j) => Array.from({ length: outW }, (_, i) => block[j % h][i % w]));
}

function tooWide(sheet, block, day) {
  const width = block[0].length;
  if (day + width - 1 <= sheet.days) return null;
  if (width > sheet.days) {
    return `粘贴的内容每行有 ${width} 格，多于本月 ${sheet.days} 天，像是把两个人贴在了一行，或带上了合计列。请只复制一个人一行的日期格。`;
  }
  return `从 ${day} 日起只剩 ${sheet.days - day + 1} 天，粘贴的内容每行有 ${width} 格。请从 1 日的格子开始粘贴，或只复制需要的日期。`;
}

/* Columns left of the days must repeat what the sheet says there: village, name, role, unit. */
function wrongPerson(block, left, labels, y) {
  for (let j = 0; j < block.length; j += 1) {
    for (let i = 0; i < left; i += 1) {
      const theirs = block[j][i];
      const ours = normalise(labels(y + j)[labels(y + j).length - left + i]);
      if (theirs && theirs !== ours) return `粘贴内容第 ${j + 1} 行写的是“${theirs}”，表中这一行是“${ours}”，顺序对不上。`;
    }
  }
  return null;
}

/* -> {cells: [{y, day, text}], skipped: [{y, day, reason}]} or {refusal}.
   `labels(y)` gives the texts of the columns left of the days; `x` is the column clicked. */
export function placeBlock({ sheet, text, x, y, width, height, labels }) {
  const columns = labels(0).length;
  let block = parseBlock(text);
  const left = Math.max(columns - x, 0);
  const day = Math.max(x - columns + 1, 1);
  if (!left) block = tiled(block, width, height);
  if (y + block.length > sheet.rows.length) {
    return { refusal: `粘贴的内容有 ${block.length} 行，从${sheet.rows[y].server.name}这一行起只有 ${sheet.rows.length - y} 人。` };
  }
  const mismatch = left ? wrongPerson(block, left, labels, y) : null;
  if (mismatch) return { refusal: mismatch };
  block = block.map((row) => row.slice(left));
  if (!block[0].length) return { refusal: "粘贴的内容里没有日期格。请从日期格开始粘贴。" };
  const refusal = tooWide(sheet, block, day);
  if (refusal) return { refusal };
  return lay(sheet, block, y, day);
}

function lay(sheet, block, y, day) {
  const cells = [];
  const skipped = [];
  for (let j = 0; j < block.length; j += 1) {
    const row = sheet.rows[y + j];
    for (let i = 0; i < block[j].length; i += 1) {
      const [at, text] = [day + i, block[j][i]];
      const result = sheet.reader.read(text);
      if (result.two) return { refusal: `${sheet.name(y + j, at)}（粘贴内容第 ${j + 1} 行第 ${i + 1} 格）：${result.error}` };
      const reason = row.lock[at - 1];
      if (reason) {
        if (text && result.code !== OUT && shown(result.code ?? "") !== row.text[at - 1]) skipped.push({ y: y + j, day: at, reason });
      } else cells.push({ y: y + j, day: at, text });
    }
  }
  return { cells, skipped };
}
