/* The dialog #trace: where a shown value comes from, or what a clause says. A link inside it goes one
   deeper; 返回 goes back to the value before. Esc and 关闭 give the focus back to what opened it. */

import { element } from "./dialogs.js";

const path = [];

function show(url) {
  const dialog = document.getElementById("trace");
  document.getElementById("trace-body").textContent = "正在取数…";
  dialog.querySelector("[data-trace-back]").hidden = path.length < 2;
  window.htmx.ajax("GET", url, { target: "#trace-body", swap: "innerHTML" }).then(() => { dialog.scrollTop = 0; });
}

/* Opens the address of a link (a.trace or a.clause), or goes one deeper where the dialog is open. */
export function traceOpen(link) {
  const dialog = document.getElementById("trace");
  const url = link.getAttribute("href");
  if (!dialog.open) {
    path.length = 0;
    dialog.showModal();
  } else document.getElementById("trace-title").focus();
  path.push(url);
  show(url);
}

export function traceBack() {
  path.pop();
  document.getElementById("trace-title").focus();
  show(path.at(-1));
}

/* The same markup as the template tags `traced` and `clause` make. */
export function traced(href, steps, words, attributes = {}) {
  return element("a", { href, "data-shows": steps, ...attributes, class: `trace ${attributes.class ?? ""}`.trim() }, words);
}

export function clause(id) {
  return element("a", { class: "clause", href: `/rules/clause/${id}/` }, id);
}
