/* Small modal dialogs on the native <dialog>: focus stays inside, Esc answers "no". */

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/* Shows `content` with one button per choice [value, words, class]; resolves to the value pressed, or
   null on Esc. The title has the focus: a key meant for the page behind must not press a button. */
export function choose(title, content, choices, attributes = {}) {
  return new Promise((resolve) => {
    const foot = element("div", { class: "dialog-foot" });
    const dialog = element("dialog", { ...attributes, "aria-label": title },
      element("div", { class: "dialog-head" }, element("h2", { tabindex: "-1", autofocus: true }, title)), ...[content].flat(), foot);
    let answer = null;
    for (const [value, words, style] of choices) {
      foot.append(element("button", { type: "button", class: `btn ${style}`, "data-choice": value,
        onclick: () => { answer = value; dialog.close(); } }, words));
    }
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/* Asks one question; true when the person agrees. */
export async function ask(question, agree) {
  const answer = await choose("请确认", element("p", {}, question),
    [["no", "取消", "btn-light"], ["yes", agree, "btn-primary"]], { "data-testid": "confirm" });
  return answer === "yes";
}
