/** The audit log through the functions, on real emulators: every endpoint that changes configuration leaves an entry. */
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { findContracts } from "../../infra/build/contracts.ts";
import { verificationCode } from "../../shared/crypto/verification-code.ts";
import { actionSite } from "../../shared/runtime/site/handlers.ts";
import { services } from "../../shared/runtime/stores.ts";
import { action } from "../../shared/web/site/action.ts";
import { aService, unique } from "../support/builders.ts";
import { bodyExamples } from "../support/functions/body-examples.ts";
import { call } from "../support/functions/lambda.ts";
import { aTeam, onCallApi } from "../support/functions/on-call-api.ts";
import { aBrowser, siteEnvironment, siteSecret } from "../support/functions/site.ts";

const api = onCallApi();
// Before the settings are read.
beforeAll(() => {
  process.env.SIGNING_SECRET = siteSecret;
});

interface Entry {
  readonly actor: string | null;
  readonly method: string;
  readonly path: string;
  readonly request_id: string;
  readonly resource: string;
  readonly resource_id: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}
const logOf = async (query = ""): Promise<Entry[]> => (await api.ok(`GET /api/v1/audit?${query}`)).entries;

const members = [{ name: "Ada", email: "ada@example.com", role: "primary" }];
const schedule = { rotation_type: "weekly", members };
const policy = { rules: [{ delay_seconds: 300, targets: [{ type: "schedule", role: "primary" }] }] };
const silence = {
  matchers: [{ field: "service", op: "=", value: unique("service-") }],
  duration_seconds: 60,
  comment: "why",
};
const pushSubscription = bodyExamples["POST /api/v1/users/{email}/push-subscriptions"]?.[0];
const heartbeat = { name: "backup", service: "ledger", interval_seconds: 3_600 };
const plan = { ...schedule, timezone: "Europe/Berlin" };

async function aScheduledTeam(): Promise<string> {
  const team = aTeam();
  await api.ok("POST /api/v1/schedules", { ...schedule, team });
  return team;
}
async function anOverride(): Promise<{ id: string; team: string }> {
  const team = await aScheduledTeam();
  const body = { team, user_name: "Bob", user_email: "bob@example.com", duration_hours: 1 };
  return api.ok("POST /api/v1/oncall/override", body);
}
const aKey = async (): Promise<{ id: string }> =>
  api.ok("POST /api/v1/keys", { name: unique("key-"), scopes: ["read"] });
const aWebhook = async (): Promise<{ id: string; team: string }> =>
  api.ok(`POST /api/v1/teams/${aTeam()}/webhooks`, { url: "https://example.com/hook" });
const integration = { name: "disks", type: "generic", service: "checkout" };
const anIntegration = async (): Promise<{ id: string; key: string }> =>
  api.ok("POST /api/v1/integrations", integration);
const aUser = async (): Promise<string> => {
  const email = `${unique("user-")}@example.com`;
  await api.ok(`PUT /api/v1/users/${email}`, { name: "Ada" });
  return email;
};

interface Example {
  readonly line: string;
  readonly body?: unknown;
  /** The ID that the log has of it. */
  readonly id: string | null;
  /** The path in the log. Default: that of the request. */
  readonly path?: unknown;
}

