import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scan } from "../../infra/operate/backup/scan.ts";
import { sqsQueues } from "../../infra/operate/dlq/sqs.ts";
import { createWebhookContract } from "../../shared/contracts/notifications/webhooks/create-webhook.ts";
import { testWebhookContract } from "../../shared/contracts/notifications/webhooks/test-webhook.ts";
import { listServicesContract } from "../../shared/contracts/oncall/services/list-services.ts";
import { putServiceContract } from "../../shared/contracts/oncall/services/put-service.ts";
import { pathPattern } from "../../shared/contracts/path-template.ts";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { shardedHoursEntity } from "../../shared/storage/sharding/sharded-hours.ts";
import {
  clients,
  startPlatform,
  type TestPlatform,
  temporaryFolder,
  waitFor,
} from "../support/platform/platform.ts";
import { everyAnswer, readPaths } from "./answers.ts";
import { post, script, userOf } from "./platform-user.ts";

/** Links and calendars name the same host, wherever the platform runs. */
const env = { PUBLIC_URL: "https://incidents.example.com" };
const prefix = "incident-platform-local-";
const folder = temporaryFolder();
const file = join(folder, "export.jsonl");

/** The first platform runs the demo. The second receives its data and carries it on, with one more incident, to a third. */
const carries = [
  { from: "on", to: "off", pending: 1 },
  { from: "off", to: "on", pending: 2 },
] as const;

/** The platform that has the data. */
let holder: TestPlatform | undefined;
afterAll(() => holder?.stop());

const envOf = (sharding: "on" | "off") => ({ ...env, SHARDING: sharding === "on" ? "on" : "" });

describe.each(carries)(
  "a platform with sharding $from that is carried to one with it $to",
  ({ from, to, pending }) => {
    let before: ReadonlyMap<string, string>;
    let lines: string[];
    let other: TestPlatform;

    beforeAll(async () => {
      const platform = holder ?? (await startWithData());
      await waitFor(async () => (await waitingNotifications(platform)) === pending, 30_000);
      before = await everyAnswer(platform.url);
      const exported = await script("export", [file], platform);
      expect(exported.output).toMatch(/^Exported [\d,]+ items of stage local at http:\S+ to \S+\.$/m);
      expect(exported.code).toBe(0);
      lines = readFileSync(file, "utf8").split("\n");
      expect((await alertShards(platform)).length > 0).toBe(from === "on");
      expect(lines.filter((line) => line.includes('"ALERTS#'))).toEqual([]);
      await platform.stop();
      other = await startPlatform({ env: envOf(to) });
      holder = other;
    }, 240_000);

    test("is a file for its owner alone, with a header and the count of its items", () => {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(JSON.parse(lines[0] ?? "")).toEqual({
        format: "incident-platform-export",
        version: 1,
        time: expect.any(String),
        stage: "local",
      });
      expect(JSON.parse(lines.at(-2) ?? "")).toEqual({ items: lines.length - 3 });
    });

    test("answers every question as before", async () => {
      const imported = await script("import", ["-"], other, {}, lines.join("\n"));
      expect(imported.output).toMatch(
        /^Imported [\d,]+ items of standard input into stage local at \S+ Requeued \d+ pending notifications\.$/m,
      );
      expect(imported.output).toContain(` Requeued ${pending} pending notifications.`);
      const after = await everyAnswer(other.url);
      expect([...after.keys()]).toEqual([...before.keys()]);
      for (const [path, answer] of before) expect(after.get(path), path).toBe(answer);
    });

    test("was asked about every path that reads something", () => {
      const asked = [...before.keys()].map((path) => path.replace(/\?.*/, ""));
      for (const path of readPaths()) {
        const pattern = pathPattern(path);
        expect(
          asked.some((each) => pattern.test(each)),
          path,
        ).toBe(true);
      }
    });

    test("may have had a key of its own, which stays", async () => {
      const secured = await startPlatform({ env: { ...envOf(to), AUTH: "required" } });
      const [key = ""] = /ipk_[\w-]{43}/.exec(secured.output()) ?? [];
      const { code } = await script("import", [file], secured);
      expect(code).toBe(0);
      const response = await fetch(`${secured.url}/api/v1/keys`, { headers: { "x-api-key": key } });
      const { keys } = (await response.json()) as { keys: { name: string }[] };
      expect(keys.map(({ name }) => name).toSorted()).toEqual(["first", "ops"]);
      await secured.stop();
    });

    test("takes no second import", async () => {
      const { code, output } = await script("import", [file], other);
      expect(output).toMatch(/^The platform is not empty\. It contains, for example: .* npm run reset\.$/m);
      expect(code).toBe(1);
    });

    test("continues: alerts find their incident, numbers continue, pending items have their messages again", async () => {
      const { incidents } = userOf(other);
      const highest = Math.max(...(await incidents()).map(({ number }) => number));
      const alert = { service: "ledger", severity: "high", message: "Again", dedup_key: "waiting" };
      await post(`${other.url}/api/v1/alerts`, alert);
      await waitFor(async () =>
        (await incidents()).some(
          ({ dedup_key, alert_count }) => dedup_key === "waiting" && alert_count === 1 + pending,
        ),
      );
      await post(`${other.url}/api/v1/alerts`, { ...alert, dedup_key: `new ${pending}` });
      await waitFor(async () => (await incidents()).some(({ number }) => number === highest + 1));
      const { sqs } = clients(other.env);
      const queues = sqsQueues(sqs);
      await waitFor(async () => (await queues.depth(`${prefix}notifications`)).delayed >= 1);
      sqs.destroy();
    });
  },
);

