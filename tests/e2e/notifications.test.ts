/** Pages through real servers, and the answers that come back from them. */
import nodemailer from "nodemailer";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "../../infra/api-client.ts";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { createIntegrationContract } from "../../shared/contracts/integrations/create-integration.ts";
import { getProofContract } from "../../shared/contracts/notifications/get-proof.ts";
import { listNotificationsContract } from "../../shared/contracts/notifications/list-notifications.ts";
import { listReadinessContract } from "../../shared/contracts/oncall/readiness/list-readiness.ts";
import { freePorts, startPlatform, type TestPlatform, waitFor } from "../support/platform/platform.ts";
import {
  type MailServer,
  type ProviderServer,
  startMailServer,
  startProvider,
} from "../support/platform/provider-server.ts";
import { slackSignature } from "../support/slack-signature.ts";
import { post } from "./platform-user.ts";

const slackSecret = "8f742231b10e8888abcd99yyyzzz85a5";
const webhookSecret = `whsec_${Buffer.from("a secret of 32 characters, or so").toString("base64")}`;

let platform: TestPlatform;
let mail: MailServer;
let provider: ProviderServer;
let smtpPort: number;
beforeAll(async () => {
  [mail, provider] = await Promise.all([startMailServer(), startProvider()]);
  provider.behave({ status: 201, body: "{}" });
  smtpPort = await freePorts(1);
  platform = await startPlatform({
    env: {
      SMTP_URL: mail.url,
      SMTP_FROM: "incidents@example.com",
      SLACK_WEBHOOK_URL: `${provider.url}/slack`,
      SLACK_SIGNING_SECRET: slackSecret,
      TWILIO_BASE_URL: provider.url,
      TWILIO_ACCOUNT_SID: "AC0",
      TWILIO_AUTH_TOKEN: "twilio-token",
      TWILIO_FROM: "+4930123456",
      WEBHOOK_SECRETS: webhookSecret,
      INBOUND_EMAIL_DOMAIN: "in.example.com",
      SMTP_IN_PORT: `${smtpPort}`,
    },
  });
});
afterAll(async () => {
  await platform?.stop();
  await Promise.all([mail?.close(), provider?.close()]);
});

async function put(path: string, body: unknown): Promise<void> {
  const reply = await fetch(`${platform.url}/api/v1${path}`, { method: "PUT", body: JSON.stringify(body) });
  expect(reply.status, await reply.text()).toBe(200);
}

const arrivedAt = (path: string) => provider.requests.filter((request) => request.path === path);
const incident = (number: number) => apiOf(platform.url)(getIncidentContract, { params: { id: number } });
const notificationsOf = async (id: string) =>
  (await apiOf(platform.url)(listNotificationsContract, { query: { incident_id: id, limit: 200 } }))
    .notifications;