/** By the names of their files: a request of each, as far as it has to be said. */
const requests: Readonly<Record<string, () => Promise<Example>>> = {
  "create-schedule": async () => {
    const team = aTeam();
    return { line: "POST /api/v1/schedules", body: { ...schedule, team }, id: team };
  },
  "replace-schedule": async () => {
    const team = await aScheduledTeam();
    return { line: `PUT /api/v1/schedules/${team}`, body: plan, id: team };
  },
  "update-schedule": async () => {
    const team = await aScheduledTeam();
    return { line: `PATCH /api/v1/schedules/${team}`, body: { timezone: "Europe/Berlin" }, id: team };
  },
  "delete-schedule": async () => {
    const team = await aScheduledTeam();
    return { line: `DELETE /api/v1/schedules/${team}`, id: team };
  },
  "rotate-calendar-token": async () => {
    const team = await aScheduledTeam();
    return { line: `POST /api/v1/schedules/${team}/calendar-token`, id: team };
  },
  "create-override": async () => {
    const team = await aScheduledTeam();
    const body = { team, user_name: "Bob", user_email: "bob@example.com", duration_hours: 1 };
    return { line: "POST /api/v1/oncall/override", body, id: null };
  },
  "end-override": async () => {
    const { id } = await anOverride();
    return { line: `DELETE /api/v1/oncall/overrides/${id}`, id };
  },
  "end-overrides": async () => {
    const { id, team } = await anOverride();
    return { line: `DELETE /api/v1/oncall/override/${team}`, id };
  },
  "put-policy": async () => {
    const team = aTeam();
    return { line: `PUT /api/v1/teams/${team}/escalation-policy`, body: policy, id: team };
  },
  "put-readiness": async () => {
    const team = await aScheduledTeam();
    return { line: `PUT /api/v1/teams/${team}/readiness`, body: { channels: 1 }, id: team };
  },
  "verify-contact-method": async () => {
    const email = `${unique("user-")}@example.com`;
    const contact_methods = [{ id: "mail", channel: "email", address: email }];
    await api.ok(`PUT /api/v1/users/${email}`, { name: "Ada", contact_methods });
    const line = `POST /api/v1/users/${email}/contact-methods/mail/verification`;
    await api.ok(line, {});
    const { notifications } = await api.ok(`GET /api/v1/notifications?recipient=${email}`);
    return { line, body: { code: verificationCode(notifications[0].id, siteSecret) }, id: email };
  },
  "put-service": async () => {
    const name = unique("service-");
    return { line: `PUT /api/v1/services/${name}`, body: { team: "payments" }, id: name };
  },
  "delete-service": async () => {
    const name = unique("service-");
    await api.ok(`PUT /api/v1/services/${name}`, { team: "payments" });
    return { line: `DELETE /api/v1/services/${name}`, id: name };
  },
  "put-user": async () => {
    const email = `${unique("user-")}@example.com`;
    return { line: `PUT /api/v1/users/${email}`, body: { name: "Ada" }, id: email };
  },
  "delete-user": async () => {
    const email = await aUser();
    return { line: `DELETE /api/v1/users/${email}`, id: email };
  },
  "forget-user": async () => {
    const path = expect.stringMatching(/^\/api\/v1\/users\/former-\w{8}@forgotten\.invalid\/forget$/);
    return { line: `POST /api/v1/users/${await aUser()}/forget`, id: null, path };
  },
  "create-push-subscription": async () => {
    const email = await aUser();
    return { line: `POST /api/v1/users/${email}/push-subscriptions`, body: pushSubscription, id: email };
  },
  "delete-push-subscription": async () => {
    const email = await aUser();
    const path = `/api/v1/users/${email}/push-subscriptions`;
    const { id } = await api.ok(`POST ${path}`, pushSubscription);
    return { line: `DELETE ${path}?id=${id}`, id: email };
  },
  "put-team-channels": async () => {
    const team = aTeam();
    const channels = [{ id: "room", channel: "slack", address: "#payments" }];
    return { line: `PUT /api/v1/teams/${team}/channels`, body: { channels }, id: team };
  },
  "create-webhook": async () => ({
    line: `POST /api/v1/teams/${aTeam()}/webhooks`,
    body: { url: "https://example.com/hook" },
    id: null,
  }),
  "update-webhook": async () => {
    const { id, team } = await aWebhook();
    return { line: `PATCH /api/v1/teams/${team}/webhooks/${id}`, body: { enabled: false }, id };
  },
  "rotate-webhook-secret": async () => {
    const { id, team } = await aWebhook();
    return { line: `POST /api/v1/teams/${team}/webhooks/${id}/rotate-secret`, id };
  },
  "delete-webhook": async () => {
    const { id, team } = await aWebhook();
    return { line: `DELETE /api/v1/teams/${team}/webhooks/${id}`, id };
  },
  "put-routing-rules": async () => {
    const { version } = await api.ok("GET /api/v1/routing-rules");
    const rules = [{ name: unique("rule-"), matchers: [], team: "payments" }];
    return { line: "PUT /api/v1/routing-rules", body: { rules, version }, id: "routing-rules" };
  },
  "create-silence": async () => ({ line: "POST /api/v1/silences", body: silence, id: null }),
  "end-silence": async () => {
    const { id } = await api.ok("POST /api/v1/silences", silence);
    return { line: `DELETE /api/v1/silences/${id}`, id };
  },
  "update-silence": async () => {
    const { id } = await api.ok("POST /api/v1/silences", silence);
    return { line: `PATCH /api/v1/silences/${id}`, body: { comment: "longer" }, id };
  },
  "create-heartbeat": async () => ({ line: "POST /api/v1/heartbeats", body: heartbeat, id: null }),
  "update-heartbeat": async () => {
    const { id } = await api.ok("POST /api/v1/heartbeats", heartbeat);
    return { line: `PATCH /api/v1/heartbeats/${id}`, body: { grace_seconds: 5 }, id };
  },
  "rotate-heartbeat": async () => {
    const { id } = await api.ok("POST /api/v1/heartbeats", heartbeat);
    return { line: `POST /api/v1/heartbeats/${id}/rotate`, id };
  },
  "delete-heartbeat": async () => {
    const { id } = await api.ok("POST /api/v1/heartbeats", heartbeat);
    return { line: `DELETE /api/v1/heartbeats/${id}`, id };
  },
  "put-roles": async () => {
    const roles = [{ role: "viewer", email: `${unique("user-")}@example.com` }];
    return { line: "PUT /api/v1/roles", body: { roles }, id: "PLATFORM" };
  },
  "put-team-roles": async () => {
    const team = aTeam();
    const roles = [{ role: "manager", group: "sre" }];
    return { line: `PUT /api/v1/teams/${team}/roles`, body: { roles }, id: team };
  },
  "create-api-key": async () => ({
    line: "POST /api/v1/keys",
    body: { name: unique("key-"), scopes: ["read"] },
    id: null,
  }),
  "create-integration": async () => ({
    line: "POST /api/v1/integrations",
    body: { ...integration, team: aTeam() },
    id: null,
  }),
  "update-integration": async () => {
    const { id } = await anIntegration();
    return { line: `PATCH /api/v1/integrations/${id}`, body: { name: "volumes" }, id };
  },
  "rotate-integration": async () => {
    const { id } = await anIntegration();
    return { line: `POST /api/v1/integrations/${id}/rotate`, id };
  },
  "delete-integration": async () => {
    const { id } = await anIntegration();
    return { line: `DELETE /api/v1/integrations/${id}`, id };
  },
  "rotate-api-key": async () => {
    const { id } = await aKey();
    return { line: `POST /api/v1/keys/${id}/rotate`, id };
  },
  "revoke-api-key": async () => {
    const { id } = await aKey();
    return { line: `DELETE /api/v1/keys/${id}`, id };
  },
};