describe("a platform with dead letters", () => {
  let platform: TestPlatform;
  let sqs: SQSClient;
  beforeAll(async () => {
    platform = await startPlatform();
    sqs = clients(platform.env).sqs;
    const queues = sqsQueues(sqs);
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: await queues.urlOf(`${prefix}alerts-dlq.fifo`),
        MessageBody: "an alert",
        MessageGroupId: "group",
        MessageDeduplicationId: "once",
      }),
    );
    await userOf(platform).call(putServiceContract, { params: { service: "checkout" }, body: { team: "x" } });
  });
  afterAll(async () => {
    sqs?.destroy();
    await platform?.stop();
  });

  test("is exported with a warning about queued messages on standard error", async () => {
    const { code, output, stdout } = await script("export", ["-"], platform);
    expect(output).toContain("Warning: queued messages are not included: 1 dead letters of alerts.");
    expect(stdout).toContain('"pk":"SERVICE#checkout"');
    for (const line of stdout.split("\n").slice(0, -1)) expect(() => JSON.parse(line)).not.toThrow();
    expect(code).toBe(0);
  });

  test("keeps the previous export until the next is complete", async () => {
    const kept = join(folder, "kept.jsonl");
    writeFileSync(kept, "the one before");
    const nowhere = { AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:9" };
    const failed = await script("export", [kept], platform, nowhere);
    expect(failed.output).toContain("DynamoDB is not reachable at http://127.0.0.1:9.");
    expect(readFileSync(kept, "utf8")).toBe("the one before");
    expect(await script("export", [kept], platform)).toMatchObject({ code: 0 });
    expect(readFileSync(kept, "utf8")).toContain("SERVICE#checkout");
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("is not emptied while it runs", async () => {
    const { code, output } = await script("reset", [], platform, {
      DATA_DIR: platform.dataDir,
    });
    expect(output).toContain(`Already running on ${platform.dataDir}`);
    expect(code).toBe(1);
    expect(await userOf(platform).call(listServicesContract)).toMatchObject({ services: [{ team: "x" }] });
  });

  describe("taken for a stage elsewhere", () => {
    const reset = (args: string[]) => script("reset", args, platform, platform.env);
    const howTo = "npm run reset -- --stage local --yes-delete-everything-of local";

    test.each([
      { args: [], reason: howTo },
      { args: ["--stage", "local"], reason: howTo },
      { args: ["--yes-delete-everything-of", "local"], reason: howTo },
      {
        args: ["--stage", "local", "--yes-delete-everything-of", "prod"],
        reason: "names stage prod, but the stage is local. Nothing was deleted.",
      },
    ])("is not emptied by $args", async ({ args, reason }) => {
      const { code, output } = await reset(args);
      expect(output).toContain(reason);
      expect(code).toBe(1);
      expect(await userOf(platform).call(listServicesContract)).toMatchObject({ services: [{ team: "x" }] });
    });

    test("is emptied, table and queues, after a second option confirms it", async () => {
      const { code, output } = await reset(["--stage", "local", "--yes-delete-everything-of", "local"]);
      expect(output).toMatch(/^Deleted \d+ items and all messages of stage local at http:\S+\.$/m);
      expect(code).toBe(0);
      expect(await userOf(platform).call(listServicesContract)).toMatchObject({ services: [] });
      expect(await sqsQueues(sqs).depth(`${prefix}alerts-dlq.fifo`)).toMatchObject({ waiting: 0 });
    });
  });

  test("is killed, and its data folder emptied of everything but foreign files", async () => {
    await userOf(platform).call(putServiceContract, { params: { service: "checkout" }, body: { team: "y" } });
    await platform.kill9();
    writeFileSync(join(platform.dataDir, "notes.txt"), "mine");
    const { code, output } = await script("reset", [], platform, { DATA_DIR: platform.dataDir });
    expect(output).toContain("Kept files that do not belong to the platform: notes.txt");
    expect(code).toBe(0);
    expect(readdirSync(platform.dataDir)).toEqual(["notes.txt"]);
    await platform.restart();
    expect(await userOf(platform).call(listServicesContract)).toMatchObject({ services: [] });
  });
});

test("a folder that no platform has run in is left alone", async () => {
  const other = temporaryFolder();
  writeFileSync(join(other, "platform.log"), "mine");
  const { output } = await script("reset", [], { url: "http://localhost:9" }, { DATA_DIR: other });
  expect(output).toContain("do not belong to the platform: platform.log");
  expect(readdirSync(other)).toEqual(["platform.log"]);
});

test("a reset of a folder that does not exist says so", async () => {
  const missing = join(temporaryFolder(), "missing");
  const { code, output } = await script("reset", [], { url: "http://localhost:9" }, { DATA_DIR: missing });
  expect(output).toContain(`${missing} does not exist. Nothing was deleted.`);
  expect(code).toBe(0);
});

async function startWithData(): Promise<TestPlatform> {
  const platform = await startPlatform({ env: envOf("on") });
  await shardEveryHour(platform);
  expect(await script("demo", ["--fast"], platform)).toMatchObject({ code: 0 });
  await leaveThingsWaiting(platform);
  await post(`${platform.url}/api/v1/keys`, { name: "ops", scopes: ["admin"] });
  const matchers = [{ field: "labels.env", op: "=", value: "test" }];
  await post(`${platform.url}/api/v1/silences`, { matchers, duration_seconds: 86_400, comment: "why" });
  const heartbeat = { name: "nightly backup", service: "ledger", interval_seconds: 86_400 };
  await post(`${platform.url}/api/v1/heartbeats`, heartbeat);
  const integration = { name: "cron", type: "generic", service: "ledger" };
  await post(`${platform.url}/api/v1/integrations`, integration);
  return platform;
}

async function waitingNotifications(platform: TestPlatform): Promise<number> {
  const all = await userOf(platform).notifications();
  return all.filter(({ status }) => status === "queued").length;
}

/** Makes lists have shards from the first item on, as with a high load. */
async function shardEveryHour({ env }: TestPlatform): Promise<void> {
  const { dynamodb } = clients(env);
  const table = dynamoTable(DynamoDBDocumentClient.from(dynamodb), "incident-platform-local", Date.now);
  const ranges = [[0, 1_000_000]] as const;
  const hours = { alerts: ranges, incidents: ranges, notifications: ranges, version: 1 };
  await table.put({ item: shardedHoursEntity.toItem(hours) });
  dynamodb.destroy();
}

/** Returns the shards that have alerts. */
async function alertShards({ env }: TestPlatform): Promise<string[]> {
  const { dynamodb } = clients(env);
  const client = DynamoDBDocumentClient.from(dynamodb);
  const shards = new Set<string>();
  for await (const items of scan(client, "incident-platform-local", { attributes: ["pk", "sk"] }))
    for (const { pk } of items) if (pk.startsWith("ALERTS#")) shards.add(pk);
  dynamodb.destroy();
  return [...shards];
}

/** An incident that escalates, a page for later, and something of each kind that the demo leaves out. */
async function leaveThingsWaiting({ url }: TestPlatform): Promise<void> {
  const put = async (path: string, body: unknown) => {
    const reply = await fetch(url + path, { method: "PUT", body: JSON.stringify(body) });
    expect(reply.status, path).toBeLessThan(300);
  };
  await put("/api/v1/users/eve@example.com", {
    name: "Eve",
    contact_methods: [
      { id: "mail", channel: "email", address: "eve@example.com" },
      { id: "later", channel: "console", address: "#waiting" },
    ],
    notification_rules: [
      { contact_method_id: "mail", delay_seconds: 0 },
      { contact_method_id: "later", delay_seconds: 600 },
    ],
  });
  await put("/api/v1/teams/ledger/escalation-policy", {
    rules: [{ targets: [{ type: "user", email: "eve@example.com" }], delay_seconds: 3_600 }],
    repeat: 2,
  });
  await put("/api/v1/teams/ledger/channels", {
    channels: [{ id: "room", channel: "console", address: "#ledger", events: ["triggered"] }],
  });
  const member = { name: "Eve", email: "eve@example.com", role: "primary" };
  await post(`${url}/api/v1/schedules`, { team: "ledger", rotation_type: "daily", members: [member] });
  for (const user of ["Ada", "Bob"]) {
    await post(`${url}/api/v1/oncall/override`, {
      team: "ledger",
      user_name: user,
      user_email: `${user}@example.com`,
      duration_hours: 2,
    });
  }
  await fetch(`${url}/api/v1/oncall/override/ledger`, { method: "DELETE" });
  const alert = { service: "ledger", severity: "high", message: "Line\u2028break", dedup_key: "waiting" };
  await post(`${url}/api/v1/alerts`, alert);
  // Nothing takes it there: it has failed at once, and is not waiting.
  const { call, notifications } = userOf({ url });
  const body = { url: `${url}/nowhere`, events: ["renamed"] };
  const { id } = await call(createWebhookContract, { params: { team: "ledger" }, body });
  await call(testWebhookContract, { params: { team: "ledger", webhook: id } });
  await waitFor(async () =>
    (await notifications()).some(
      ({ recipient, status }) => recipient === `webhook:${id}` && status === "failed",
    ),
  );
  await waitFor(async () => {
    const own = (await notifications()).filter(({ recipient }) => /eve|ledger/.test(recipient));
    return own.length === 3 && own.filter(({ status }) => status === "sent").length === 2;
  });
}
