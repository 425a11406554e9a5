/* Figures of days, and year-to-date figures, beside a name. A regulation may name many measures of which each person has
   one or two: measures that nobody has together share a column, so that the sheet stays narrow. */

import { traced } from "../trace.js";

const STATES = ["不适用", "已达到", "进行中", "已无法达到", "未达到", "仅列示，不作判断"];
const SIGNS = ["", "", "", "!", "✕", ""];
const NARROW = 66;
const WIDE = 104;

/* -> [{title, width, indices, mixed}] */
export function measureColumns(data) {
  const columns = [];
  (data.measures ?? []).forEach((measure, index) => {
    const people = new Set(data.rows.filter((row) => row.ytd?.[index]).map((row) => row.p));
    if (!people.size) return;
    const free = columns.find((column) => [...people].every((p) => !column.people.has(p)));
    if (free) {
      free.indices.push(index);
      people.forEach((p) => free.people.add(p));
    } else columns.push({ indices: [index], people });
  });
  return columns.map(({ indices }) => {
    const shorts = [...new Set(indices.map((index) => data.measures[index].short))];
    const mixed = shorts.length > 1;
    return { indices, mixed, title: mixed ? "在岗要求" : shorts[0], width: mixed ? WIDE : NARROW,
      words: indices.map((index) => `${data.measures[index].label}（${data.measures[index].clause}）`).join("、") };
  });
}

function link(data, server, index, traceUrl, mixed) {
  const measure = data.measures[index];
  const [done, due, state] = server.ytd[index];
  const words = `${measure.label}：已 ${done}，${measure.limit ? "不得超过" : "规定"} ${due} ${measure.unit}，${STATES[state]}（${measure.clause}）`;
  return traced(`${traceUrl}${server.p}/${data.month}/${measure.i}/`, "done due",
    `${mixed ? `${measure.short} ` : ""}${SIGNS[state] ?? ""}${done}/${due}`,
    { class: "sheet-measure", tabindex: "-1", "data-state": state, "data-measure": measure.i, title: words, "aria-label": `${server.name} ${words}，打开来历` });
}

/* The link of one figure of days of a row: `what` is a category, or a name of DAY_WORDS (apps/ledgers/traces.py). */
export function daysLink(data, server, what, traceUrl, text, words) {
  return traced(`${traceUrl}${server.p}/${data.month}/${what}/`, "done", text, { tabindex: "-1", title: words, "aria-label": `${server.name} ${words}，打开来历` });
}

export function paintMeasures(td, column, data, server, traceUrl) {
  td.replaceChildren(...column.indices.filter((index) => server.ytd?.[index])
    .map((index) => link(data, server, index, traceUrl, column.mixed)));
}
