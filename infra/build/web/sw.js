/** The service worker of the installed app: shows pages that arrive by push. shared/channels/push/content.ts has their form. */

// The build replaces it.
const icon = ICON;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("push", (event) => {
  const { show, close } = event.data?.json() ?? {};
  event.waitUntil(close ? closeNotification(close) : showMessage(show));
});

async function showMessage(message) {
  const { title, body, tag, at, urgent, link, actions, receipt } = message;
  await registration.showNotification(title, {
    body,
    tag,
    icon,
    timestamp: at,
    // The next page of an incident sounds again.
    renotify: true,
    requireInteraction: urgent,
    vibrate: urgent ? [300, 100, 300, 100, 300] : undefined,
    actions: link ? actions : [],
    data: { link, at, title },
  });
  if (!receipt) return;
  await keepReceipt(receipt);
  await post(receipt);
}

/** Receipt of the last message or renewal, which identifies this device when its subscription changes. */
const receiptKey = "/receipt";
const latest = () => caches.open("push");
const keepReceipt = async (receipt) => (await latest()).put(receiptKey, new Response(receipt));

/** Subscribes again when the browser ends a subscription, and notifies the platform. */
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

async function renew({ oldSubscription, newSubscription }) {
  const receipt = await (await latest()).match(receiptKey);
  const options = oldSubscription?.options;
  const renewed = newSubscription ?? (options && (await registration.pushManager.subscribe(options)));
  // Otherwise the push service answers that it is gone, and the person gets an email.
  if (!receipt || !renewed) return;
  const response = await post(await receipt.text(), JSON.stringify({ subscription: renewed }));
  // The old receipt belongs to a device that no longer exists.
  const { receipt: next } = response?.ok ? await response.json() : {};
  if (next) await keepReceipt(next);
}

/** Closes the page of an incident, unless it was sent after the incident was answered. */
async function closeNotification({ tag, at, text }) {
  const open = await registration.getNotifications({ tag });
  if (open.some(({ data }) => data.at > at)) return;
  // Browsers end subscriptions whose messages show nothing.
  await registration.showNotification(text, { tag, icon, silent: true, data: { link: null, at } });
  for (const notification of await registration.getNotifications({ tag })) notification.close();
}

addEventListener("notificationclick", (event) => {
  const { action, notification } = event;
  const { link } = notification.data ?? {};
  notification.close();
  event.waitUntil(action && link ? answer(action, notification) : openPage(link ?? "/"));
});

const done = { acknowledge: "Acknowledged", escalate: "Escalated" };

/** Acknowledges or escalates with the link of the message, which needs no session. */
async function answer(action, { tag, data }) {
  const { link, title, at } = data;
  const response = await post(link, new URLSearchParams({ do: action }));
  const isDone = response?.ok;
  await registration.showNotification(
    isDone ? `${done[action]}: ${title}` : `Not ${done[action].toLowerCase()}: ${title}`,
    {
      tag,
      icon,
      silent: isDone,
      renotify: !isDone,
      requireInteraction: !isDone,
      body: isDone ? undefined : await reasonOf(response),
      data: { link, at, title },
    },
  );
}

async function reasonOf(response) {
  if (!response) return "The platform did not respond. Tap to open the incident.";
  return response.status === 409
    ? "The incident's status does not allow this. Tap to open the incident."
    : `The platform answered ${response.status}. Tap to open the incident.`;
}

/** Returns undefined if there is no response. Links are for this platform's own address. */
function post(url, body) {
  const { pathname } = new URL(url);
  return fetch(pathname, { method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer" }).catch(
    () => undefined,
  );
}

async function openPage(url) {
  const { pathname } = new URL(url, location.origin);
  await clients.openWindow(pathname);
}
