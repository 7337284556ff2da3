import { describe, expect, it } from "vitest";
import { checkHealth, checkServiceHealth, type Probe } from "./check-health.ts";

const log = { info: () => {}, warn: () => {}, error: () => {} };
const up: Probe = async () => {};
const down: Probe = async () => {
  throw new Error("refused");
};
const silent: Probe = () => new Promise(() => {});

function deps(dynamodb: Probe, sqs: Probe) {
  return { probes: { dynamodb, sqs }, timeoutMs: 20, log };
}

describe("health", () => {
  it("is ok when everything answers", async () => {
    const health = await checkHealth(deps(up, up));
    expect(health.status).toBe("ok");
    expect(Object.values(health.services).every(({ status }) => status === "ok")).toBe(true);
  });

  it.each([
    ["refuses", down],
    ["says nothing", silent],
  ])("is degraded when SQS %s, and so are those that stand on it", async (_, sqs) => {
    expect(await checkHealth(deps(up, sqs))).toEqual({
      status: "degraded",
      services: {
        alerts: { status: "degraded" },
        incidents: { status: "degraded" },
        oncall: { status: "ok" },
        notifications: { status: "degraded" },
        web: { status: "ok" },
      },
      dependencies: { dynamodb: { status: "ok" }, sqs: { status: "degraded" } },
    });
  });

  it("of a service checks only its dependencies", async () => {
    const never: Probe = () => expect.unreachable();
    expect(await checkServiceHealth(deps(never, never), "web")).toEqual({ service: "web", status: "ok" });
    expect(await checkServiceHealth(deps(down, never), "oncall")).toEqual({
      service: "oncall",
      status: "degraded",
    });
  });

  it.each(["billing", "", "__proto__", "constructor"])("knows no service %j", async (name) => {
    await expect(checkServiceHealth(deps(up, up), name)).rejects.toThrow("does not exist");
  });
});
