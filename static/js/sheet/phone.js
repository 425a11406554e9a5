/* The sheet on a narrow screen: people one below the other, each opens to a month calendar; a day
   opens the marks to choose from. Writes through the same model and saver as the grid. */

import { choose, element } from "../dialogs.js";
import { GAP, shown } from "./marks.js";
import { daysLink } from "./measures.js";

const WEEK = ["一", "二", "三", "四", "五", "六", "日"];

export function makePhone({ root, sheet, traceUrl, changed, say }) {
  const { data, reader } = sheet;
  const cards = [];

  function dayButton(y, day) {
    const button = element("button", { type: "button", "data-x": 3 + day, "data-y": y, onclick: () => pick(y, day) });
    button.dataset.kind = data.days[day - 1].kind;
    return button;
  }

  function paintDay(y, day) {
    const row = sheet.rows[y];
    const button = cards[y].days[day - 1];
    const text = row.text[day - 1];
    const wrong = row.wrong.get(day);
    button.replaceChildren(element("small", {}, String(day)), element("b", {}, text || "·"));
    button.dataset.m = wrong ? "" : text || GAP;
    button.dataset.note = wrong ? "wrong" : row.conflicts.has(day) ? "conflict" : (row.server.f ?? []).find((finding) => finding.day === day)?.severity ?? "";
    button.classList.toggle("is-locked", Boolean(row.lock[day - 1]));
    button.classList.toggle("is-pending", row.pending.has(day));
    button.setAttribute("aria-label", `${sheet.name(y, day)} ${wrong ? text : reader.word(text || GAP)}${row.lock[day - 1] ? `，已锁定：${row.lock[day - 1]}` : ""}`);
  }

  function paintRow(y) {
    const { counts, sum, posted, occasional } = sheet.totals(y);
    const card = cards[y];
    const { server } = sheet.rows[y];
    card.line.replaceChildren(...data.marks.filter((mark) => counts[mark.code]).flatMap((mark) => [daysLink(data, server, mark.category, traceUrl,
      `${mark.word}${counts[mark.code]}`, `${mark.word} ${counts[mark.code]} 天`), " "]));
    const whole = occasional || sum === posted;
    const [what, text] = whole ? [occasional ? "entered" : "posted", `${sum}天${occasional ? "" : " ✓"}`] : ["empty", `缺 ${posted - sum} 天`];
    card.equation.replaceChildren(daysLink(data, server, what, traceUrl, text, text));
    card.equation.className = `state ${whole ? "is-done" : "is-warn"}`;
    if (card.days) for (let day = 1; day <= sheet.days; day += 1) paintDay(y, day);
  }

  async function pick(y, day) {
    const row = sheet.rows[y];
    if (row.lock[day - 1]) return say(`${sheet.name(y, day)} 已锁定：${row.lock[day - 1]}`, "warn");
    const codes = data.marks.flatMap((mark) => (mark.code === "V" && data.nights ? ["V", "v"] : [mark.code]));
    const date = data.days[day - 1];
    const answer = await choose(`${sheet.name(y, day)} 周${date.w}${date.name ? ` ${date.name}` : ""}`,
      [row.wrong.get(day) ? element("p", { class: "field-error" }, row.wrong.get(day).message) : null,
        element("p", {}, `现在：${reader.word(row.text[day - 1] || GAP)}`)].filter(Boolean),
      [...codes.map((code) => [code, `${code} ${reader.word(code)}`, "btn-light"]), [GAP, "清空", "btn-light"], ["", "不改", "btn-link"]], { class: "phone-pick", "data-testid": "phone-pick" });
    if (!answer) return undefined;
    sheet.edit(y, day, shown(answer));
    paintRow(y);
    return changed(new Set([y]));
  }

  function open(y) {
    const card = cards[y];
    if (card.days) return;
    card.days = Array.from({ length: sheet.days }, (_, i) => dayButton(y, i + 1));
    const lead = WEEK.indexOf(data.days[0].w);
    card.body.append(element("div", { class: "phone-month" }, ...WEEK.map((w) => element("span", { "aria-hidden": "true" }, w)),
      ...Array.from({ length: lead }, () => element("span", {})), ...card.days));
    for (let day = 1; day <= sheet.days; day += 1) paintDay(y, day);
  }

  function cardOf(row, y) {
    const line = element("span", { class: "phone-line" });
    const equation = element("span", { class: "state" });
    const body = element("div", {});
    const details = element("details", { class: "phone-person", "data-testid": "phone-person", ontoggle: () => details.open && open(y) },
      element("summary", {}, element("b", {}, row.server.name), ` ${row.server.village} · ${row.server.roles} `, equation, line), body);
    cards[y] = { details, line, equation, body, days: null };
    return details;
  }

  root.replaceChildren(element("div", { class: "phone-sheet" }, ...sheet.rows.map(cardOf)));
  sheet.rows.forEach((_, y) => paintRow(y));
  return { paintRow,
    paintAll: () => sheet.rows.forEach((_, y) => paintRow(y)),
    select(y, day) {
      cards[y].details.open = true;
      open(y);
      (day ? cards[y].days[day - 1] : cards[y].details.querySelector("summary")).focus();
    } };
}