const audited = (await findContracts(process.cwd())).filter(({ contract }) => contract.audited);

describe("an endpoint that changes configuration leaves an entry", () => {
  test("all of them are tried here", () => {
    expect(Object.keys(requests).toSorted()).toEqual(audited.map(({ name }) => name).toSorted());
  });

  test.each(audited.map(({ name, contract }) => ({ name, resource: contract.audited })))(
    "$name",
    async ({ name, resource }) => {
      const request = await requests[name]?.();
      if (!request) throw new Error(`Not tried: ${name}`);
      const [method, path] = request.line.split(/[ ?]/);
      const requestId = unique("request-");
      await api.ok(request.line, request.body, { "x-request-id": requestId });
      const [entry, ...more] = (await logOf()).filter(
        (each) => each.request_id === requestId && each.resource === resource,
      );
      expect(more).toEqual([]);
      expect(entry).toMatchObject({
        method,
        path: request.path ?? path,
        event: "change",
        actor: null,
        ip_address: "127.0.0.1",
      });
      if (request.id !== null) expect(entry?.resource_id).toBe(request.id);
      expect(entry?.before).not.toEqual(entry?.after);
    },
  );
});

test("a deleted schedule deletes its overrides, and all of it is audited", async () => {
  const { id, team } = await anOverride();
  const requestId = unique("request-");
  await api.ok(`DELETE /api/v1/schedules/${team}`, undefined, { "x-request-id": requestId });
  const entries = (await logOf()).filter((entry) => entry.request_id === requestId);
  expect(entries.map(({ resource, resource_id, after }) => [resource, resource_id, after])).toEqual([
    ["schedule", team, null],
    ["override", id, null],
  ]);
});

test("a request that is refused, repeated or only asks leaves none", async () => {
  const team = await aScheduledTeam();
  const key = { "idempotency-key": unique("key-") };
  const count = async () => (await logOf("limit=200")).length;
  const body = { ...schedule, team: aTeam() };
  await api.ok("POST /api/v1/schedules", body, key);
  const before = await count();
  await api.ok("POST /api/v1/schedules", body, key);
  expect((await api("POST /api/v1/schedules", { ...schedule, team })).status).toBe(409);
  expect((await api(`PUT /api/v1/schedules/${team}`, {})).status).toBe(422);
  expect((await api("DELETE /api/v1/users/nobody@example.com")).status).toBe(404);
  await api.ok("POST /api/v1/schedules/preview", {
    ...plan,
    from: "2026-11-23T00:00:00Z",
    to: "2026-11-30T00:00:00Z",
  });
  await api.ok("POST /api/v1/incidents", { title: "down", service: "checkout", severity: "high" });
  expect(await count()).toBe(before);
});

