import { expect, test } from "vitest";
import { readVonageCall } from "./vonage.ts";

const reported = (kind: string, detail: string, id = "u1") => ({
  id,
  kind: "reported",
  report: { providerId: id, kind, detail },
});

test.each([
  { event: { uuid: "u1", from: "1", to: "2" }, read: { id: "u1", kind: "answered" } },
  {
    event: { uuid: "u1", dtmf: { digits: "4", timed_out: false } },
    read: { id: "u1", kind: "pressed", key: "4" },
  },
  { event: { uuid: "u1", dtmf: "4" }, read: { id: "u1", kind: "pressed", key: "4" } },
  {
    event: { uuid: "u1", dtmf: { digits: "", timed_out: true } },
    read: { id: "u1", kind: "pressed", key: null },
  },
  { event: { uuid: "u1", dtmf: { digits: null } }, read: { id: "u1", kind: "pressed", key: null } },
  { event: { call_uuid: "u2", status: "human" }, read: reported("delivered", "answered by a person", "u2") },
  {
    event: { call_uuid: "u2", status: "machine" },
    read: reported("undelivered", "answered by a machine", "u2"),
  },
  { event: { uuid: "u1", status: "timeout" }, read: reported("undelivered", "no-answer") },
  { event: { uuid: "u1", status: "unanswered" }, read: reported("undelivered", "no-answer") },
  { event: { uuid: "u1", status: "busy" }, read: reported("undelivered", "busy") },
  { event: { uuid: "u1", status: "rejected" }, read: reported("undelivered", "failed") },
  { event: { uuid: "u1", status: "completed", duration: "2" }, read: { id: "u1", kind: "ended" } },
])("$event is $read.kind", ({ event, read }) => {
  expect(readVonageCall(event)).toEqual(read);
});

test.each([
  { uuid: "u1", status: "ringing" },
  { uuid: "u1", status: "constructor" },
  { reason: "Syntax error in NCCO", conversation_uuid: "CON-1" },
  { uuid: 1 },
  "text",
  null,
])("%j needs nothing", (event) => {
  expect(readVonageCall(event)).toBeUndefined();
});
