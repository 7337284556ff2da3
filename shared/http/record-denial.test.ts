import { expect, test, vi } from "vitest";
import type { AccessEvent, ActorContext } from "../domain/access/audit.ts";
import type { PersonPrincipal } from "../domain/access/principal.ts";
import { withContext } from "../telemetry/context.ts";
import { currentActor } from "../telemetry/current-actor.ts";
import { denialRecorder } from "./record-denial.ts";

const principal: PersonPrincipal = {
  kind: "person",
  email: "ada@example.com",
  name: "Ada",
  subject: "00u1",
  groups: [],
};
const attempt = {
  principal,
  right: "manage",
  denial: { missing: "role", role: "manager", team: "payments" },
} as const;
const request = { method: "PUT", path: "/api/v1/services/checkout", route: "/api/v1/services/{service}" };

test("a denied request is recorded with the person, the right, the address and what they lack", async () => {
  const recorded: { event: AccessEvent; context: ActorContext }[] = [];
  const recordAccess = async (event: AccessEvent) => recorded.push({ event, context: currentActor() }) > 0;
  const context = { traceparent: "", fields: { request_id: "r" }, ipAddress: "203.0.113.7" };
  const log = { info() {}, warn() {}, error: vi.fn() };
  await withContext(context, () => denialRecorder(recordAccess, log)(attempt, request));
  const by = { actor: "ada@example.com", actorKind: "person", subject: "00u1" };
  expect(recorded).toEqual([
    {
      event: {
        event: "denied",
        by,
        resource: "request",
        resourceId: "PUT /api/v1/services/{service}",
        before: null,
        after: { missing: { role: "manager", team: "payments" } },
      },
      context: {
        ...by,
        right: "manage",
        ipAddress: "203.0.113.7",
        method: "PUT",
        path: "/api/v1/services/checkout",
        requestId: "r",
      },
    },
  ]);
  expect(log.error).not.toHaveBeenCalled();
});

test("a request is denied although it can't be recorded", async () => {
  const error = vi.fn();
  const log = { info() {}, warn() {}, error };
  const recordAccess = async () => Promise.reject(new Error("no database"));
  await denialRecorder(recordAccess, log)(attempt, request);
  expect(error).toHaveBeenCalledOnce();
});
