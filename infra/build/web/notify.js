import { playSound, showSound, sounds } from "./sound.js";

/** Browser notifications of new incidents. Off by default; the choice is kept in this browser. */
const allowed = () => globalThis.Notification?.permission === "granted";
/** Returns true if a hidden page is refreshed too. */
export const listens = () => notifies() || sounds();
const notifies = () => localStorage.notifications === "on" && allowed() && Boolean(button());
const button = () => document.querySelector("[data-notify]");

const known = new Set();
const unseen = () => [...document.querySelectorAll("[data-row].open")].filter(({ id }) => !known.has(id));
const remember = (rows) => {
  for (const { id } of rows) known.add(id);
};

/** Shows a notification for each open incident that is new on the page. */
export function notify() {
  show();
  const fresh = unseen();
  remember(fresh);
  if (fresh.length > 0 && sounds()) playSound();
  if (!notifies()) return;
  for (const row of fresh) {
    const link = row.querySelector("a");
    const notification = new Notification(link.textContent, {
      tag: row.id,
      body: row.querySelector(".about")?.textContent,
    });
    notification.onclick = () => {
      globalThis.focus();
      location.assign(link.href);
    };
  }
}

function show() {
  showSound();
  const toggle = button();
  if (!toggle) return;
  toggle.hidden = !globalThis.Notification;
  toggle.setAttribute("aria-pressed", String(notifies()));
  toggle.textContent = notifies() ? "Notifying in this tab" : "Notify me in this tab";
}

document.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-notify]")) return;
  const on = notifies();
  if (!on) await Notification.requestPermission();
  localStorage.notifications = on ? "off" : "on";
  show();
});

remember(unseen());
show();