test("a page is acknowledged from the email, by a link that only acts on POST; Slack is notified and resolves it", async () => {
  const { url } = platform;
  const member = { name: "Ana", email: "ana@example.com", role: "primary" };
  await post(`${url}/api/v1/schedules`, { team: "payments", rotation_type: "weekly", members: [member] });
  await put("/users/ana@example.com", {
    name: "Ana",
    contact_methods: [
      { id: "mail", channel: "email", address: "ana@home.example" },
      { id: "hook", channel: "webhook", address: `${provider.url}/hook` },
      { id: "phone", channel: "sms", address: "+49 151 12345678" },
    ],
    notification_rules: [
      { contact_method_id: "mail", delay_seconds: 0 },
      { contact_method_id: "hook", delay_seconds: 0 },
      { contact_method_id: "phone", delay_seconds: 600 },
    ],
  });
  await put("/teams/payments/channels", {
    channels: [{ id: "room", channel: "slack", address: "#payments" }],
  });

  await post(`${url}/api/v1/alerts`, {
    service: "payments",
    severity: "critical",
    message: "Cards <b>fail</b>",
  });
  await waitFor(() => mail.mails.length === 1 && arrivedAt("/hook").length === 1);
  expect(mail.mails[0]?.recipients).toEqual(["ana@home.example"]);
  const { subject, html, text } = mail.mails[0]?.parsed ?? {};
  expect(subject).toBe("#1 [CRITICAL] payments: Cards <b>fail</b>");
  expect(html).toContain("Cards &lt;b&gt;fail&lt;/b&gt;");

  const [hook] = arrivedAt("/hook");
  const verified = new Webhook(webhookSecret).verify(
    hook?.body ?? "",
    hook?.headers as Record<string, string>,
  );
  expect(verified).toMatchObject({
    type: "incident.page",
    data: { incident: { number: 1, status: "open" } },
  });

  const link = /https?:\/\/\S+\/links\/\S+/.exec(text ?? "")?.[0] ?? "";
  // A mail scanner opens it.
  const page = await fetch(link);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<form");
  expect((await incident(1)).status).toBe("open");
  const posted = await fetch(link, { method: "POST", headers: { origin: new URL(link).origin } });
  expect(posted.status).toBe(200);
  const acknowledged = await incident(1);
  expect(acknowledged).toMatchObject({ status: "acknowledged", acknowledged_by: "ana@example.com" });

  await waitFor(async () =>
    (await notificationsOf(acknowledged.id)).some(
      ({ channel, status }) => channel === "sms" && status === "suppressed",
    ),
  );
  await waitFor(() => arrivedAt("/slack").length === 2);
  const said = arrivedAt("/slack").map(({ body }) => JSON.parse(body).text as string);
  expect(said.map((line) => line.split(":")[0])).toEqual(["Triggered", "Acknowledged by ana@example.com"]);

  const payload = JSON.stringify({
    type: "block_actions",
    user: { id: "U1", username: "bob", name: "bob" },
    actions: [{ action_id: "resolve", value: acknowledged.id }],
    response_url: `${provider.url}/reply`,
  });
  const body = new URLSearchParams({ payload }).toString();
  const press = (secret: string) =>
    fetch(`${url}/slack/actions`, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...slackSignature(secret, body),
      },
    });
  expect((await press("another secret")).status).toBe(401);
  expect((await press(slackSecret)).status).toBe(200);
  expect(await incident(1)).toMatchObject({ status: "resolved", resolved_by: "bob" });
  expect(arrivedAt("/reply")).toHaveLength(1);
  await waitFor(() => arrivedAt("/slack").length === 3);

  for (const { id, attempts } of await notificationsOf(acknowledged.id)) {
    const proof = await apiOf(url)(getProofContract, { params: { id } });
    expect(proof).toMatchObject({ valid: true, head: attempts.at(-1)?.hash ?? proof.genesis });
  }
  expect(platform.output()).not.toContain("twilio-token");
});

