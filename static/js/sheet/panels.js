/* What stands around the grid: save state, what is wrong, findings per person, conflicts, codes. */

import { choose, element } from "../dialogs.js";
import { clause as clauseLink } from "../trace.js";
import { GAP } from "./marks.js";

const TONES = { info: "is-info", warn: "is-warn", bad: "is-bad" };
const SEVERITIES = { block: ["is-bad", "须改正"], warn: ["is-warn", "请核对"], notice: ["is-open", "提示"] };

function clock() {
  const now = new Date();
  return [now.getHours(), now.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":");
}

/* One line for the same remark about several days: [{severity, clause, text, days}]. */
function grouped(list) {
  const groups = new Map();
  for (const { severity, clause, message, day } of list) {
    const text = day ? message.replace(new RegExp(`^${day}日`), "") : message;
    const key = `${severity} ${clause} ${text}`;
    if (!groups.has(key)) groups.set(key, { severity, clause, text, days: [] });
    if (day) groups.get(key).days.push(day);
  }
  return [...groups.values()];
}

/* [1,2,3,7] → [[1,3],[7,7]] */
function runs(days) {
  const found = [];
  for (const day of days) {
    if (found.length && found.at(-1)[1] === day - 1) found.at(-1)[1] = day;
    else found.push([day, day]);
  }
  return found;
}

export function makePanels({ part, sheet, goTo, retry }) {
  const says = part("say");
  const status = part("status");
  let saves = false; // has anything been sent since the page was opened?
  const banner = part("banner");

  function say(text, tone = "info") {
    says.className = `sheet-say ${TONES[tone]}`;
    says.textContent = text;
  }

  function bannerShow(text, ...actions) {
    banner.hidden = !text;
    banner.replaceChildren(text ?? "", ...actions);
  }

  const again = () => element("button", { type: "button", class: "btn btn-sm btn-light", onclick: retry }, "立即重试");

  function report({ kind, unsaved, wait, message }) {
    const bad = sheet.refusedCells;
    status.dataset.kind = kind === "saved" && bad ? "partly" : kind;
    const idle = kind === "saved" && !bad && !saves;
    if (kind === "saving") saves = true;
    status.textContent = idle ? "没有未保存的改动" : { saving: "正在保存…", waiting: `${unsaved} 格待保存`, saved: bad ? `其余已保存，${bad} 格有误` : `已保存 ${clock()}`,
      offline: `未保存 ${unsaved} 格`, signed_out: `未保存 ${unsaved} 格`, refused: `未保存 ${unsaved} 格` }[kind];
    if (kind === "offline") bannerShow(`网络中断，已保留 ${unsaved} 格未保存内容，约 ${wait} 秒后自动重试。请不要关闭本页。`, again());
    else if (kind === "signed_out") {
      bannerShow(`登录已失效，已保留 ${unsaved} 格未保存内容。请在新窗口重新登录，再回到这里重试。`,
        element("a", { class: "btn btn-sm btn-light", href: "/", target: "_blank", rel: "noopener" }, "打开登录"), again());
    } else if (kind === "refused") bannerShow(`没有保存：${message}`, again());
    else if (kind === "saved" || (kind === "waiting" && banner.dataset.kind === "refused")) bannerShow(null);
    banner.dataset.kind = kind;
  }

  function cellLink({ y, day }, words) {
    return element("button", { type: "button", class: "sheet-link", onclick: () => goTo(y, day) }, words ?? sheet.name(y, day));
  }

  function problems(openConflicts) {
    const list = sheet.problems();
    const box = part("errors");
    box.hidden = !list.length;
    if (!list.length) return;
    box.replaceChildren(
      element("h2", {}, `有 ${list.length} 格没有保存`),
      element("ul", {}, ...list.map((item) => element("li", { "data-kind": item.kind },
        cellLink(item), ` ${item.message}`,
        item.clause ? clauseLink(item.clause) : null,
        item.kind === "conflict" ? element("button", { type: "button", class: "btn btn-sm btn-light", onclick: openConflicts }, "处理") : null))));
  }

  function findings() {
    const people = sheet.rows.map((row, y) => ({ y, name: row.server.name, village: row.server.village, list: row.server.f ?? [] })).filter((person) => person.list.length);
    const box = part("findings");
    box.hidden = !people.length;
    if (!people.length) return;
    const count = people.reduce((sum, person) => sum + person.list.length, 0);
    const line = (y, { severity, clause, text, days }) => {
      const [tone, word] = SEVERITIES[severity] ?? SEVERITIES.notice;
      return element("li", {}, element("span", { class: `state ${tone}` }, word), " ",
        ...runs(days).flatMap(([first, last]) => [cellLink({ y, day: first }, first === last ? `${first}日` : `${first}—${last}日`), " "]), `${text} `,
        clause ? clauseLink(clause) : null);
    };
    box.replaceChildren(element("h2", {}, `核对提示：${people.length} 人 ${count} 条`),
      element("dl", { class: "kv" }, ...people.flatMap(({ y, name, village, list }) => [
        element("dt", {}, cellLink({ y, day: 0 }, name), ` ${village}`), element("dd", {}, element("ul", {}, ...grouped(list).map((group) => line(y, group))))])));
  }

  /* Where the cursor stands, in words. */
  function where({ y, day }) {
    const row = sheet.rows[y];
    if (!day) { part("where").textContent = `${row.server.name} · ${row.server.roles} · ${row.server.unit}`; return; }
    const date = sheet.data.days[day - 1];
    const wrong = row.wrong.get(day);
    const mark = wrong ? `“${row.text[day - 1]}”` : sheet.reader.word(row.text[day - 1] || GAP);
    const note = wrong?.message ?? row.lock[day - 1];
    part("where").textContent = `${row.server.name} · ${day}日 周${date.w}${date.name ? ` ${date.name}` : ""} · ${mark}${note ? ` — ${note}` : ""}`;
    if (row.link[day - 1]) part("where").append(" ", element("a", { href: row.link[day - 1] }, "查看请假"));
  }

  return { say, report, problems, findings, where };
}