test("changes by forms of the UI are audited in the same way, in the name of the sender", async () => {
  Object.assign(process.env, await siteEnvironment());
  const name = unique("service-");
  const changing = action({ right: null, form: z.object({}) }, async ({ now }) => {
    await services().put(aService({ name, updatedAt: now }));
    return { to: "/" };
  });
  const browser = aBrowser();
  await browser.get("/");
  await browser.send("/name", { name: "Ada" });
  const { text } = await browser.get("/");
  const [, form_token = ""] = /name="form_token" value="([^"]*)"/.exec(text) ?? [];
  const reply = await call(actionSite({ "add-note": async () => changing } as never, {} as never), {
    method: "POST",
    path: "/incidents/1/notes",
    body: new URLSearchParams({ form_token }).toString(),
    headers: { cookie: [...browser.cookies].map((pair) => pair.join("=")).join("; ") },
  });
  expect(reply.status).toBe(303);
  expect(await logOf(`resource=service/${name}`)).toMatchObject([
    { actor: "Ada", method: "POST", path: "/incidents/1/notes", after: { team: "payments" } },
  ]);
});

test("secrets are not in it", async () => {
  const team = await aScheduledTeam();
  const address = "https://hooks.slack.com/services/T000/B000/verysecretWXYZ";
  await api.ok(`PUT /api/v1/teams/${team}/channels`, {
    channels: [{ id: "room", channel: "slack", address }],
  });
  const { calendar_url } = await api.ok(`POST /api/v1/schedules/${team}/calendar-token`);
  const { key, id } = await api.ok("POST /api/v1/keys", { name: "x", scopes: ["read"] });
  const { key: integrationKey } = await anIntegration();
  const text = JSON.stringify([await logOf(`resource=key/${id}`), await logOf("limit=200")]);
  const token = new URL(calendar_url).searchParams.get("token") ?? "";
  expect(token.length).toBeGreaterThan(20);
  for (const secret of ["verysecret", token, key, integrationKey]) expect(text).not.toContain(secret);
});

describe("the log is asked", () => {
  test("for a kind, for one of it, and page by page", async () => {
    const name = unique("service-");
    for (const team of ["a", "b", "c"]) await api.ok(`PUT /api/v1/services/${name}`, { team });
    expect((await logOf("resource=service")).slice(0, 3).map(({ after }) => after?.team)).toEqual([
      "c",
      "b",
      "a",
    ]);
    const first = await api.ok(`GET /api/v1/audit?resource=service/${name}&limit=2`);
    expect(first.entries.map(({ before }: Entry) => before?.team)).toEqual(["b", "a"]);
    const next = `resource=service/${name}&limit=2&cursor=${encodeURIComponent(first.next_cursor)}`;
    expect((await logOf(next)).map(({ before }) => before)).toEqual([null]);
    expect(await logOf(`resource=service/${name}x`)).toEqual([]);
  });

  test("as JSON lines, page by page", async () => {
    const name = unique("service-");
    for (const team of ["a", "b", "c"]) await api.ok(`PUT /api/v1/services/${name}`, { team });
    const accept = { accept: "application/x-ndjson" };
    const teams: unknown[] = [];
    let line: string | undefined = `GET /api/v1/audit?resource=service/${name}&limit=2`;
    let pages = 0;
    for (; line !== undefined; pages += 1) {
      const { text, headers } = await api(line, undefined, accept);
      expect(headers["content-type"]).toBe("application/x-ndjson");
      teams.push(
        ...text
          .trimEnd()
          .split("\n")
          .map((each) => (JSON.parse(each) as Entry).after?.team),
      );
      const next = /^<(.*)>; rel="next"$/.exec(headers.link ?? "")?.[1];
      line = next && `GET ${next}`;
    }
    expect([teams, pages]).toEqual([["c", "b", "a"], 2]);
  });

  test("for a kind of event, and for an address", async () => {
    const service = unique("service-");
    await api.ok(`PUT /api/v1/services/${service}`, { team: "a" });
    const of = (query: string) => logOf(`resource=service/${service}&${query}`);
    expect(await of("event=change&ip_address=127.0.0.1")).toHaveLength(1);
    expect(await of("event=sign_in")).toEqual([]);
    expect(await of("ip_address=203.0.113.7")).toEqual([]);
  });

  test.each([
    "event=nonsense",
    "ip_address=",
    "resource=incident",
    "resource=service/",
    "resource=",
    "actor=",
    "limit=0",
    "cursor=x",
  ])("and not for %s", async (query) => {
    expect((await api(`GET /api/v1/audit?${query}`)).status).toBe(422);
  });
});
