/* What people type or paste into a day, read as a mark. Pure: no page, no network.

   A mark is one letter: the codes of data.json's `marks` (with their words and one-character
   signs), "v" (in the village by day, not overnight, only where nights count), "." (no entry)
   and "-" (not in post). */

export const GAP = ".";
export const OUT = "-";

const ALIASES = {
  V: ["在村", "驻村", "在岗", "在", "√", "✓", "✔"],
  v: ["在村未住", "未住村", "未住", "日间在村"],
  T: ["公差", "出差", "差"],
  M: ["会议", "开会", "会"],
  N: ["培训", "培"],
  P: ["联系项目", "联系", "项目", "联"],
  O: ["其他公务", "公务", "其他", "务"],
  S: ["抽调", "借调", "调"],
  L: ["请假", "休假", "假"],
  R: ["休息", "轮休", "休"],
  A: ["脱岗", "缺岗", "脱"],
  D: ["单位抽回", "抽回", "单位", "单", "回"],
};

/* Full-width letters become plain ones; every kind of blank and invisible character goes. */
export function normalise(text) {
  return String(text ?? "").normalize("NFKC").replace(/[\u200b-\u200f\u2060\ufeff]/g, "").replace(/\s+/g, " ").trim();
}

export function makeReader(marks, nights) {
  const words = new Map();
  const allowed = new Map(marks.map((mark) => [mark.code, mark.word]));
  for (const [code, aliases] of Object.entries(ALIASES)) {
    if (!allowed.has(code.toUpperCase()) || (code === "v" && !nights)) continue;
    for (const alias of aliases) words.set(alias, code);
  }
  for (const mark of marks) words.set(mark.sign, mark.code).set(mark.word, mark.code);

  /* Part of one word of this regulation and of no other: "开会" for "外出开会". */
  function partly(token) {
    const found = token.length > 1 ? marks.filter((mark) => mark.word.includes(token)) : [];
    return found.length === 1 ? found[0].code : null;
  }

  function known(token) {
    if (words.has(token)) return words.get(token);
    if (partly(token)) return partly(token);
    if (token === "v" && nights && allowed.has("V")) return "v";
    return allowed.has(token.toUpperCase()) ? token.toUpperCase() : null;
  }

  /* {code} for one mark, {error, two} for anything else; `two` when a cell names two marks. */
  function read(raw) {
    const text = normalise(raw);
    if (text === "" || text === GAP) return { code: GAP };
    if (/^[-—–]+$/.test(text)) return { code: OUT };
    const code = known(text.replace(/ /g, "")) ?? known(text);
    if (code) return { code };
    const tokens = text.split(/[\s,，、;；/|+和]+/).filter(Boolean);
    if (tokens.length > 1 && tokens.every(known)) {
      return { two: true, error: `一天只能登记一项，这里写了 ${tokens.length} 项：“${text}”` };
    }
    return { error: `“${text.slice(0, 12)}”不是登记项目，请填字母代码，或“${marks.map((mark) => mark.word).join("、")}”之一` };
  }

  function word(code) {
    if (code === GAP) return "未登记";
    if (code === OUT) return "不在派驻期";
    if (code === "v") return `${allowed.get("V")}（未住村）`;
    return allowed.get(code) ?? code;
  }

  return { read, word, nights };
}

/* Text shown in a cell for a mark. */
export function shown(code) {
  return code === GAP ? "" : code;
}
