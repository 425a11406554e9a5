/* Year-to-date figures beside a name. A regulation may name many measures of which each person has
   one or two: measures that nobody has together share a column, so that the sheet stays narrow. */

import { element } from "../dialogs.js";

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
  return element("a", { href: `${traceUrl}${server.p}/${data.month}/${measure.i}/`, class: "sheet-measure", tabindex: "-1",
    "data-state": state, "data-measure": measure.i, title: words, "aria-label": `${server.name} ${words}，打开来历` },
  `${mixed ? `${measure.short} ` : ""}${SIGNS[state] ?? ""}${done}/${due}`);
}

export function paintMeasures(td, column, data, server, traceUrl) {
  td.replaceChildren(...column.indices.filter((index) => server.ytd?.[index])
    .map((index) => link(data, server, index, traceUrl, column.mixed)));
}
