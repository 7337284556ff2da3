import { expect, test } from "vitest";
import * as z from "zod";
import { incidentChanged } from "../incident-changed.ts";
import { renamed } from "./renamed.ts";

const schema = renamed(z.object({ manual: z.boolean() }), { byHand: "manual" });

test("a field is read by its earlier name and by its present one", () => {
  expect(z.parse(schema, { byHand: true })).toEqual({ manual: true });
  expect(z.parse(schema, { manual: false })).toEqual({ manual: false });
});

test("a field is written by its present name", () => {
  expect(z.encode(schema, { manual: true })).toEqual({ manual: true });
});

test("a message queued by version 0.1.0 is still understood", () => {
  const event = {
    ...{ id: "evt_1", incidentId: "inc_1", at: 1, actor: null, type: "escalated", team: "payments" },
    ...{ level: 2, pass: 1, recipients: [], nextAt: null, byHand: true, reason: null },
  };
  expect(incidentChanged.parse({ version: 1, event }).event).toMatchObject({ manual: true });
});
