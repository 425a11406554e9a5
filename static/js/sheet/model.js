/* The month's sheet as the page knows it: the server's rows, what was typed since, what is
   wrong and what conflicts. Pure: no page, no network, so that the two views (grid and
   phone) and the saver share one truth.

   Per row: `server` (row object of data.json), `text[day-1]` as shown, `lock[day-1]` reason or "", `link[day-1]` address of the leave or "",
   `pending` day -> {base, mark} not yet confirmed by the server, `wrong` day -> {message, clause},
   `conflicts` day -> {mine, theirs, by, at}. */

import { GAP, OUT, shown } from "./marks.js";

function locks(server, days, editable) {
  const reasons = new Array(days).fill(editable && server.edit !== false ? "" : server.why || "本月已月结，不能再改");
  for (const [from, to, reason] of server.locks || []) {
    for (let day = from; day <= to; day += 1) reasons[day - 1] = reason;
  }
  for (let day = 1; day <= days; day += 1) if (server.m[day - 1] === OUT) reasons[day - 1] = "当天不在派驻期";
  return reasons;
}

/* The address of the request for leave that explains a day, or "". */
function links(server, days) {
  const found = new Array(days).fill("");
  for (const [from, to, , url] of server.locks || []) found.fill(url, from - 1, to);
  return found;
}

export class Sheet {
  constructor(data, reader) {
    this.data = data;
    this.reader = reader;
    this.days = data.days.length;
    this.sent = new Map();
    this.rows = data.rows.map((server) => ({
      server,
      text: [...server.m].map(shown),
      lock: locks(server, this.days, data.editable),
      link: links(server, this.days),
      occasional: server.occasional,
      pending: new Map(), wrong: new Map(), conflicts: new Map(),
    }));
    this.index = new Map(this.rows.map((row, y) => [row.server.p, y]));
  }

  /* A person's own words for a cell: "王某 3日". */
  name(y, day) {
    return `${this.rows[y].server.name} ${day}日`;
  }

  /* Takes what was typed. A wrong text stays visible and is not sent. */
  edit(y, day, text) {
    const row = this.rows[y];
    if (row.lock[day - 1]) return false;
    const result = this.reader.read(text);
    row.conflicts.delete(day);
    if (result.error || result.code === OUT) {
      row.text[day - 1] = String(text).trim();
      row.wrong.set(day, { message: result.error || "在岗的日子不能填“-”，请填登记项目或留空" });
      row.pending.delete(day);
      return true;
    }
    row.wrong.delete(day);
    row.text[day - 1] = shown(result.code);
    const base = row.pending.get(day)?.base ?? row.server.m[day - 1];
    const inFlight = this.sent.get(row.server.p)?.has(day);
    if (result.code === base && !inFlight) row.pending.delete(day);
    else row.pending.set(day, { base, mark: result.code });
    return true;
  }

  /* Cells not yet confirmed, as save.json wants them; null when there are none. */
  collect() {
    this.sent = new Map();
    const rows = [];
    for (const { server, pending } of this.rows) {
      if (!pending.size) continue;
      const cells = {};
      for (const [day, { base, mark }] of pending) cells[day] = [base, mark];
      this.sent.set(server.p, new Map([...pending].map(([day, cell]) => [day, cell.mark])));
      rows.push({ p: server.p, v: server.v, cells });
    }
    return rows.length ? rows : null;
  }

  /* Takes save.json's answer; returns the indices of the rows that look different now. */
  answer({ rows = [], errors: told = [], conflicts = [] }) {
    const changed = new Set();
    const sent = this.sent;
    this.sent = new Map();
    const errors = told.flatMap((item) => (item.day ? [item] : [...(sent.get(item.p)?.keys() ?? [])].map((day) => ({ ...item, day }))));
    for (const fresh of rows) {
      const y = this.index.get(fresh.p);
      if (y === undefined) continue;
      const refused = new Set([...errors, ...conflicts].filter((item) => item.p === fresh.p).map((item) => item.day));
      this.refresh(this.rows[y], fresh, sent.get(fresh.p) ?? new Map(), refused);
      changed.add(y);
    }
    for (const item of errors) this.place(item, sent, changed, (row) => row.wrong.set(item.day, item));
    for (const item of conflicts) this.place(item, sent, changed, (row) => row.conflicts.set(item.day, item));
    return changed;
  }

