import { describe, expect, test } from "vitest";
import { monday } from "../../../tests/support/builders.ts";
import { anOutgoingMessage } from "../../../tests/support/outgoing-message.ts";
import { failureOf } from "../../../tests/support/suites/channel-suite.ts";
import { callWithJson, retryAfterSeconds } from "./provider.ts";

describe("Retry-After", () => {
  test.each([
    { header: undefined, seconds: null },
    { header: "", seconds: null },
    { header: "120", seconds: 120 },
    { header: "-1", seconds: null },
    { header: "Mon, 23 Nov 2026 10:00:10 GMT", seconds: 10 },
    { header: "Monday, 23-Nov-26 10:00:10 GMT", seconds: 10 },
    { header: "Mon Nov 23 10:00:10 2026", seconds: 10 },
  ])("of $header is $seconds seconds", ({ header, seconds }) => {
    expect(retryAfterSeconds(header, monday)).toBe(seconds);
  });
});

describe("what is kept of an answer", () => {
  const answering = (body: string, headers = {}) =>
    callWithJson({
      http: { post: async () => ({ status: 400, headers, body }) },
      message: anOutgoingMessage(),
      url: "https://example.com/hooks/abc123",
      body: {},
    });

  test.each([
    { body: "Cannot POST /hooks/abc123\r\n\tat line 1", kept: "400 Cannot POST … at line 1" },
    {
      body: "see https://example.com/hooks/x?key=1 for more",
      kept: "400 see https://example.com/… for more",
    },
    { body: '{"url":"https:\\/\\/example.com\\/secret"}', kept: '400 {"url":"https:\\/\\/example.com/…"}' },
    { body: "", kept: "400" },
  ])("is one line without what leads somewhere: $kept", async ({ body, kept }) => {
    expect((await failureOf(answering(body))).message).toBe(kept);
  });

  test("is nothing of a page for people", async () => {
    for (const answer of [
      answering("<!DOCTYPE html><title>Bad</title>"),
      answering("<p>Bad</p>", { "content-type": "text/html" }),
    ]) {
      expect((await failureOf(answer)).message).toBe("400");
    }
  });
});
