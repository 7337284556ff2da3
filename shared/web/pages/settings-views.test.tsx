import { describe, expect, test } from "vitest";
import { anApiKey, anIntegration, aUser, days, monday } from "../../../tests/support/builders.ts";
import type { Viewing } from "../site/viewer.ts";
import { ApiKeysView } from "./api-keys/view.tsx";
import { AuditView } from "./audit/view.tsx";
import { IntegrationsView } from "./integrations/view.tsx";
import { ServicesView } from "./services/view.tsx";
import { TeamChannelsView } from "./team-channels/view.tsx";
import { UserView } from "./user/view.tsx";

const viewer = { name: "ada", identity: "key", mayWrite: true, formToken: "token" } as const;
const viewing: Viewing = { viewer, here: "/settings", now: monday };
const reading: Viewing = { ...viewing, viewer: { ...viewer, mayWrite: false } };
const list = { first: true, next: null };
const textOf = (html: unknown) =>
  String(html)
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

describe("a person's page", () => {
  const user = aUser({
    contactMethods: [
      { id: "phone", channel: "sms", address: "+4915112345678" },
      { id: "room", channel: "slack", address: "https://hooks.slack.com/workflows/T0/B0/secret-wxyz" },
    ],
    notificationRules: [{ contactMethodId: "phone", delaySeconds: 90 }],
  });

  test("tells in which order a page reaches them, and no URL that is a secret", () => {
    const html = String(<UserView {...viewing} user={user} />);
    expect(textOf(html)).toMatch(
      /after 1 min 30 s SMS .*if those fail Slack https:\/\/hooks.slack.com\/…wxyz/,
    );
    expect(html).not.toContain("secret-");
  });

  test("has a row for each rule, and some for new ones", () => {
    const html = String(<UserView {...viewing} user={user} />);
    expect(html.match(/name="after"/g)).toHaveLength(3);
    expect(html).toContain('value="1 min 30 s"');
  });
});

const integration = anIntegration();
const activity = { integrationId: integration.id, events: 0, errors: 0, lastEventAt: null };
const integrations = (viewing: Viewing, fields: object = {}) => (
  <IntegrationsView
    {...viewing}
    {...list}
    integrations={[{ integration, activity }]}
    types={[]}
    chosen={{ integration, activity, errors: [], key: null, url: "", setUp: null, ...fields }}
  />
);

test.each([
  ["a person's page", <UserView {...reading} user={aUser()} />],
  [
    "that of the services",
    <ServicesView {...reading} {...list} services={[]} teams={[]} chosen={undefined} />,
  ],
  ["that of the integrations", integrations(reading)],
  ["that of a team's channels", <TeamChannelsView {...reading} team="pay" channels={[]} />],
])("%s has no form for who may only read", (_, view) => {
  expect(String(view)).not.toContain("<form");
});

describe("the page of integrations", () => {
  test("tells a key once, and what stands for it from then on", () => {
    expect(textOf(integrations(viewing, { key: "0123abcd" }))).toMatch(/Copy its key now.*0123abcd/);
    expect(textOf(integrations(viewing))).toContain("KEY stands for its key");
  });

  test("tells whether anything came, and whether it was understood", () => {
    expect(textOf(integrations(viewing))).toContain("no event yet");
    const seen = { ...activity, events: 2, errors: 1, lastEventAt: monday - days(2) };
    const html = textOf(integrations(viewing, { activity: seen }));
    expect(html).toMatch(/2 events, the last +2 d ago +1 error/);
  });
});

describe("the page of API keys", () => {
  const page = (fields: object, secret: string | null = null) => (
    <ApiKeysView
      {...viewing}
      {...list}
      keys={[{ apiKey: anApiKey({ createdAt: monday, ...fields }), lastUsedAt: null }]}
      secret={secret}
    />
  );

  test.each([
    [{ revokedAt: monday - days(2) }, "revoked 2 d ago"],
    [{ validUntil: monday - days(2) }, "expired 2 d ago"],
  ])("has nothing more to do with one that is over", (fields, words) => {
    expect(textOf(page(fields))).toContain(words);
    expect(String(page(fields))).not.toContain('value="rotate"');
  });

  test("warns of one that is soon over", () => {
    expect(String(page({ validUntil: monday + days(2) }))).toContain('class="alarm"');
    expect(String(page({ validUntil: monday + days(60) }))).not.toContain('class="alarm"');
  });

  test("shows a key only when it is handed one", () => {
    expect(String(page({}, "ipk_new"))).toContain("ipk_new");
    expect(String(page({}))).not.toContain('id="show-once"');
  });
});

describe("the audit log", () => {
  const entry = {
    id: "aud_1",
    at: monday,
    actor: null,
    method: null,
    path: null,
    requestId: null,
    resource: "key",
    resourceId: "key_1",
    before: { name: "ops", revoked_at: null },
    after: { name: "ops", revoked_at: "2026-11-23T10:00:00Z" },
  } as const;

  test("says who did what to what, by the names that people have for it", () => {
    const view = <AuditView {...viewing} {...list} filter={{}} entries={[entry]} />;
    expect(textOf(view)).toMatch(/Somebody changed key ops .*revoked at none → 2026-11-23 10:00 UTC/);
  });

  test("folds what would be long", () => {
    const after = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field_${index}`, index]));
    const view = (
      <AuditView {...viewing} {...list} filter={{}} entries={[{ ...entry, before: null, after }]} />
    );
    expect(textOf(view)).toContain("8 more");
  });
});