  /* Puts an error or conflict on its cell, unless the cell was changed again meanwhile. */
  place(item, sent, changed, put) {
    const y = this.index.get(item.p);
    if (y === undefined) return;
    const row = this.rows[y];
    const mine = row.pending.get(item.day);
    if (!mine || mine.mark === sent.get(item.p)?.get(item.day)) {
      row.pending.delete(item.day);
      put(row);
    } else mine.base = item.theirs ?? item.kept ?? mine.base;
    changed.add(y);
  }

  refresh(row, fresh, sent, refused) {
    row.server = fresh;
    row.lock = locks(fresh, this.days, this.data.editable);
    row.link = links(fresh, this.days);
    for (let day = 1; day <= this.days; day += 1) {
      const mark = fresh.m[day - 1];
      const mine = row.pending.get(day);
      if (refused.has(day)) continue;
      if (mine && sent.has(day)) {
        mine.base = mark;
        if (mine.mark === sent.get(day) || mine.mark === mark) row.pending.delete(day);
      }
      if (!row.pending.has(day) && !row.wrong.has(day) && !row.conflicts.has(day)) row.text[day - 1] = shown(mark);
    }
  }

  /* Settles one conflict. Keeping one's own mark sends it again over the other's. */
  settle(y, day, keepMine) {
    const row = this.rows[y];
    const conflict = row.conflicts.get(day);
    if (!conflict) return;
    row.conflicts.delete(day);
    row.text[day - 1] = shown(keepMine ? conflict.mine : conflict.theirs);
    if (keepMine) row.pending.set(day, { base: conflict.theirs, mark: conflict.mine });
  }

  /* Cells kept by an earlier page view: posting -> day -> [base, mark]. What the sheet no longer
     takes (closed or locked meanwhile) is shown as wrong, never dropped in silence. */
  restore(kept) {
    let count = 0;
    for (const [posting, cells] of Object.entries(kept)) {
      const y = this.index.get(Number(posting));
      if (y === undefined) continue;
      const row = this.rows[y];
      for (const [day, [base, mark]] of Object.entries(cells)) {
        if (row.server.m[day - 1] === mark) continue;
        if (row.lock[day - 1]) {
          row.wrong.set(Number(day), { message: `断线前填的“${this.reader.word(mark)}”没有保存：${row.lock[day - 1]}` });
          continue;
        }
        row.pending.set(Number(day), { base, mark });
        row.text[day - 1] = shown(mark);
        count += 1;
      }
    }
    return count;
  }

  kept() {
    const out = {};
    for (const { server, pending } of this.rows) {
      if (pending.size) out[server.p] = Object.fromEntries([...pending].map(([day, cell]) => [day, [cell.base, cell.mark]]));
    }
    return out;
  }

  get unsaved() {
    return this.rows.reduce((sum, row) => sum + row.pending.size, 0);
  }

  get refusedCells() {
    return this.rows.reduce((sum, row) => sum + row.wrong.size + row.conflicts.size, 0);
  }

  /* Everything that waits for the person: [{y, day, kind, message, clause}]. */
  problems() {
    const list = [];
    this.rows.forEach((row, y) => {
      for (const [day, item] of row.wrong) list.push({ y, day, kind: "wrong", text: row.text[day - 1] ?? "", ...item });
      for (const [day, item] of row.conflicts) list.push({ y, day, kind: "conflict", message: `${item.by} ${item.at} 也改了这一格`, ...item });
    });
    return list;
  }

  /* The month equation from what is shown: marks per code, their sum, the days in post. */
  totals(y) {
    const row = this.rows[y];
    const counts = {};
    let sum = 0;
    row.text.forEach((text, i) => {
      const { code, error } = this.reader.read(text);
      if (error || row.wrong.has(i + 1) || code === GAP || code === OUT) return;
      const key = code.toUpperCase();
      counts[key] = (counts[key] ?? 0) + 1;
      sum += 1;
    });
    return { counts, sum, posted: row.server.posted, occasional: row.occasional };
  }
}