test("an email opens an incident, and the answers to its page acknowledge it and add a note", async () => {
  const member = { name: "Mia", email: "mia@example.com", role: "primary" };
  await post(`${platform.url}/api/v1/schedules`, {
    team: "mailed",
    rotation_type: "weekly",
    members: [member],
  });
  const body = { name: "Nagios", type: "email", service: "mailed", settings: {} } as const;
  const { email_address: address } = await apiOf(platform.url)(createIntegrationContract, { body });
  const smtp = nodemailer.createTransport({ host: "127.0.0.1", port: smtpPort, ignoreTLS: true });
  const subject = "** PROBLEM Service Alert: web-1/HTTP is CRITICAL **";
  const to = `nagios+${address}`;
  await smtp.sendMail({ from: "nagios@example.com", to, subject, html: "<p>Socket <b>timeout</b></p>" });

  const pages = () => mail.mails.filter(({ recipients }) => recipients.includes("mia@example.com"));
  await waitFor(() => pages().length === 1);
  const { messageId = "", references = [], replyTo, subject: paged = "" } = pages()[0]?.parsed ?? {};
  expect(replyTo?.text).toBe("reply@in.example.com");
  const number = Number(/#(\d+)/.exec(paged)?.[1]);
  expect(await incident(number)).toMatchObject({ status: "open", description: "Socket timeout" });

  const reply = (text: string, inReplyTo: string, thread: string[] = []) =>
    smtp.sendMail({
      from: "mia@home.example",
      to: "reply@in.example.com",
      inReplyTo,
      references: thread,
      text,
    });
  await reply("resolve", messageId.replace(/\.[\w-]{22}@/, `.${"A".repeat(22)}@`));
  await reply("Ack\nlooking into it\n\nOn Monday, Incidents wrote:\n> down", messageId);
  const answered = await incident(number);
  expect(answered).toMatchObject({ status: "acknowledged", acknowledged_by: "mia@example.com" });
  expect(answered.notes).toMatchObject([{ author: "mia@example.com", content: "looking into it" }]);

  // Amazon SES replaces the message ID.
  const replaced = "<0102018f@eu-west-1.amazonses.com>";
  await reply("rolled back", replaced, [references, replaced].flat());
  const raw = pages()[0]?.raw.replace(/^Message-ID: .*$/im, `Message-ID: ${replaced}`);
  await smtp.sendMail({ envelope: { from: "incidents@example.com", to }, raw });
  const { notes, alert_count } = await incident(number);
  expect(notes.map(({ content }: { content: string }) => content)).toEqual([
    "looking into it",
    "rolled back",
  ]);
  expect(alert_count).toBe(answered.alert_count);

  await smtp.sendMail({ from: "nagios@example.com", to, subject: subject.replace("PROBLEM", "RECOVERY") });
  await waitFor(async () => (await incident(number)).status === "resolved");
  await expect(smtp.sendMail({ from: "a@example.com", to: "b@example.com" })).rejects.toThrow("5.1.1");
});

test("a person becomes ready by a code in a text message, and by the link in an email", async () => {
  const { url } = platform;
  const vera = "vera@example.com";
  const member = { name: "Vera", email: vera, role: "primary" };
  await post(`${url}/api/v1/schedules`, { team: "ready", rotation_type: "weekly", members: [member] });
  const contact_methods = [
    { id: "phone", channel: "sms", address: "+4915199999999" },
    { id: "mail", channel: "email", address: "vera@home.example" },
  ];
  await put(`/users/${vera}`, { name: "Vera", contact_methods });
  const readiness = async () => {
    const { teams } = await apiOf(url)(listReadinessContract, { query: { team: "ready", limit: 50 } });
    return teams[0]?.people[0];
  };
  expect(await readiness()).toMatchObject({ ready: false, faults: ["late", "too_few_channels"] });

  const verification = (id: string) => `${url}/api/v1/users/${vera}/contact-methods/${id}/verification`;
  await post(verification("phone"), {});
  const texts = () =>
    provider.requests
      .map(({ body }) => new URLSearchParams(body))
      .filter((form) => form.get("To") === "+4915199999999");
  await waitFor(() => texts().length === 1);
  const [, code = ""] = /code is (\d{6})/.exec(texts()[0]?.get("Body") ?? "") ?? [];
  const wrong = await fetch(verification("phone"), { method: "POST", body: JSON.stringify({ code: "x" }) });
  expect(wrong.status).toBe(422);
  const verified = await post(verification("phone"), { code });
  expect(await verified.json()).toMatchObject({ verified_at: expect.any(String) });

  await post(verification("mail"), {});
  const mails = () => mail.mails.filter(({ recipients }) => recipients.includes("vera@home.example"));
  await waitFor(() => mails().length === 1);
  const link = /https?:\/\/\S+\/links\/\S+/.exec(mails()[0]?.parsed.text ?? "")?.[0] ?? "";
  // A mail scanner opens it.
  expect(await (await fetch(link)).text()).toContain("Verify contact method");
  expect(await readiness()).toMatchObject({ ready: false, faults: ["too_few_channels"] });
  const confirmed = await fetch(link, { method: "POST", headers: { origin: new URL(link).origin } });
  expect(await confirmed.text()).toContain("is verified");
  expect(await readiness()).toMatchObject({ ready: true, last_answered_at: expect.any(String) });
  const page = await (await fetch(`${url}/on-call/readiness?team=ready`)).text();
  expect(page).toContain("Vera");
  const { notifications } = await apiOf(url)(listNotificationsContract, {
    query: { recipient: vera, limit: 200 },
  });
  expect(JSON.stringify(notifications)).not.toContain(code);
});

test("a mail server that says nothing delays no other channel", async () => {
  const { url } = platform;
  const people = Array.from({ length: 30 }, (_, index) => `p${index}@example.com`);
  for (const [index, email] of people.entries()) {
    await put(`/users/${email}`, {
      name: email,
      contact_methods: [
        { id: "mail", channel: "email", address: email },
        { id: "hook", channel: "webhook", address: `${provider.url}/silent/${index}` },
      ],
      notification_rules: ["mail", "hook"].map((id) => ({ contact_method_id: id, delay_seconds: 0 })),
    });
  }
  const targets = people.map((email) => ({ type: "user", email }));
  const member = { name: "Ana", email: "ana@example.com", role: "primary" };
  await post(`${url}/api/v1/schedules`, { team: "search", rotation_type: "weekly", members: [member] });
  await put("/teams/search/escalation-policy", { rules: [{ targets, delay_seconds: 3_600 }] });
  mail.behave({ onConnect: "hangs" });
  await post(`${url}/api/v1/alerts`, { service: "search", severity: "high", message: "slow" });
  await waitFor(
    () => provider.requests.filter(({ path }) => path.startsWith("/silent/")).length === people.length,
  );
  const { id } = await incident(3);
  const mails = (await notificationsOf(id)).filter(({ channel }) => channel === "email");
  expect(mails).toHaveLength(people.length);
  expect(mails.filter(({ status }) => status === "sent")).toEqual([]);
  mail.behave({});
});
