import { describe, expect, test } from "vitest";
import { readCall, readDeliveryReport, readTextMessage } from "./twilio.ts";

const textOf = (fields: Record<string, string>) =>
  readTextMessage(new URLSearchParams({ MessageSid: "SM1", From: "+4915112345678", Body: "ack", ...fields }));
const reportOf = (fields: Record<string, string>) => readDeliveryReport(new URLSearchParams(fields));

describe("a text message", () => {
  test("has a sender and a text", () => {
    expect(textOf({ Body: "ack 12" })).toEqual({
      id: "SM1",
      from: "+4915112345678",
      text: "ack 12",
      optOut: null,
    });
    expect(textOf({ From: "SENDER" })).toBeUndefined();
    expect(textOf({ Body: "x".repeat(10_000) })).toBeUndefined();
    expect(readTextMessage(new URLSearchParams())).toBeUndefined();
  });

  test.each([
    [{ Body: "STOP" }, "stop"],
    [{ Body: " Stop. " }, "stop"],
    [{ Body: "unsubscribe" }, "stop"],
    [{ Body: "please", OptOutType: "STOP" }, "stop"],
    [{ Body: "START" }, "start"],
    [{ Body: "stop it" }, null],
    [{ Body: "res 12" }, null],
  ] as const)("%o is %s", (fields, optOut) => {
    expect(textOf(fields)?.optOut).toBe(optOut);
  });
});

describe("a report", () => {
  test.each([
    [{ MessageSid: "SM1", MessageStatus: "delivered" }, "delivered", "delivered"],
    [
      { MessageSid: "SM1", MessageStatus: "undelivered", ErrorCode: "30003" },
      "undelivered",
      "undelivered, error 30003",
    ],
    [{ MessageSid: "SM1", MessageStatus: "failed" }, "undelivered", "failed"],
    [{ CallSid: "CA1", CallStatus: "busy" }, "undelivered", "busy"],
    [{ CallSid: "CA1", CallStatus: "no-answer" }, "undelivered", "no-answer"],
    [{ CallSid: "CA1", CallStatus: "completed", AnsweredBy: "human" }, "delivered", "answered by a person"],
    [
      { CallSid: "CA1", CallStatus: "completed", AnsweredBy: "machine_start" },
      "undelivered",
      "answered by a machine",
    ],
    [{ CallSid: "CA1", CallStatus: "completed", AnsweredBy: "fax" }, "undelivered", "answered by a machine"],
    [{ CallSid: "CA1", CallStatus: "completed" }, "undelivered", "answered by someone unknown"],
  ])("%o is %s: %s", (fields, kind, detail) => {
    const providerId = "CallSid" in fields ? "CA1" : "SM1";
    expect(reportOf(fields as Record<string, string>)).toEqual({ providerId, kind, detail });
  });

  test.each([
    {},
    { MessageSid: "SM1" },
    { MessageSid: "SM1", MessageStatus: "sent" },
    { MessageSid: "SM1", MessageStatus: "constructor" },
    { CallSid: "CA1", CallStatus: "ringing" },
  ])("%o is not final", (fields) => {
    expect(reportOf(fields as Record<string, string>)).toBeUndefined();
  });
});

describe("a call", () => {
  test.each([
    [{ AnsweredBy: "human", Digits: "4" }, "delivered", "4"],
    [{ AnsweredBy: "human", Digits: "" }, "delivered", null],
    [{ AnsweredBy: "machine_start", Digits: "4" }, "undelivered", null],
    [{ AnsweredBy: "unknown", Digits: "4" }, undefined, "4"],
    [{}, undefined, null],
  ])("%o has the report %s and the key %s", (fields, kind, key) => {
    const call = readCall(new URLSearchParams({ CallSid: "CA1", ...fields }));
    expect(call).toMatchObject({ id: "CA1", key });
    expect(call?.report?.kind).toBe(kind);
  });

  test("without an ID is none", () => {
    expect(readCall(new URLSearchParams({ AnsweredBy: "human" }))).toBeUndefined();
  });
});
