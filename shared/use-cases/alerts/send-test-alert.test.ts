import { expect, test } from "vitest";
import { monday } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { Unavailable } from "../../domain/errors.ts";
import { sendTestAlert } from "./send-test-alert.ts";

test("a test alert opens an incident and pages, and a second one joins it", async () => {
  const system = testSystem();
  for (let count = 0; count < 2; count += 1) {
    await sendTestAlert(system.deps, "checkout", monday);
    await system.pump();
  }
  const { items } = await system.seen.incidents.list({}, { limit: 5, after: null });
  expect(items).toMatchObject([{ service: "checkout", severity: "high", source: "test", alertCount: 2 }]);
});

test("a test alert that the queue refuses is an error", async () => {
  const { deps } = testSystem();
  const alertQueue = {
    ...deps.alertQueue,
    send: async (alerts: readonly { id: string }[]) => new Set(alerts.map(({ id }) => id)),
  };
  await expect(sendTestAlert({ ...deps, alertQueue }, "checkout", monday)).rejects.toThrow(Unavailable);
});