/* Asks about each conflict; `done(y)` after each answer. Esc leaves the rest for later. */
export async function settleConflicts(sheet, done) {
  for (const { y, day, mine, theirs, by, at } of sheet.problems().filter((item) => item.kind === "conflict")) {
    const word = sheet.reader.word;
    const table = element("table", { class: "diff" }, element("thead", {}, element("tr", {}, element("th", {}, "我填的"), element("th", {}, `${by} ${at} 填的`))),
      element("tbody", {}, element("tr", {}, element("td", { class: "now" }, word(mine)), element("td", { class: "now" }, word(theirs)))));
    const answer = await choose(`${sheet.name(y, day)}：两个人改了同一格`, [table, element("p", {}, "其他格都已保存。请决定这一格以谁的为准：")],
      [["theirs", `采用${by}的“${word(theirs)}”`, "btn-light"], ["mine", `保留我的“${word(mine)}”`, "btn-primary"]], { "data-testid": "conflict-dialog" });
    if (!answer) return;
    sheet.settle(y, day, answer === "mine");
    done(y);
  }
}

/* Buttons that fill the selection; they are the legend at the same time. */
export function markButtons(box, data, reader, fill) {
  const codes = data.marks.flatMap((mark) => (mark.code === "V" && data.nights ? ["V", "v"] : [mark.code]));
  box.append(...codes.map((code) => element("button", { type: "button", class: "sheet-mark", "data-m": code, "data-code": code,
    title: `将选中区域填为“${reader.word(code)}”（键盘直接按 ${code}）`, onclick: () => fill(code) }, element("b", {}, code), ` ${reader.word(code)}`)),
  element("button", { type: "button", class: "sheet-mark", "data-code": GAP, title: "清空选中区域（Delete）", onclick: () => fill(GAP) }, "清空"));
}
