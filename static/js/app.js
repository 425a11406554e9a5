/* Behaviour that every page shares. Pages opt in by attributes:

   data-nav-toggle            opens the left navigation on narrow screens
   form[data-confirm="…"]     asks once before it is sent
   [data-busy="…"]            a form, or a link that fetches a part: says so while the answer is awaited
   [data-dialog-open="id"]    opens <dialog id>; [data-dialog-close] closes the one around it
   [data-print]               prints
   a.trace, a.clause          the page behind it appears in the dialog #trace; without script, and with
                              Ctrl, Shift or the middle button, it is a page of its own */

import { ask } from "./dialogs.js";
import { traceBack, traceOpen } from "./trace.js";

const TRACE = "trace-body";

function note(text, tone) {
  const box = document.getElementById("messages");
  if (!box) return;
  const line = document.createElement("div");
  line.className = `notice is-${tone}`;
  line.textContent = text;
  box.replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
}

function failure(xhr) {
  if (!xhr || xhr.status === 0) return "网络中断，操作没有完成。请检查网络后再试一次。";
  if (xhr.status === 403) return "您当前的岗位不能办理这件事，什么都没有改动。";
  if (xhr.status === 404) return "没有找到，可能已被移走或不在您的管理范围内。";
  if (xhr.status >= 500) return "系统出错，这一步没有完成。请稍后再试。";
  return "操作没有完成，请刷新页面后再试一次。";
}

function showFailure(event) {
  const text = failure(event.detail.xhr);
  if (event.detail.target?.id === TRACE) event.detail.target.textContent = text;
  else note(text, "bad");
}

function toggleNav(button) {
  const open = document.getElementById("nav").classList.toggle("is-open");
  button.setAttribute("aria-expanded", String(open));
}

function onClick(event) {
  const hit = (name) => event.target.closest(`[${name}]`);
  const menu = hit("data-nav-toggle");
  if (menu) return toggleNav(menu);
  if (hit("data-print")) return window.print();
  if (hit("data-trace-back")) return traceBack();
  if (hit("data-dialog-close")) return event.target.closest("dialog")?.close();
  const opener = hit("data-dialog-open");
  if (opener) return document.getElementById(opener.dataset.dialogOpen)?.showModal();
  const link = event.target.closest("a.trace, a.clause");
  if (link && document.getElementById("trace") && !event.defaultPrevented && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    traceOpen(link);
  }
  return undefined;
}

async function onSubmit(event) {
  const form = event.target.closest("form[data-confirm]");
  if (!form || form.dataset.confirmed) return;
  event.preventDefault();
  const button = event.submitter;
  if (!(await ask(form.dataset.confirm, button?.textContent?.trim() || "确定"))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(button ?? undefined);
}

/* What takes longer than a moment says that it has begun; its button cannot be pressed twice. */
function onBusy(event) {
  const form = event.target.closest("form[data-busy]");
  if (!form || event.defaultPrevented) return;
  note(form.dataset.busy, "info");
  setTimeout(() => event.submitter?.setAttribute("disabled", ""));
}

function onFetch(event) {
  const text = event.target.dataset?.busy;
  if (text) note(text, "info");
}

function onFetched(event) {
  if (event.target.dataset?.busy && event.detail.successful) document.getElementById("messages")?.replaceChildren();
}

/* Back to a page that was left busy: it is as before. */
function onShow(event) {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("form[data-busy] button[disabled]")) button.removeAttribute("disabled");
}

document.documentElement.classList.add("script");
document.addEventListener("click", onClick);
document.addEventListener("submit", onSubmit);
document.addEventListener("submit", onBusy);
document.addEventListener("htmx:beforeRequest", onFetch);
document.addEventListener("htmx:afterRequest", onFetched);
window.addEventListener("pageshow", onShow);
document.addEventListener("htmx:responseError", showFailure);
document.addEventListener("htmx:sendError", showFailure);
document.addEventListener("htmx:timeout", showFailure);
