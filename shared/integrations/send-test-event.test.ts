import { describe, expect, test } from "vitest";
import { minutes } from "../../tests/support/builders.ts";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { integrationTypeNames } from "./registry.ts";
import { sendTestEvent } from "./send-test-event.ts";

describe("a test event", () => {
  test.each(integrationTypeNames)(
    "of the type %s opens an incident, as often as it is sent",
    async (type) => {
      const system = integrationSystem();
      // Only Grafana itself can sign with this secret.
      const { integration } = await system.integrate(type, type === "grafana" ? { secret: "x" } : {});
      const send = (id: string) =>
        sendTestEvent(() => system.context(integration), integration, id, system.now());
      const [first] = await send("01M83XJ8800000000000000001");
      expect(await system.alerts()).toMatchObject([
        { id: first, message: expect.stringMatching(/^Test event: ./), labels: { test: true } },
      ]);
      expect(await system.incidents()).toMatchObject([{ service: "checkout", status: "open" }]);
      system.advance(minutes(60));
      const [second] = await send("01M83XJ8800000000000000002");
      expect(second).not.toBe(first);
      expect(await system.alerts()).toHaveLength(2);
    },
  );

  test("of a type that this release does not have is refused", async () => {
    const system = integrationSystem();
    const { integration } = await system.integrate("generic");
    const gone = { ...integration, type: "smoke" };
    const sent = sendTestEvent(() => system.context(gone), gone, "1", system.now());
    await expect(sent).rejects.toMatchObject({ code: "invalid" });
  });
});
