import { describe, expect, test } from "vitest";
import { anIntegration, days, monday } from "../../../../tests/support/builders.ts";
import { textOf, viewerWithKey as viewer } from "../../../../tests/support/functions/page-examples.tsx";
import { email } from "../../../integrations/email.ts";
import { generic } from "../../../integrations/generic.ts";
import { grafana } from "../../../integrations/grafana.ts";
import type { Viewing } from "../../site/viewer.ts";
import { formatPairs, parsePairs } from "./setting-fields.tsx";
import { IntegrationView } from "./view.tsx";

const viewing: Viewing = { viewer, here: "/settings", now: monday };

const integration = anIntegration();
const activity = { integrationId: integration.id, events: 0, errors: 0, lastEventAt: null };
const known = { integration, activity, team: null, errors: [] };
const page = (fields: object = {}) => (
  <IntegrationView
    {...viewing}
    known={known}
    type={generic}
    teams={[]}
    secret={null}
    url=""
    address={null}
    setUp={null}
    test={null}
    {...fields}
  />
);

describe("the page of an integration", () => {
  test("shows a key once, and only its prefix from then on", () => {
    expect(textOf(page({ secret: "0123abcd" }))).toMatch(/Copy the key now.*0123abcd/);
    expect(textOf(page())).toContain("Replace KEY with the integration key");
  });

  test("shows the email address, or the setting that it lacks", () => {
    const missing = "INBOUND_EMAIL_DOMAIN is not set";
    expect(textOf(page({ type: email, address: "KEY@in.example.com" }))).toContain("KEY@in.example.com");
    expect(textOf(page({ type: email, address: "KEY@in.example.com" }))).not.toContain(missing);
    expect(textOf(page({ type: email }))).toContain(missing);
    expect(textOf(page())).not.toContain(missing);
  });

  test("shows whether requests arrived, and whether they were valid", () => {
    expect(textOf(page())).toContain("Waiting for first event");
    const seen = { ...activity, events: 2, errors: 1, lastEventAt: monday - days(2) };
    expect(textOf(page({ known: { ...known, activity: seen } }))).toMatch(
      /2 events, last +2 days ago +1 error/,
    );
  });

  test("has a field for each setting of the type, and no secret", () => {
    const settings = { secret: "a secret", timestamp_header: "X-Time" };
    const html = String(
      page({ type: grafana, known: { ...known, integration: { ...integration, settings } } }),
    );
    expect(html).toContain('name="settings.secret"');
    expect(html).toContain('value="X-Time"');
    expect(html).not.toContain("a secret");
    expect(String(page())).toContain('name="settings.mapping"');
  });
});

test("pairs are lines of a name and a value", () => {
  const pairs = { message: "$.alert.title", severity: "$.a=b" };
  expect(parsePairs(formatPairs(pairs))).toEqual(pairs);
  expect(parsePairs(" message=$.x \n\nnonsense\n")).toEqual({ message: "$.x", nonsense: "" });
});
