/** Enables push in this browser, on a user's page. */
const panel = () => document.querySelector("[data-push]");
const supported = () =>
  "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
/** Subscriptions of an earlier key receive nothing. */
const hasKey = ({ options }, key) =>
  !options.applicationServerKey || encode(options.applicationServerKey) === key;

function encode(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Returns the name of this device: `Firefox on Android`. */
function deviceName() {
  const agent = navigator.userAgent;
  const named = (names) => names.find(([part]) => agent.includes(part))?.[1];
  const browser = named([
    ["Edg", "Edge"],
    ["OPR/", "Opera"],
    ["SamsungBrowser", "Samsung Internet"],
    ["Firefox/", "Firefox"],
    ["Chrome/", "Chrome"],
    ["Safari/", "Safari"],
  ]);
  const system = named([
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Android", "Android"],
    ["Windows", "Windows"],
    ["Mac OS", "Mac"],
    ["CrOS", "ChromeOS"],
    ["Linux", "Linux"],
  ]);
  return [browser ?? "Browser", system && `on ${system}`].filter(Boolean).join(" ");
}

function say(text) {
  const status = panel()?.querySelector("[data-push-status]");
  if (status) status.textContent = text;
}

async function subscribe(key) {
  const worker = await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  const known = await worker.pushManager.getSubscription();
  if (known && !hasKey(known, key)) await known.unsubscribe();
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-push-enable]");
  if (!button) return;
  const form = button.closest("form");
  button.disabled = true;
  try {
    // Browsers ask only in response to a click.
    if ((await Notification.requestPermission()) !== "granted")
      return say(
        "Notifications are blocked. Allow them for this site in the browser's settings, then try again.",
      );
    say("Subscribing…");
    const subscription = await subscribe(panel().dataset.push);
    form.elements.subscription.value = JSON.stringify({ ...subscription.toJSON(), name: deviceName() });
    say("");
    form.requestSubmit(form.querySelector("[data-push-save]"));
  } catch (error) {
    say(`This browser could not subscribe: ${error.message}`);
  } finally {
    button.disabled = false;
  }
});

/** Shows the button where push works. Without it, the hint says what is missing. */
export function showPush() {
  const button = panel()?.querySelector("[data-push-enable]");
  if (!button) return;
  button.hidden = !supported();
  if (supported()) say("");
}

showPush();
