import { describe, expect, test } from "vitest";
import { PermanentFailure } from "../domain/notifications/delivery.ts";
import type { HttpRequest } from "../outbound/http.ts";
import { slackReply } from "./slack-reply.ts";

const url = "https://hooks.slack.com/actions/T1/2/secret";

function setUp({ anyHost = false, answer = async () => ({ status: 200 }) } = {}) {
  const requests: HttpRequest[] = [];
  const lines: unknown[] = [];
  const note = (...line: unknown[]) => void lines.push(line);
  const reply = slackReply({
    post: (request) => {
      requests.push(request);
      return answer();
    },
    anyHost,
    log: { info: note, warn: note, error: note },
  });
  return { requests, lines, reply };
}

describe("a reply in Slack", () => {
  test("leaves the message with its buttons, and mentions no one", async () => {
    const { reply, requests, lines } = setUp();
    await reply(url, { text: "<!channel> a & b", toChannel: true });
    expect(requests.map(({ body, ...rest }) => ({ ...rest, body: JSON.parse(body) }))).toEqual([
      {
        url,
        headers: { "content-type": "application/json; charset=utf-8" },
        body: {
          replace_original: false,
          response_type: "in_channel",
          text: "&lt;!channel&gt; a &amp; b",
        },
      },
    ]);
    expect(lines).toEqual([]);
  });

  test("may be visible only to the user who pressed", async () => {
    const { reply, requests } = setUp();
    await reply(url, { text: "x", toChannel: false });
    expect(requests[0]?.body).toContain('"ephemeral"');
  });

  test.each([
    "http://hooks.slack.com/x",
    "https://hooks.slack.com.evil.example.com/x",
    "https://hooks.slack.com:8443/x",
    "https://a:b@hooks.slack.com/x",
    "https://hooks.slack.com@evil.example.com/x",
    "https://evil.example.com/hooks.slack.com",
    "http://169.254.169.254/latest",
    "nothing",
  ])("never goes to %s, unless Slack is replaced", async (elsewhere) => {
    const { reply, requests, lines } = setUp();
    await reply(elsewhere, { text: "x", toChannel: true });
    expect(requests).toEqual([]);
    expect(lines).toHaveLength(1);
    const local = setUp({ anyHost: true });
    await local.reply(elsewhere, { text: "x", toChannel: true });
    expect(local.requests).toHaveLength(1);
  });

  test.each([
    async () => ({ status: 404 }),
    () => Promise.reject(new PermanentFailure("no response")),
    () => Promise.reject(new Error(`could not call ${url}`)),
  ])("that fails is logged without its address, and fails nothing else", async (answer) => {
    const { reply, lines } = setUp({ answer });
    await reply(url, { text: "x", toChannel: true });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain("secret");
  });
});
