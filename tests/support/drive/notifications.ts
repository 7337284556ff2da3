import twilio from "twilio";
import { signAction } from "../../../shared/http/mattermost/action-token.ts";
import { signCall } from "../../../shared/http/tokens/call-token.ts";
import { signReceipt } from "../../../shared/http/tokens/receipt-links.ts";
import { signReply } from "../../../shared/http/tokens/reply-token.ts";
import { notificationQueue } from "../../../shared/queue/queues.ts";
import { siteSecret } from "../functions/site.ts";
import { slackSignature } from "../slack-signature.ts";
import { type Driver, urlOf } from "./driver.ts";
import { email, scheduleOf, team, unassignedIncident } from "./names.ts";

export const slackSecret = "what Slack signs with";
export const telegramSecret = "what_Telegram_sends";
export const twilioToken = "what Twilio signs with";
export const publicUrl = "https://oncall.example.com";

/** Returns the headers of a form that Twilio sends to a path below the public URL. */
export function signedByTwilio(path: string, form: Readonly<Record<string, string>>, token = twilioToken) {
  return {
    "content-type": "application/x-www-form-urlencoded",
    "x-twilio-signature": twilio.getExpectedTwilioSignature(token, publicUrl + path, form),
  };
}

/** Creates a webhook that is notified of the following events. @returns the path parameters of the webhook */
export async function driveWebhook({ send, ask, pump }: Driver) {
  const { id: webhook = "" } = await ask("create-webhook", { params: { team } });
  const params = { team, webhook };
  await send("list-webhooks", { params: { team } });
  await send("get-webhook", { params });
  await send("update-webhook", { params });
  await send("rotate-webhook-secret", { params });
  const ping = await ask("test-webhook", { params });
  await send("list-deliveries", { params });
  await send("get-delivery", { params: { ...params, delivery: ping.id ?? "" } });
  await pump();
  return params;
}

/** Repeats a delivery and deletes the webhook. */
export async function driveWebhookEnd(
  { send }: Driver,
  params: { readonly team: string; readonly webhook: string },
): Promise<void> {
  const list = await send("list-deliveries", { params });
  const { deliveries } = list.json<{ deliveries: { id: string }[] }>();
  await send("replay-delivery", { params: { ...params, delivery: deliveries[0]?.id ?? "" } });
  await send("delete-webhook", { params });
}

/** Pages a person who is paged later than a message can be delayed. */
export async function driveLatePage({ send, pump, wait }: Driver): Promise<void> {
  const name = "late@example.com";
  const contact_methods = [{ id: "here", channel: "console", address: "here" }];
  const notification_rules = [{ contact_method_id: "here", delay_seconds: 1_800 }];
  await send("put-user", {
    params: { email: name },
    body: { name: "Late", contact_methods, notification_rules },
  });
  const rules = [{ targets: [{ type: "user", email: name }], delay_seconds: 3_600 }];
  await send("create-schedule", { body: scheduleOf("late", name) });
  await send("put-policy", { params: { team: "late" }, body: { rules } });
  await send("create-incident", { body: { title: "slow", service: "late", team: "late", severity: "low" } });
  await pump();
  wait(901);
  await pump();
}

/** Leaves a notification in the dead-letter queue that is still to be delivered. */
export async function driveDeadLetter({ send, ask, recorder, sweep, pump }: Driver): Promise<void> {
  const { id = "" } = await ask("create-incident");
  const page = await ask("create-notification", {
    body: { incident_id: id, recipient: email, message: "down" },
  });
  const deadLetters = notificationQueue(recorder.queues.client, urlOf("Notifications-dlq"));
  await deadLetters.send([{ id: page.id ?? "", delaySeconds: 0 }]);
  await sweep("redrive-notifications");
  await send("get-notification", { params: { id: page.id ?? "" } });
  await pump();
}

/** Shows a notification in a browser. */
export async function drivePushReceipt({ send, ask }: Driver): Promise<void> {
  const { id: incident_id } = await ask("create-incident");
  const { id = "" } = await ask("create-notification", {
    body: { incident_id, recipient: email, message: "down" },
  });
  const receipt = { notificationId: id, device: { id: "psh_1", name: "Firefox" } };
  await send("receive-receipt", { params: { token: signReceipt(receipt, siteSecret, Date.now()) } });
}

/** Presses a button, chooses a snooze and sends commands in Slack. */
export async function driveSlack({ send, ask }: Driver): Promise<void> {
  const { id, number } = await ask("create-incident", { body: unassignedIncident });
  const user = { id: "U1", username: "ada" };
  const press = (action: object) =>
    sendForm({
      payload: JSON.stringify({
        ...{ type: "block_actions", user, actions: [action] },
        trigger_id: JSON.stringify(action),
      }),
    });
  const command = (text: string) =>
    sendForm({ command: "/oncall", text, trigger_id: text, user_id: "U1", user_name: email });
  const sendForm = async (form: Record<string, string>) => {
    const body = new URLSearchParams(form).toString();
    await send("receive-slack-action", {
      body,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...slackSignature(slackSecret, body),
      },
    });
  };
  await press({ action_id: "acknowledge", value: id });
  await press({ action_id: "escalate", value: id });
  await press({ action_id: "snooze", selected_option: { value: `morning ${id}` } });
  for (const text of [`who ${team}`, `page ${team} down`, `ack ${number}`, "silence archive 1m"])
    await command(text);
}

