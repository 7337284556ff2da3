import { describe, expect, test } from "vitest";
import { anEvent, aWebhook, days, monday } from "../../../tests/support/builders.ts";
import type { IncidentEvent } from "../incidents/incident-event.ts";
import { signingSecrets, webhookEventOf, webhookSuppressionReason, withSecret } from "./webhook.ts";

test.each<[Partial<IncidentEvent>, string | undefined]>([
  [{ type: "opened" }, "incident.triggered"],
  [{ type: "acknowledged" }, "incident.acknowledged"],
  [{ type: "resolved" }, "incident.resolved"],
  [{ type: "escalated" }, "incident.escalated"],
  [{ type: "escalation_exhausted" }, "incident.escalation_exhausted"],
  [{ type: "coverage_gap" }, "incident.coverage_gap"],
  [{ type: "noted" }, "incident.note_added"],
  [{ type: "assigned", to: null }, "incident.reassigned"],
  [{ type: "severity_changed", from: "low", to: "high" }, "incident.severity_raised"],
  [{ type: "severity_changed", from: "high", to: "low" }, "incident.severity_lowered"],
  [{ type: "title_changed" }, "incident.renamed"],
  [{ type: "paging" }, undefined],
])("%o is %s to a webhook", (event, name) => {
  expect(webhookEventOf(anEvent(event))).toBe(name);
});

describe("a secret", () => {
  const webhook = aWebhook({ secret: "first" });

  test("signs alone", () => {
    expect(signingSecrets(webhook, monday)).toEqual(["first"]);
  });

  test("signs behind the next one for a day", () => {
    const rotated = withSecret(webhook, "second", monday);
    expect(signingSecrets(rotated, monday)).toEqual(["second", "first"]);
    expect(signingSecrets(rotated, monday + days(1) - 1)).toEqual(["second", "first"]);
    expect(signingSecrets(rotated, monday + days(1))).toEqual(["second"]);
  });

  test("is forgotten with the one after the next", () => {
    const twice = withSecret(withSecret(webhook, "second", monday), "third", monday + 1);
    expect(signingSecrets(twice, monday + 2)).toEqual(["third", "second"]);
  });
});

test.each([
  ["is there and enabled", aWebhook(), anEvent(), null],
  ["was deleted", null, anEvent(), "the webhook was deleted before it was sent"],
  ["was disabled", aWebhook({ enabled: false }), anEvent(), "the webhook was disabled before it was sent"],
  ["was disabled, and is only asked whether it is there", aWebhook({ enabled: false }), null, null],
] as const)("a message to a webhook that %s", (_, webhook, event, reason) => {
  const message = { webhookId: "whk_1", team: "payments", messageId: "ntf_1", event };
  expect(webhookSuppressionReason(webhook, message)).toBe(reason);
});
