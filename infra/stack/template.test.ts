import { expect, test } from "vitest";
import { readEnvironment, readResources } from "./template.ts";

test("infra's fragments read like the serverless CLI resolves them", () => {
  const resources = readResources(".", "local");
  expect(resources.PlatformTable?.Properties?.TableName).toBe("incident-platform-local");
  expect(resources.AlertsQueue?.Properties).toMatchObject({
    QueueName: "incident-platform-local-alerts.fifo",
    RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["AlertsDeadLetterQueue", "Arn"] } },
  });
});

test("the environment carries names, defaults and the answers to Ref", () => {
  const lookup = { ref: (logicalId: string) => `url of ${logicalId}`, attribute: () => undefined };
  expect(readEnvironment(".", "local", lookup)).toMatchObject({
    STAGE: "local",
    TABLE_NAME: "incident-platform-local",
    CORRELATION_WINDOW_SECONDS: "300",
    ALERTS_QUEUE_URL: "url of AlertsQueue",
  });
});