/** Links a Telegram account by the code that a user's page shows, and presses buttons. */
export async function driveTelegram({ send, ask }: Driver, page: string): Promise<void> {
  const { id } = await ask("create-incident", { body: unassignedIncident });
  const from = { id: 42 };
  const [, code = ""] = /start=([\w-]+)"/.exec(page) ?? [];
  const headers = { "x-telegram-bot-api-secret-token": telegramSecret };
  const chat = { ...from, type: "private" };
  const pressed = (data: string) => ({ callback_query: { id: "1", from, data } });
  const updates = [
    { message: { from, chat, text: `/start ${code}` } },
    pressed(`acknowledge ${id}`),
    pressed(`escalate ${id}`),
  ];
  for (const [index, update] of updates.entries())
    await send("receive-telegram-update", { headers, body: { update_id: index, ...update } });
}

/** Presses a button below a message in Mattermost. */
export async function driveMattermost({ send, ask }: Driver): Promise<void> {
  const { id } = await ask("create-incident", { body: unassignedIncident });
  for (const action of ["acknowledge", "escalate"]) {
    const token = signAction(`${action} ${id}`, siteSecret, Date.now());
    await send("receive-chat-action", {
      body: { user_id: "u1", user_name: "ada", trigger_id: action, context: { token } },
    });
  }
}

/** Pages a person by text message, who answers it, and reports what became of it. */
export async function driveTexting({ send, ask, pump, wait }: Driver): Promise<void> {
  const [name, number] = ["texting@example.com", "+4915112345678"];
  const contact_methods = [{ id: "phone", channel: "sms", address: number }];
  const post = (endpoint: string, path: string, form: Record<string, string>, params = {}) =>
    send(endpoint, {
      params,
      query: path.split("?")[1] ?? "",
      body: new URLSearchParams(form).toString(),
      headers: signedByTwilio(path, form),
    });
  const text = (Body: string, MessageSid: string) =>
    post("receive-sms", "/twilio/sms", { MessageSid, From: number, Body });
  const answer = (page: string, form: Record<string, string>) => {
    const token = signCall(page, siteSecret, Date.now());
    return post("receive-call", `/twilio/voice/${token}`, form, { token });
  };
  const incident = { title: "slow", service: "texting", team: "texting", severity: "low" };
  const page = async () => {
    const { id = "", number: known = "" } = await ask("create-incident", { body: incident });
    await pump();
    const list = await send("list-notifications", { query: `incident_id=${id}` });
    const [first] = list.json<{ notifications: { id: string }[] }>().notifications;
    return { id: first?.id ?? "", number: known };
  };
  await send("put-user", { params: { email: name }, body: { name: "Texting", contact_methods } });
  await send("create-schedule", { body: scheduleOf("texting", name) });
  const texted = await page();
  const report = { MessageSid: "SM1", MessageStatus: "undelivered" };
  await post("receive-delivery-report", `/twilio/status?id=${texted.id}`, report);
  await text("who", "SM2");
  await text(`esc ${texted.number}`, "SM3");
  await text("ack", "SM4");
  await text("STOP", "SM5");
  await text("START", "SM6");
  // Later than pages are bundled.
  wait(61);
  const machine = await page();
  await answer(machine.id, { CallSid: "CA1", AnsweredBy: "machine_start" });
  const human = { CallSid: "CA2", AnsweredBy: "human" };
  await answer(texted.id, human);
  await answer(texted.id, { ...human, Digits: "9" });
  await answer(texted.id, { ...human, Digits: "6" });
  await send("put-user", { params: { email: name }, body: { name: "Texting", contact_methods: [] } });
  await pump();
}

/** Answers an email about an incident with commands. */
export async function driveEmailReply({ send, ask }: Driver): Promise<void> {
  const { id: incident_id, number } = await ask("create-incident", { body: unassignedIncident });
  const { id: notification = "" } = await ask("create-notification", {
    body: { incident_id, recipient: email, message: "down" },
  });
  const replies_to = [`<${signReply(notification, siteSecret)}@in.example.com>`];
  const sender = "ada@example.com";
  for (const text of [`ack ${number}\nlooking`, "who", `esc ${number}`, "thanks", `res ${number}`])
    await send("receive-email-reply", { body: { sender, text, message_id: `<${text}@x>`, replies_to } });
}

/** Posts what SNS has not signed. */
export async function driveSesEmail({ send }: Driver): Promise<void> {
  await send("receive-ses-email", { body: {}, status: 422 });
}
