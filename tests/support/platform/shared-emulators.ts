/** The emulators of a test run, with a separate table and separate queues for each test file. */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { readEnvironment, readResources } from "../../../infra/stack/template.ts";
import { provision } from "../../../localstack/provision/provision.ts";
import { clients, REGION, type TestEmulators } from "./platform.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

export type SharedEmulators = Pick<TestEmulators, "env" | "dynamodb" | "sqs" | "stop">;

/** Creates an empty table and empty queues in the emulators of the run (tests/support/run/emulators.ts). */
export async function sharedEmulators(): Promise<SharedEmulators> {
  const endpoints: Record<string, string> = JSON.parse(process.env.TEST_EMULATORS ?? "");
  const { dynamodb, sqs } = clients(endpoints);
  const lookup = await provision(readResources(ROOT, randomBytes(6).toString("hex")), dynamodb, sqs, REGION);
  return {
    env: {
      ...endpoints,
      AWS_REGION: REGION,
      ...readEnvironment(ROOT, "local", lookup),
      // Tests page the same few people, and wait for each page.
      PAGE_BUNDLING_SECONDS: "0",
      TABLE_NAME: lookup.ref("PlatformTable") ?? "",
    },
    dynamodb,
    sqs,
    async stop() {
      dynamodb.destroy();
      sqs.destroy();
    },
  };
}
