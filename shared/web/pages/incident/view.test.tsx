import { describe, expect, test } from "vitest";
import { ada, anIncident } from "../../../../tests/support/builders.ts";
import { open, textOf, viewer, viewing } from "../../../../tests/support/functions/page-examples.tsx";
import type { Viewer } from "../../site/viewer.ts";
import { IncidentView } from "./view.tsx";

describe("an incident", () => {
  const view = (fields: object, who: Partial<Viewer> = {}) => (
    <IncidentView
      {...viewing}
      viewer={{ ...viewer, ...who }}
      incident={anIncident(fields)}
      alerts={[]}
      timeline={[]}
      people={[ada]}
    />
  );

  test("counts down to its next escalation", () => {
    expect(textOf(view({ escalation: open.escalation }))).toContain("next escalation in 4m");
  });

  test("has no answer left when it is resolved, and one less when it is acknowledged", () => {
    expect(textOf(view({}))).toMatch(/Acknowledge .*Resolve/);
    expect(textOf(view({ status: "acknowledged" }))).not.toContain("Acknowledge ");
    expect(String(view({ status: "resolved" }))).not.toContain('name="response"');
  });

  test("has nothing to press for who may only read", () => {
    expect(String(view({}, { mayWrite: false }))).not.toContain("<button");
  });
});
