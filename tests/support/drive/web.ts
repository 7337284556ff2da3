import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { expect } from "vitest";
import { fillPath } from "../../../shared/contracts/path-template.ts";
import { signLink } from "../../../shared/http/tokens/links.ts";
import { pageRoutes } from "../../../shared/web/site/routes.ts";
import { aBrowser, siteSecret } from "../functions/site.ts";
import { type Driver, type FormFields, urlOf } from "./driver.ts";
import type { KnownIncident } from "./incidents.ts";
import { email, service, team, unassignedIncident } from "./names.ts";
import { driveTelegram } from "./notifications.ts";

/** Pages whose subjects the forms of the settings create. */
const ownPages: readonly string[] = ["sign-in", "webhook", "integration", "heartbeat", "dead-letters"];

type Fields = FormFields;

/** Follows the links of a page. */
export async function driveLinks({ send, ask }: Driver, known: KnownIncident): Promise<void> {
  const tokenOf = (action: "view" | "acknowledge", incidentId: string) =>
    signLink({ action, actor: email, incidentId }, siteSecret, Date.now());
  await send("show-link", { params: { token: tokenOf("view", known.id) } });
  await send("show-link", { params: { token: tokenOf("acknowledge", known.id) } });
  const { id = "" } = await ask("create-incident", { body: unassignedIncident });
  const params = { token: tokenOf("acknowledge", id) };
  await send("follow-link", { params, body: "" });
  await send("follow-link", { params, body: "do=note&content=**on+it**" });
  await send("follow-link", { params, body: "do=escalate" });
  await send("show-link", { params, query: "done=escalate" });
  await send("follow-link", { params, body: "do=snooze&for=morning" });
  await send("follow-link", { params, body: "do=resolve" });
  // Shows the page of an incident that has alerts and notifications.
  const shown = { token: tokenOf("view", known.id) };
  await send("follow-link", { params: shown, body: "do=nothing", status: 422 });
}

/** Opens the documentation and a path that does not exist. */
export async function driveDocuments({ send, sendTo }: Driver): Promise<void> {
  await sendTo("get-docs", { path: "/docs" });
  await sendTo("get-docs-asset", { path: "/docs/init.js" });
  await send("get-openapi");
  await sendTo("fallback", { path: "/nothing" });
}

/** Opens every page and submits every form, signed in. */
export async function driveSite(driver: Driver, known: KnownIncident): Promise<void> {
  const { as, ask, createKey, wait } = driver;
  const browser = aBrowser();
  const show = async (target: string) => {
    const { status, text } = await as("show-page", () => browser.get(target));
    expect(status, `${target}: ${text.slice(0, 300)}`).toBeLessThan(400);
    return text;
  };
  const submit = async (path: string, fields: Fields, expected?: number) => {
    if (expected === undefined || expected < 400) await driver.observer?.form(path, fields);
    const { status, text } = await as("act", () => browser.send(path, fields));
    if (expected) expect(status, `${path}: ${text.slice(0, 300)}`).toBe(expected);
    else expect(status, `${path}: ${text.slice(0, 300)}`).toBeLessThan(400);
    return text;
  };

  await show("/sign-in");
  await submit("/sign-in", { key: await createKey(), back: "/" });
  // The session's key is looked up again, and its use recorded.
  wait(3_601);
  const { id = "" } = await ask("create-incident");
  const unspecific = Object.entries(pageRoutes).filter(([name]) => !ownPages.includes(name));
  for (const [name, path] of unspecific) {
    const own = { alert: known.alert, notification: known.notification }[name] ?? id;
    await show(fillPath(path, { id: own, number: 1, team, service, email }));
  }
  for (const filter of [
    "",
    "status=open",
    "status=all",
    ...["severity=high", `service=${service}`, `team=${team}`].map((each) => `status=all&${each}`),
  ])
    await show(`/incidents?${filter}`);
  wait(3_601);

  for (const q of ["", "1", team]) await show(`/search?${new URLSearchParams({ q })}`);
  const incident = `/incidents/${id}`;
  await show(incident);
  await submit("/settings/setup", { back: "/" });
  await submit("/name", { name: "ada", back: "/" });
  await submit("/settings/time-zone", { timezone: "Europe/Berlin", back: "/" });
  await submit("/incidents/new", { title: "Checkout is down", service, severity: "high", team, back: "/" });
  const silence = {
    matchers: `service = ${service}\nlabels.env = drill`,
    duration: "1 h",
    comment: "tests",
    back: "/alerts/silences/new",
  };
  await submit("/alerts/silences/new", { ...silence, op: "preview" }, 200);
  await submit("/alerts/silences/new", { ...silence, op: "create" }, 303);
  const silenceId = /id="(sil_\w+)"/.exec(await show("/alerts/silences"))?.[1];
  await show(`/alerts/silences/new?alert=${known.alert}`);
  for (const change of ["extend", "end", "extend"])
    await submit(`/alerts/silences/${silenceId}/change`, { change, back: "/alerts/silences" }, 303);
  await driveRoutingPages(show, submit);
  await driveHeartbeatPages(show, submit);
  await submit("/alerts/test", { service, back: "/" });
  await submit(`${incident}/notes`, { content: "on it", back: "/" });
  // Shows the home page with errors.
  await submit(`${incident}/notes`, { back: "/" }, 422);
  await submit(`${incident}/assign`, { person: "Ada <ada@example.com>", back: "/" });
  await submit(`${incident}/escalate`, { team, back: "/" });
  await submit(`${incident}/snooze`, { for: "morning", back: "/" });
  await submit(`${incident}/reopen`, { from: "acknowledged", back: "/" });
  await submit("/incidents/respond", { incidents: id, response: "resolve", back: "/" });
  await submit(`${incident}/reopen`, { from: "resolved", back: "/" });
  const edited = { title: "down", severity: "low", urgency: "low", description: "slow" };
  await submit(`${incident}/edit`, { ...edited, back: incident });
  await submit(`${incident}/responders`, { person: email, team, message: "help", back: incident });
  await submit(`${incident}/move`, { service: "elsewhere", team, back: incident });
  await submit(`${incident}/merge`, { into: "1", back: incident });
  await submit("/incidents/views", { name: "mine", query: "assigned=me", back: "/incidents" });
  await submit("/incidents/respond", { incidents: id, response: "resolve", back: "/" });
  await driveSchedulePages(driver, show, submit);
  await driveSettingsPages(driver, show, submit);
  await driveDeadLetters(driver, show, submit);
  await submit("/sign-out", {});
  await show("/sign-in");
  await submit("/sign-in", { key: await createKey([]), back: "/" });
  expect((await as("show-page", () => browser.get("/settings/keys"))).status).toBe(403);
  await submit("/alerts/test", { service, back: "/" }, 403);
}

