/** What makes pages quicker to use. Everything works without it. */
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";
import { notifies, notify } from "./notify.js";

htmx.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph:outerHTML",
  handleSwap: (style, target, fragment) =>
    style === "morph:outerHTML" && Idiomorph.morph(target, fragment.children, { morphStyle: "outerHTML" }),
});

const main = () => document.getElementById("main");
const byId = (id) => document.getElementById(id);

/** What somebody does to a page, by the attribute that tells of it. */
const kept = {
  open: "details, dialog",
  checked: "input",
  selected: "option",
  value: "textarea, input:not([type=hidden], [type=checkbox], [type=radio])",
};
// News must not take away what somebody has typed, selected or unfolded; what they sent is cleared below.
Object.assign(Idiomorph.defaults, { restoreFocus: true });
Object.assign(Idiomorph.defaults.callbacks, {
  beforeAttributeUpdated: (name, element) => !kept[name] || !element.matches(kept[name]),
  beforeNodeMorphed: (old, fresh) => !(old.id === "flash" && !fresh.textContent?.trim()),
});

document.documentElement.classList.add("script");

// Live: an open page asks for its content again while somebody looks at it.
let failures = 0;
let nextAt = Date.now();
setInterval(() => {
  const every = Number(main()?.dataset.every ?? 0) * 1_000;
  if (every === 0 || (document.hidden && !notifies()) || Date.now() < nextAt) return;
  nextAt = Date.now() + every * Math.min(2 ** failures, 6);
  htmx.trigger(main(), "refresh");
}, 500);
nextAt += Number(main()?.dataset.every ?? 0) * 1_000;
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) nextAt = 0;
});

function fail() {
  failures += 1;
  const since = main()?.dataset.now?.slice(11, 19);
  show("stale", `Stale since ${since} UTC: the platform does not answer. Trying again.`);
}

function show(id, text) {
  const notice = byId(id);
  if (!notice || notice.textContent === text) return;
  notice.textContent = text;
  notice.hidden = text === "";
}

const isNews = (event) => event.detail.requestConfig?.verb === "get";

// What was asked before an answer was given knows nothing of it.
let answers = 0;
document.addEventListener("htmx:beforeSend", (event) => {
  if (!isNews(event)) answers += 1;
  event.detail.xhr.answersBefore = answers;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (isNews(event) && event.detail.xhr.answersBefore !== answers) event.detail.shouldSwap = false;
  if (isRefused(event)) event.detail.shouldSwap = true;
});

/** Of a form that has faults the page comes back with them marked, what somebody has typed stays. */
const isRefused = ({ detail: { xhr } }) => xhr.status === 422 && xhr.responseText.startsWith("<title>");

for (const trouble of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(trouble, (event) => {
    if (isNews(event)) fail();
    else tell("Nothing was done: the platform does not answer. Try it again.");
  });
}
document.addEventListener("htmx:responseError", (event) => {
  if (isRefused(event)) return document.querySelector("[aria-invalid]")?.focus();
  if (isNews(event)) return fail();
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const texts = [...page.querySelectorAll("main h1, main h1 + p, main ul bdi")].map(
    (each) => each.textContent,
  );
  tell(texts.join(" – ") || "Nothing was done.");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  failures = 0;
  show("stale", "");
  if (isNews(event)) return;
  event.target.closest?.("form")?.reset();
  nextAt = Date.now() + 1_500;
  count();
});

function tell(text) {
  const notice = document.createElement("p");
  notice.className = "notice trouble";
  notice.textContent = text;
  byId("flash")?.replaceChildren(notice);
}

// Countdowns go on between two answers, by the server's clock.
let skew = 0;
const takeTime = () => {
  const at = Date.parse(main()?.dataset.now ?? "");
  if (at) skew = at - Date.now();
};
takeTime();
document.addEventListener("htmx:afterSwap", () => {
  takeTime();
  count();
  notify();
  // What somebody has pressed may be gone: the keyboard stays where they were.
  if (document.activeElement === document.body) main()?.focus({ preventScroll: true });
});
setInterval(() => {
  for (const time of document.querySelectorAll("[data-countdown]")) {
    const left = Math.round((Date.parse(time.dateTime) - Date.now() - skew) / 1_000);
    time.textContent =
      left <= 0 ? "now" : left < 60 ? `in ${left} s` : `in ${Math.floor(left / 60)} min ${left % 60} s`;
  }
}, 1_000);

// Selecting and moving through rows.
const rows = () => [...document.querySelectorAll("[data-row]")];
const boxOf = (row) => row?.querySelector("input[type=checkbox]");
function count() {
  const selected = document.querySelectorAll("[data-row] input:checked").length;
  for (const output of document.querySelectorAll("[data-selected]")) output.textContent = selected;
}
document.addEventListener("change", count);
count();

function move(step) {
  const all = rows();
  const at = all.indexOf(document.activeElement?.closest("[data-row]"));
  const to = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
  to?.querySelector("a")?.focus();
  to?.scrollIntoView({ block: "nearest" });
}

function toggle() {
  const box = boxOf(document.activeElement?.closest("[data-row]"));
  if (!box) return;
  box.checked = !box.checked;
  count();
}

function answer(value) {
  const button = document.querySelector(`#answers button[value=${value}]`);
  if (!button) return;
  const focused = boxOf(document.activeElement?.closest("[data-row]"));
  if (rows().length > 0 && !document.querySelector("[data-row] input:checked")) {
    if (!focused) return;
    focused.checked = true;
  }
  button.click();
}

const search = () => byId("text") ?? document.querySelector("input[type=search]");
const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: toggle,
  a: () => answer("acknowledge"),
  r: () => answer("resolve"),
  "/": () => (search() ? search().focus() : location.assign("/incidents#text")),
  "?": () => byId("shortcuts")?.showModal(),
};
document.addEventListener("keydown", (event) => {
  // WCAG 2.1.4: who dictates can switch them off.
  if (localStorage.shortcuts === "off" && event.key !== "?") return;
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-shortcuts]")) byId("shortcuts")?.showModal();
  const copy = event.target.closest("[data-copy]");
  if (!copy) return;
  await navigator.clipboard.writeText(byId(copy.dataset.copy).textContent);
  copy.textContent = "Copied";
});
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-shortcuts-on]")) localStorage.shortcuts = target.checked ? "on" : "off";
});
const shortcutsOn = document.querySelector("[data-shortcuts-on]");
if (shortcutsOn) shortcutsOn.checked = localStorage.shortcuts !== "off";

// Where a time zone is asked for, the browser's own is at hand.
document.addEventListener("focusin", ({ target: { list } }) => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (list?.id !== "timezones" || [...list.options].some(({ value }) => value === own)) return;
  list.append(new Option(own, own));
});

if (location.hash === "#text") search()?.focus();
