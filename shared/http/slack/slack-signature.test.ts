import { describe, expect, test } from "vitest";
import { isSentBySlack } from "./slack-signature.ts";

/** The example of Slack's "Verifying requests from Slack". */
const secret = "8f742231b10e8888abcd99yyyzzz85a5";
const body =
  "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&" +
  "channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&" +
  "response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&" +
  "trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
const timestamp = "1531420618";
const signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
const sentAt = Number(timestamp) * 1_000;

const isSent = (
  changes: { signature?: string; timestamp?: string; body?: string; secrets?: string[]; now?: number } = {},
) =>
  isSentBySlack(
    new Headers({
      "x-slack-signature": changes.signature ?? signature,
      "x-slack-request-timestamp": changes.timestamp ?? timestamp,
    }),
    changes.body ?? body,
    changes.secrets ?? [secret],
    changes.now ?? sentAt,
  );

describe("Slack's signature", () => {
  test("of Slack's own example is right", () => {
    expect(isSent()).toBe(true);
  });

  test("holds for five minutes, whichever clock is ahead", () => {
    expect(isSent({ now: sentAt + 300_999 })).toBe(true);
    expect(isSent({ now: sentAt + 301_000 })).toBe(false);
    expect(isSent({ now: sentAt - 300_000 })).toBe(true);
    expect(isSent({ now: sentAt - 300_001 })).toBe(false);
  });

  test("may be made with any of the secrets, of which there must be one", () => {
    expect(isSent({ secrets: ["new", secret] })).toBe(true);
    expect(isSent({ secrets: ["new"] })).toBe(false);
    expect(isSent({ secrets: [] })).toBe(false);
  });

  test.each([
    { name: "another body", changes: { body: `${body}&` } },
    { name: "another time", changes: { timestamp: "1531420619" } },
    { name: "a time that is none", changes: { timestamp: "1531420618.0" } },
    { name: "no time", changes: { timestamp: "" } },
    { name: "another version", changes: { signature: signature.replace("v0", "v1") } },
    { name: "capitals", changes: { signature: signature.toUpperCase() } },
    { name: "a part of it", changes: { signature: signature.slice(0, -1) } },
    { name: "nothing", changes: { signature: "" } },
  ])("does not fit $name", ({ changes }) => {
    expect(isSent(changes)).toBe(false);
  });

  test("that is missing, with its time, is absent", () => {
    expect(isSentBySlack(new Headers(), body, [secret], sentAt)).toBe(false);
  });
});
