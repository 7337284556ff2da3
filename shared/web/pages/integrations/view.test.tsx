import { describe, expect, test } from "vitest";
import { anIntegration, days, monday } from "../../../../tests/support/builders.ts";
import { textOf } from "../../../../tests/support/functions/page-examples.tsx";
import type { Viewing } from "../../site/viewer.ts";
import { IntegrationsView } from "./view.tsx";

const viewer = { name: "ada", identity: "key", mayWrite: true, formToken: "token" } as const;
const viewing: Viewing = { viewer, here: "/settings", now: monday };
const list = { first: true, next: null };

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

describe("the page of integrations", () => {
  test("shows a key once, and only its prefix from then on", () => {
    expect(textOf(integrations(viewing, { key: "0123abcd" }))).toMatch(/Copy the key now.*0123abcd/);
    expect(textOf(integrations(viewing))).toContain("Replace KEY with the integration key");
  });

  test("shows whether requests arrived, and whether they were valid", () => {
    expect(textOf(integrations(viewing))).toContain("No events yet");
    const seen = { ...activity, events: 2, errors: 1, lastEventAt: monday - days(2) };
    const html = textOf(integrations(viewing, { activity: seen }));
    expect(html).toMatch(/2 events, last +2 days ago +1 error/);
  });
});
