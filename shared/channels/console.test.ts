import { describe, expect, test } from "vitest";
import { aNotification } from "../../tests/support/builders.ts";
import { consoleChannel } from "./console.ts";

async function shown(
  fields: Parameters<typeof aNotification>[0],
  standsInFor?: { channel: string; setting: string },
): Promise<{ text: string; detail: string }> {
  let text = "";
  const print = (printed: string) => {
    text += printed;
  };
  const { detail } = await consoleChannel(print, standsInFor).deliver(aNotification(fields));
  return { text, detail };
}

describe("a message on the console", () => {
  test("says what, how bad, to whom and about which incident", async () => {
    const { text, detail } = await shown({ channel: "console", message: "disk full\non db-1" });
    expect(text.trim().split("\n")).toEqual([
      "┌─ PAGE  CRITICAL  to ada@example.com by console",
      "│  disk full",
      "│  on db-1",
      "└─ inc_01",
    ]);
    expect(detail).toBe("shown on the console");
  });

  test("that stands in for another channel says which setting makes that real", async () => {
    const { text, detail } = await shown(
      { channel: "sms" },
      { channel: "sms", setting: "TWILIO_ACCOUNT_SID" },
    );
    expect(text).toContain("by sms");
    expect(detail).toContain("TWILIO_ACCOUNT_SID is not set");
  });

  test("does not steer the terminal that shows it, wherever the control characters stand", async () => {
    const evil = "\u001b[2J\u0007\r\u0000\u009b31m";
    const { text } = await shown({ message: `a${evil}b`, recipient: `c${evil}`, incidentId: `d${evil}` });
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(text).toContain("b");
  });
});
