/** Opsgenie's own SDK, unchanged, on a running platform: it is given another host and a key, nothing else. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { createIntegrationContract } from "../../shared/contracts/integrations/create-integration.ts";
import { unique } from "../support/builders.ts";
import { temporaryFolder, waitFor } from "../support/platform/platform.ts";
import { type SharedPlatform, sharedPlatform } from "../support/platform/shared-platform.ts";
import { userOf } from "./platform-user.ts";

type Answer = (error: unknown, answer: { readonly data?: Readonly<Record<string, unknown>> }) => void;
type Call = (asked: object | string, body: object | Answer, answer?: Answer) => void;
interface Sdk {
  configure(options: object): void;
  readonly alertV2: Readonly<
    Record<
      | "create"
      | "get"
      | "acknowledge"
      | "unacknowledge"
      | "snooze"
      | "close"
      | "addNote"
      | "assign"
      | "addTags"
      | "removeTags"
      | "addDetails"
      | "removeDetails"
      | "getRequestStatus",
      Call
    >
  >;
}

/** Installed for the test alone: what it is made of isn't maintained any more, and no dependency of a platform. */
function installSdk(): Sdk | undefined {
  const folder = temporaryFolder();
  const asked = [
    "install",
    "--no-save",
    "--ignore-scripts",
    "--no-audit",
    "--prefix",
    folder,
    "opsgenie-sdk@0.5.1",
  ];
  const { status } = spawnSync("npm", asked, { stdio: "ignore", timeout: 100_000 });
  return status === 0 ? (createRequire(join(folder, "x.js"))("opsgenie-sdk") as Sdk) : undefined;
}

const sdk = installSdk();

describe.skipIf(!sdk)(`opsgenie-sdk${sdk ? "" : " (skipped: npm can't install it)"}`, () => {
  const { alertV2, configure } = sdk as Sdk;
  let platform: SharedPlatform;
  beforeAll(async () => {
    platform = await sharedPlatform();
  });

  const ask = (call: Call, asked: object | string, body?: object) =>
    new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
      const answer: Answer = (error, reply) =>
        error ? reject(error) : resolve({ ...reply, ...(reply.data ?? {}) });
      if (body) call(asked, body, answer);
      else call(asked, answer);
    });

  test("opens an incident, reads its request status, adds a note, acknowledges and closes it", async () => {
    const { call, incidents } = userOf(platform);
    const service = unique("service-");
    const body = { name: service, type: "opsgenie" as const, service };
    const { key } = await call(createIntegrationContract, { body });
    const own = () => incidents({ service });
    const become = (status: string) => waitFor(async () => (await own())[0]?.status === status, 20_000);
    configure({ host: platform.url, api_key: key });

    const message = "The checkout is slow";
    const created = await ask(alertV2.create, { message, alias: "checkout", priority: "P1" });
    expect(created).toMatchObject({ result: "Request will be processed" });
    const status = await ask(alertV2.getRequestStatus, `${created.requestId}`);
    expect(status).toMatchObject({ success: true, alias: "checkout" });
    const which = { identifier: "checkout", identifierType: "alias" };
    await ask(alertV2.addNote, which, { note: "looking", user: "ada" });
    await become("open");
    expect(await own()).toMatchObject([{ severity: "critical", title: `[CRITICAL] ${service}: ${message}` }]);

    await ask(alertV2.assign, which, { owner: { username: "ada@example.com" } });
    await ask(alertV2.addTags, which, { tags: ["a", "b"] });
    await ask(alertV2.addDetails, which, { details: { region: "eu", host: "db1" } });
    await ask(alertV2.removeTags, which, { tags: "a" });
    await ask(alertV2.removeDetails, which, { keys: "host" });
    const shown = () => ask(alertV2.get, which);
    await waitFor(async () => JSON.stringify(await shown()).includes(`"details":{"region":"eu"}`), 20_000);
    expect(await shown()).toMatchObject({ owner: "ada@example.com", tags: ["b"], details: { region: "eu" } });

    await ask(alertV2.acknowledge, which, { user: "ada" });
    await become("acknowledged");
    const [{ id } = { id: "" }] = await own();
    expect((await call(getIncidentContract, { params: { id } })).notes).toMatchObject([
      { author: "ada", content: "looking" },
    ]);
    await ask(alertV2.unacknowledge, which, { user: "ada" });
    await become("open");
    const endTime = new Date(Date.now() + 5_000).toISOString();
    await ask(alertV2.snooze, which, { user: "ada", endTime });
    await become("acknowledged");
    await become("open");
    const { timeline } = await call(getIncidentContract, { params: { id } });
    const events = timeline.filter(({ type }) =>
      ["snoozed", "reopened", "paging", "coverage_gap"].includes(type),
    );
    expect(events.map(({ details: { cause } }) => cause ?? null)).toEqual([
      null,
      "person",
      "person",
      null,
      "snooze_ended",
      "snooze_ended",
    ]);
    await ask(alertV2.close, which, { user: "ada" });
    await become("resolved");
  });
});
