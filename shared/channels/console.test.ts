import { describe, expect, test } from "vitest";
import { aFullMessage, anOutgoingMessage, someLinks } from "../../tests/support/outgoing-message.ts";
import type { Notification } from "../domain/notifications/notification.ts";
import { consoleChannel } from "./console.client.ts";

async function shown(
  fields: Partial<Notification>,
  rest: Parameters<typeof anOutgoingMessage>[1] = { links: null },
  standsInFor?: { channel: string; setting: string },
): Promise<{ text: string; detail: string }> {
  let text = "";
  const print = (printed: string) => {
    text += printed;
  };
  const { detail } = await consoleChannel(print, standsInFor).deliver(anOutgoingMessage(fields, rest));
  return { text, detail };
}

describe("a message on the console", () => {
  test("says what, how bad, to whom and about which incident", async () => {
    const fields = { channel: "console", message: "disk full\non db-1", incidentId: "inc_01" } as const;
    const { text, detail } = await shown(fields);
    expect(text.trim().split("\n")).toEqual([
      "┌─ PAGE  CRITICAL  to ada@example.com by console",
      "│  disk full",
      "│  on db-1",
      "└─ inc_01",
    ]);
    expect(detail).toBe("printed to the console");
  });

  test("says where to answer it", async () => {
    const { text } = await shown({ message: "disk full" }, {});
    expect(text.trim().split("\n").slice(2, -1)).toEqual([
      `│  Acknowledge  ${someLinks.acknowledge}`,
      `│  Resolve      ${someLinks.resolve}`,
      `│  View         ${someLinks.view}`,
    ]);
  });

  test("says what responders need", async () => {
    let text = "";
    const print = (printed: string) => {
      text += printed;
    };
    await consoleChannel(print).deliver({ ...aFullMessage(), links: null });
    expect(text.trim().split("\n").slice(1, -1)).toEqual([
      "│  #12 [CRITICAL] checkout: error rate over 5%",
      "│  The error budget is spent.",
      "│  Links:",
      "│  Runbook: https://wiki.example.com/checkout",
      "│  Dashboard: https://grafana.example.com/d/1",
      "│  Graph: https://grafana.example.com/graph.png",
      "│  Recent changes:",
      "│  2026-11-23 09:55 UTC: Deploy checkout 4.2: https://ci.example.com/42",
      "│  2026-11-23 09:30 UTC: Flag fast-cart on",
      "│  Labels:",
      "│  instance: web-1",
      "│  region: eu",
      "│  Urgency: low",
      "│  Next: Grace Hopper at 2026-11-23 10:05 UTC",
    ]);
  });

  test("that is not a page is marked", async () => {
    const fields = { kind: "handoff", severity: null, id: "ntf_01" } as const;
    const { text } = await shown(fields, { incident: null, links: null });
    expect(text).toContain("┌─ HANDOFF  INFO  to ada@example.com by email");
    expect(text).toContain("└─ ntf_01");
  });

  test("that replaces another channel names the setting that enables it", async () => {
    const standsInFor = { channel: "sms", setting: "TWILIO_ACCOUNT_SID" };
    const { text, detail } = await shown({ channel: "sms" }, {}, standsInFor);
    expect(text).toContain("by sms");
    expect(detail).toContain("sms is not configured: set TWILIO_ACCOUNT_SID");
  });

  test("does not steer the terminal that shows it, wherever the control characters stand", async () => {
    const evil = "\u001b[2J\u0007\r\u0000\u009b31m\u202e\u2028";
    const { text } = await shown({ message: `a${evil}b`, recipient: `c${evil}`, incidentId: `d${evil}` });
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Zl}\p{Bidi_Control}]/u);
    expect(text).toContain("b");
  });
});
