/* Sends changed cells: 800 ms after the last change or at once, one request at a time. What is
   not confirmed stays in the page and in sessionStorage (posting, day and letter only), and is
   sent again after a lost connection or a reload. Sending a cell twice is harmless. */

const QUIET_MS = 800;
const TIMEOUT_MS = 30000;
const FIRST_WAIT_S = 2;
const LONGEST_WAIT_S = 60;

/* crypto.randomUUID exists on https only; intranets often have plain http. */
function requestKey() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = [...b].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/* After a new login in another window the page's token is stale: take one from a fresh copy of the page. */
async function renewToken() {
  const response = await fetch(window.location.href, { credentials: "same-origin" });
  if (!response.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!fresh) return;
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = fresh;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
}

export function makeStore(name) {
  return {
    read() {
      try { return JSON.parse(sessionStorage.getItem(name)) ?? {}; } catch (error) { if (error instanceof SyntaxError) return {}; throw error; }
    },
    write(cells) {
      if (Object.keys(cells).length) sessionStorage.setItem(name, JSON.stringify(cells));
      else sessionStorage.removeItem(name);
    },
  };
}

/* One POST; resolves to {rows,errors,conflicts}, or to {trouble, message}. */
async function post(url, body, renew) {
  let response;
  let text;
  try {
    if (renew) await renewToken();
    response = await fetch(url, {
      method: "POST", body, credentials: "same-origin", signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
    });
    text = await response.text();
  } catch (error) {
    if (error instanceof TypeError || error.name === "TimeoutError" || error.name === "AbortError") return { trouble: "offline" };
    throw error;
  }
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  if (response.redirected || response.status === 401) return { trouble: "signed_out" };
  if (response.status >= 500 || response.status === 429) return { trouble: "offline" };
  if (!isJson) return { trouble: response.status === 403 ? "signed_out" : "refused", message: "服务器的答复无法识别，请刷新页面。" };
  const answer = JSON.parse(text);
  return response.ok ? answer : { trouble: "refused", message: answer.error?.message ?? "服务器没有接受这次保存。" };
}

/* `report(state)` hears {kind: saved|waiting|saving|offline|signed_out|refused, unsaved, wait, message};
   `took(rows, answer)` hears the row indices that an answer changed. */
export function makeSaver({ sheet, url, store, report, took }) {
  let timer = null;
  let running = null;
  let wait = FIRST_WAIT_S;
  let last = { body: "", key: "" };
  let signedOut = false;

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(flush, ms);
  }

  function failed({ trouble, message }) {
    sheet.sent = new Map();
    report({ kind: trouble, unsaved: sheet.unsaved, message, wait });
    if (trouble !== "offline") return;
    later(wait * 1000);
    wait = Math.min(wait * 2, LONGEST_WAIT_S);
  }

  async function send() {
    const rows = sheet.collect();
    if (!rows) return report({ kind: "saved", unsaved: 0 });
    const body = JSON.stringify(rows);
    if (body !== last.body) last = { body, key: requestKey() };
    report({ kind: "saving", unsaved: sheet.unsaved });
    const answer = await post(url, `{"key":"${last.key}","rows":${body}}`, signedOut);
    signedOut = answer.trouble === "signed_out";
    if (answer.trouble) return failed(answer);
    wait = FIRST_WAIT_S;
    last = { body: "", key: "" };
    took(sheet.answer(answer), answer);
    store.write(sheet.kept());
    report({ kind: sheet.unsaved ? "waiting" : "saved", unsaved: sheet.unsaved });
    if (sheet.unsaved) later(QUIET_MS);
    return undefined;
  }

  async function flush() {
    clearTimeout(timer);
    const waited = Boolean(running);
    while (running) await running;
    if (waited && !sheet.unsaved) return;
    clearTimeout(timer);
    running = send().finally(() => { running = null; });
    await running;
  }

  function touch() {
    store.write(sheet.kept());
    if (!running) report({ kind: sheet.unsaved ? "waiting" : "saved", unsaved: sheet.unsaved });
    if (sheet.unsaved) later(QUIET_MS);
  }

  window.addEventListener("online", () => { if (sheet.unsaved) { wait = FIRST_WAIT_S; flush(); } });
  document.addEventListener("visibilitychange", () => { if (document.hidden && sheet.unsaved) flush(); });
  window.addEventListener("beforeunload", (event) => {
    if (sheet.unsaved || sheet.refusedCells) event.preventDefault();
  });
  return { touch, flush };
}
