import { describe, expect, test } from "vitest";
import { minutes, monday } from "../../../tests/support/builders.ts";
import { aBareMessage, aFullMessage, anOutgoingMessage } from "../../../tests/support/outgoing-message.ts";
import { contentOf } from "./message-content.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

/** A page that says everything, about the incident in another state. */
function about(
  incident: Partial<NonNullable<OutgoingMessage["incident"]>>,
  notification: Partial<OutgoingMessage["notification"]> = {},
) {
  const page = aFullMessage(true);
  if (!page.incident) throw new Error("The page has an incident");
  return contentOf({
    ...page,
    incident: { ...page.incident, ...incident },
    notification: { ...page.notification, ...notification },
  });
}

describe("the content of a notification", () => {
  test("has links with runbooks first and images last", () => {
    expect(about({}).links.map(({ text }) => text)).toEqual(["Runbook", "Dashboard", "Graph"]);
    expect(about({}).incident).toMatchObject({ number: 12, urgency: "low", service: "checkout" });
  });

  test("without an incident is only its text", () => {
    expect(contentOf(aBareMessage())).toEqual({
      headline: "#1 down",
      text: "",
      severity: null,
      incident: null,
      description: "",
      labels: [],
      links: [],
      changes: [],
      next: null,
      reply: null,
    });
  });

  test("is never without a headline", () => {
    expect(contentOf(anOutgoingMessage({ message: "\n \n" })).headline).toMatch(/error rate/);
    expect(contentOf(anOutgoingMessage({ message: "" }, { incident: null })).headline).toBe("No text");
  });

  test.each(["handoff", "digest"] as const)("of a %s leaves out how to act", (kind) => {
    const { description, links, reply } = about({}, { kind });
    expect({ description, links, reply }).toEqual({ description: "", links: [], reply: null });
  });

  test("of a resolved incident leaves out how to act", () => {
    expect(about({ status: "resolved" })).toMatchObject({ description: "", labels: [], reply: null });
  });

  test("names the next page only while it is planned", () => {
    expect(about({}).next?.names).toEqual(["Grace Hopper"]);
    expect(about({ status: "acknowledged" }).next).toBeNull();
    const escalation = { level: 2, pass: 1, nextAt: monday + minutes(10) };
    expect(about({ escalation }).next).toBeNull();
  });

  test("offers the reply that changes the incident's status", () => {
    expect(about({}).reply).toBe("ack 12");
    expect(about({ status: "acknowledged" }).reply).toBe("res 12");
    expect(contentOf(aFullMessage(false)).reply).toBeNull();
  });
});
