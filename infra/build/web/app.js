/** Live updates, keyboard shortcuts and copy buttons. Every page works without this script. */
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";
import { showBadge } from "./badge.js";
import { closeAround } from "./menus.js";
import { listens, notify } from "./notify.js";
import { showPush } from "./push.js";
import { showResult } from "./result.js";
import { countSelected, move, respond, toggle } from "./rows.js";

htmx.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph:outerHTML",
  handleSwap: (style, target, fragment) =>
    style === "morph:outerHTML" && Idiomorph.morph(target, fragment.children, { morphStyle: "outerHTML" }),
});

const main = () => document.getElementById("main");
const byId = (id) => document.getElementById(id);

/** State that a person changes, by attribute. */
const kept = {
  open: "details, dialog",
  checked: "input",
  selected: "option",
  value: "textarea, input:not([type=hidden], [type=checkbox], [type=radio])",
};
// A refresh keeps what was typed, selected or unfolded. Submitted forms are reset below.
Object.assign(Idiomorph.defaults, { restoreFocus: true });
Object.assign(Idiomorph.defaults.callbacks, {
  beforeAttributeUpdated: (name, element) => !kept[name] || !element.matches(kept[name]),
  beforeNodeMorphed: (old, fresh) => !(old.id === "flash" && !fresh.textContent?.trim()),
});

document.documentElement.classList.add("script");

// Refreshes an open page while it is visible.
let failures = 0;
let nextAt = Date.now();
setInterval(() => {
  const every = Number(main()?.dataset.every ?? 0) * 1_000;
  if (every === 0 || (document.hidden && !listens()) || Date.now() < nextAt) return;
  nextAt = Date.now() + every * Math.min(2 ** failures, 6);
  htmx.trigger(main(), "refresh");
}, 500);
nextAt += Number(main()?.dataset.every ?? 0) * 1_000;
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) nextAt = 0;
});

// A page that the browser kept is refreshed when one comes back to it.
addEventListener("pageshow", ({ persisted }) => {
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (persisted || isBack) htmx.trigger(main(), "refresh");
});

function fail() {
  failures += 1;
  const since = main()?.dataset.now?.slice(11, 19);
  show("stale", `Last updated at ${since} UTC. The platform is not responding. Retrying.`);
}

function show(id, text) {
  const notice = byId(id);
  if (!notice || notice.textContent === text) return;
  notice.textContent = text;
  notice.hidden = text === "";
}

const isNews = (event) => event.detail.requestConfig?.verb === "get";

// A refresh that overlaps with a form is outdated, and could remove the form before its response.
let forms = 0;
let pending = 0;
document.addEventListener("htmx:beforeSend", (event) => {
  const { xhr } = event.detail;
  if (isNews(event)) {
    xhr.formsBefore = pending === 0 ? forms : undefined;
    return;
  }
  forms += 1;
  pending += 1;
  xhr.addEventListener("loadend", () => {
    pending -= 1;
  });
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const isRefresh = isNews(event) && event.target === main();
  if (isRefresh && event.detail.xhr.formsBefore !== forms) event.detail.shouldSwap = false;
  if (isRejected(event)) event.detail.shouldSwap = true;
});

/** A rejected form: the page has its errors, and the values stay. */
const isRejected = ({ detail: { xhr } }) => xhr.status === 422 && xhr.responseText.startsWith("<title>");

for (const trouble of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(trouble, (event) => {
    if (isNews(event)) fail();
    else showTrouble("The action failed: the platform is not responding. Try again.");
  });
}
document.addEventListener("htmx:responseError", (event) => {
  if (isRejected(event)) return document.querySelector("[aria-invalid]")?.focus();
  if (isNews(event)) return fail();
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const texts = [...page.querySelectorAll("main h1, main h1 + p, main ul bdi")].map(
    (each) => each.textContent,
  );
  showTrouble(texts.join(" – ") || "The action failed.");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  failures = 0;
  show("stale", "");
  if (isNews(event)) return;
  event.target.closest?.("form")?.reset();
  closeAround(event.target);
  nextAt = Date.now() + 1_500;
  countSelected();
  showResult();
});

function showTrouble(text) {
  const notice = document.createElement("p");
  notice.className = "notice trouble";
  notice.textContent = text;
  byId("flash")?.replaceChildren(notice);
  showResult();
}

// Counts down between refreshes, by the server's clock.
let skew = 0;
const takeTime = () => {
  const at = Date.parse(main()?.dataset.now ?? "");
  if (at) skew = at - Date.now();
};
takeTime();
document.addEventListener("htmx:afterSwap", () => {
  takeTime();
  countSelected();
  notify();
  showPush();
  // The pressed button may be gone: keeps the focus inside the page.
  if (document.activeElement === document.body) main()?.focus({ preventScroll: true });
});
// The title changes after the swap.
document.addEventListener("htmx:afterSettle", showBadge);
setInterval(() => {
  for (const time of document.querySelectorAll("[data-countdown]")) {
    const left = Math.round((Date.parse(time.dateTime) - Date.now() - skew) / 1_000);
    time.textContent =
      left <= 0 ? "now" : left < 60 ? `in ${left}s` : `in ${Math.floor(left / 60)}m ${left % 60}s`;
  }
}, 1_000);

document.addEventListener("change", countSelected);
countSelected();

function search() {
  byId("search")?.showModal();
  byId("search-text")?.select();
}
const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: toggle,
  a: () => respond("acknowledge"),
  r: () => respond("resolve"),
  "/": search,
  "?": () => byId("shortcuts")?.showModal(),
};
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k" && byId("search")) {
    event.preventDefault();
    return search();
  }
  // WCAG 2.1.4: shortcuts can be turned off.
  if (localStorage.shortcuts === "off" && event.key !== "?") return;
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-shortcuts]")) byId("shortcuts")?.showModal();
  if (event.target.closest("[data-search]") && !event.ctrlKey && !event.metaKey && byId("search")) {
    event.preventDefault();
    search();
  }
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

// Shows times in the browser's time zone, unless another one was chosen.
if (!document.body.dataset.timezone) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isSecure = location.protocol === "https:";
  const name = `${isSecure ? "__Host-" : ""}tz`;
  const life = `Max-Age=31536000; Path=/; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  // biome-ignore lint/suspicious/noDocumentCookie: not every supported browser has the Cookie Store API.
  document.cookie = `${name}=${encodeURIComponent(zone)}; ${life}`;
  const isKept = document.cookie.includes(`${name}=`);
  if (isKept && zone !== "UTC")
    document.addEventListener("DOMContentLoaded", () => htmx.trigger(main(), "refresh"));
}

// Suggests the browser's time zone.
document.addEventListener("focusin", ({ target: { list } }) => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!list?.id.endsWith("timezones") || [...list.options].some(({ value }) => value === own)) return;
  list.append(new Option(own, own));
});

// Arrows move between the field and the results of the search.
byId("search")?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [...byId("search").querySelectorAll("input, a")];
  const to = stops.indexOf(document.activeElement) + step;
  stops[Math.min(stops.length - 1, Math.max(0, to))]?.focus();
});