type Show = (target: string) => Promise<string>;
type Submit = (path: string, fields: Fields, expected?: number) => Promise<string>;

/** Leaves no rules and no heartbeats behind. */
async function driveRoutingPages(show: Show, submit: Submit): Promise<void> {
  const path = "/alerts/routing";
  const version = /name="version" value="(\d+)"/.exec(await show(path))?.[1] ?? "";
  const rule = { name: "drill", matchers: "service = drill", drop: "on", position: "0", is_new: "on" };
  await submit(path, { back: path, op: "apply", version, rules: "[]", ...rule }, 200);
  const rules = JSON.stringify([{ name: "drill", drop: true }]);
  await submit(path, { back: path, op: "test", version, rules }, 200);
  await submit(path, { back: path, op: "save", version, rules }, 303);
  await submit(path, { back: path, op: "save", version, rules: "[]" }, 409);
  await submit(path, { back: path, op: "save", version: String(Number(version) + 1), rules: "[]" }, 303);
}

async function driveHeartbeatPages(show: Show, submit: Submit): Promise<void> {
  const fields = { name: "drill", service, interval: "5 min", grace: "1 min", severity: "high", team: "" };
  const created = await submit("/alerts/heartbeats/new", { ...fields, back: "/alerts/heartbeats/new" }, 200);
  const id = /heartbeats\/(hbt_\w+)/.exec(created)?.[1] ?? "";
  const path = `/alerts/heartbeats/${id}`;
  await show("/alerts/heartbeats");
  await show(path);
  await submit(path, { ...fields, change: "save", back: path }, 303);
  await submit(path, { change: "rotate", back: path }, 200);
  for (const change of ["pause", "resume", "delete"]) await submit(path, { change, back: path }, 303);
}

async function driveSchedulePages({ ask }: Driver, show: Show, submit: Submit): Promise<void> {
  const path = `/on-call/${team}`;
  const here = { back: path };
  await show(path);
  await submit(`${path}/take-over`, {
    ...here,
    person: "Bob <bob@example.com>",
    hours: "1",
    timezone: "UTC",
  });
  const span = { from: "2027-01-04T09:00", to: "2027-01-04T10:00", timezone: "UTC" };
  await submit(`${path}/overrides`, { ...here, ...span, person: "Bob <bob@example.com>", role: "primary" });
  const { id: override } = await ask("create-override");
  await submit(`${path}/overrides/${override}/end`, here);
  await submit(`${path}/overrides/${override}/end`, here);
  await submit(`${path}/calendar-address`, here);
  await show(`/on-call/readiness?${new URLSearchParams({ team })}`);
  await submit("/on-call/readiness", { team, within: "5 min", channels: "2", drill: "weekly" }, 303);

  await show(`/settings/access?${new URLSearchParams({ team })}`);
  const role = { team, kind: "group", holder: "sre", back: "/settings/access" };
  await submit("/settings/access", { ...role, change: "give", role: "manager" }, 303);
  await submit("/settings/access", { ...role, change: "take" }, 303);

  const ada = { "members.0.person": `Ada <${email}>` };
  const plan = { op: "save", team: "search", timezone: "UTC", ...ada };
  await show("/on-call/new");
  await submit("/on-call/new", plan);
  await submit("/on-call/new", plan, 422);
  const base = baseIn(await show("/on-call/search/schedule"));
  await submit("/on-call/search/schedule", { ...plan, base }, 303);
  await submit("/on-call/search/schedule", { ...plan, base: "of another version" }, 409);
  const policy = { op: "save", "rules.0.targets.0.to": "primary", "rules.0.delay_minutes": "5", repeat: "0" };
  await submit("/on-call/search/policy", { ...policy, base: "of another version" }, 409);
  const known = baseIn(await show("/on-call/search/policy"));
  await submit("/on-call/search/policy", { ...policy, base: known }, 303);
  await submit("/on-call/search/schedule/delete", { confirm: "search" });
}

