import { describe, expect, test } from "vitest";
import * as z from "zod";
import { fallbackCauses, type PageReason } from "../../domain/oncall/page-reason.ts";
import { incidentChanged } from "../incident-changed.ts";
import { recipientSchema } from "./recipient.ts";

const ada = { name: "Ada", email: "ada@example.com" };

describe.each<[why: string, reason: PageReason]>([
  ["primary by layer primary", { kind: "layer", role: "primary", name: "primary" }],
  ["secondary by layer a\nb by override c", { kind: "layer", role: "secondary", name: "a\nb by override c" }],
  ["primary by layer ", { kind: "layer", role: "primary", name: "" }],
  ["primary by override ovr_1", { kind: "override", role: "primary", name: "ovr_1" }],
  ["named by the policy", { kind: "policy" }],
  ["asked to help", { kind: "responder" }],
  ["no one is on call at any level", { kind: "fallback", cause: fallbackCauses.noOneOnCall }],
  ["nobody is on call at any level", { kind: "fallback", cause: "nobody is on call at any level" }],
  ["tertiary by layer primary", { kind: "fallback", cause: "tertiary by layer primary" }],
])("%j", (why, reason) => {
  test("is read as data, and stored in the same words", () => {
    expect(z.decode(recipientSchema, { ...ada, why })).toEqual({ ...ada, reason });
    expect(z.encode(recipientSchema, { ...ada, reason })).toEqual({ ...ada, why });
  });
});

test("a recipient without a reason is rejected", () => {
  expect(recipientSchema.safeParse(ada).success).toBe(false);
  expect(recipientSchema.safeParse({ ...ada, why: 1 }).success).toBe(false);
});

test("a message queued by version 0.1.0 is still understood", () => {
  const event = {
    ...{ id: "evt_1", incidentId: "inc_1", at: 1, actor: null, type: "coverage_gap", team: "payments" },
    recipients: [{ ...ada, why: "nobody is on call at any level" }],
  };
  expect(incidentChanged.parse({ version: 1, event }).event).toMatchObject({
    recipients: [{ ...ada, reason: { kind: "fallback", cause: "nobody is on call at any level" } }],
  });
});