/** Returns the version that a form was loaded with. */
function baseIn(page: string): string {
  return /name="base" value="([^"]*)"/.exec(page)?.[1] ?? "";
}

/** Shows and redrives a dead letter of each queue. */
async function driveDeadLetters({ recorder, wait }: Driver, show: Show, submit: Submit): Promise<void> {
  for (const queue of ["Alerts", "IncidentEvents", "IncidentTimers", "Notifications"]) {
    const Entries = [{ Id: "0", MessageBody: "not a message" }];
    const dead = { QueueUrl: urlOf(`${queue}-dlq`), Entries };
    await recorder.queues.client.send(new SendMessageBatchCommand(dead));
    const path = `/settings/system/${queue.replace(/\B[A-Z]/, "-$&").toLowerCase()}`;
    expect(await show(path)).toContain("not a message");
    wait(2);
    await submit(path, {}, 303);
  }
}

async function driveSettingsPages(driver: Driver, show: Show, submit: Submit): Promise<void> {
  await show("/services");
  await submit("/services", { service: "billing", team });
  await submit("/services/archive/edit", { team, urgency: "low", op: "edit" });
  await submit("/services/archive/edit", { team, urgency: "low", op: "save" });
  await submit("/services/archive/delete", {});
  await submit("/settings/users", { email: "zoe@example.com", name: "Zoe", timezone: "UTC" });
  const user = "/settings/users/zoe@example.com";
  await submit(user, { back: user, change: "add", channel: "console", address: "here" });
  await submit(user, { back: user, change: "test", method: "console" });
  await submit(user, { back: user, change: "send_code", method: "console" });
  await submit(user, { back: user, change: "verify", method: "console", code: "000000" }, 422);
  // Roles are assigned by now, so the account needs one.
  await driver.send("put-roles", { body: { roles: [{ role: "admin", email: "zoe@example.com" }] } });
  await driveTelegram(driver, await submit(user, { back: user, change: "link_telegram" }, 200));
  await submit(user, { back: user, change: "delete" });
  await submit(`${user}/forget`, { back: user });
  const channels = "/settings/channels";
  await submit(`${channels}/test`, { channel: "console", address: "here" }, 303);
  await submit(channels, {
    back: `${channels}?team=${team}`,
    team,
    change: "add",
    channel: "slack",
    address: "#pay",
    events: "triggered",
  });
  const webhooks = "/settings/webhooks";
  const webhook = { url: "https://tickets.example.com/hook", events: ["incident.resolved"] };
  const created = await submit(webhooks, { ...webhook, team }, 200);
  const webhookId = /settings\/webhooks\/[^"]*\/(whk_\w+)/.exec(created)?.[1];
  const own = `${webhooks}/${team}/${webhookId}`;
  await submit(own, { change: "test" }, 303);
  const delivery = /id="(ntf_\w+)"/.exec(await show(own))?.[1] ?? "";
  await submit(own, { change: "replay", delivery }, 303);
  await submit(own, { change: "save", base: baseIn(await show(own)), ...webhook }, 303);
  await submit(own, { change: "disable" }, 303);
  await submit(own, { change: "rotate" }, 200);
  await submit(own, { change: "delete" }, 303);
  const integrations = "/settings/integrations";
  const integration = { name: "mine", service, team: "" };
  const made = await submit(integrations, { ...integration, type: "generic" }, 200);
  const { id: integrationId } = /integrations\/(?<id>int_\w+)/.exec(made)?.groups ?? {};
  const its = `${integrations}/${integrationId}`;
  await submit(its, { change: "test" }, 303);
  const mapping = { "settings.mapping": "message = $.title" };
  await submit(its, { change: "save", base: baseIn(await show(its)), ...integration, ...mapping }, 303);
  await submit(its, { change: "rotate" }, 200);
  await submit(its, { change: "delete" }, 303);
  await submit("/settings/keys", { change: "create", name: "mine", scopes: "read", days: "30" });

  // A rejected form is shown in the page that it came from.
  for (const back of ["/incidents?status=all&severity=high", `/incidents?status=all&team=${team}`])
    await submit("/settings/users", { email: "not an address", name: "", back }, 422);
  await submit("/settings/integrations", { name: "" }, 422);
}
