/** Data of an earlier version: everything in it is read, and its queue messages are processed. */
import { createReadStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFile } from "../../infra/operate/backup/import.ts";
import { memoryTable } from "../support/memory/memory-table.ts";
import {
  clients,
  startPlatform,
  type TestPlatform,
  temporaryFolder,
  waitFor,
} from "../support/platform/platform.ts";
import { script, userOf } from "./platform-user.ts";

const fixture = join(import.meta.dirname, "../fixtures/platform-0.1.0");
/** Time at which the answers were recorded, epoch milliseconds. */
const recordedAt = Date.parse("2026-11-29T15:19:08.730Z");
const env = {
  PUBLIC_URL: "https://incidents.example.com",
  SIGNING_SECRET: "a-signing-secret-for-the-old-data-0123456789",
};

const recorded = linesOf<[path: string, answer: unknown]>(unzipped("answers.jsonl.gz").toString());
const messages = linesOf<{ queue: string; group: string | null; body: unknown }>(
  readFileSync(join(fixture, "messages.jsonl"), "utf8"),
);

describe.each(["", "on"])("a data folder of version 0.1.0 with SHARDING=%s", (SHARDING) => {
  const dataDir = temporaryFolder();
  let platform: TestPlatform;

  /** The platform on the folder, at a time after the recording. */
  const startAt = (msLater: number) => {
    const offsetMs = recordedAt + msLater - Date.now();
    const preload = join(import.meta.dirname, "../support/platform/shifted-clock.mjs");
    const clock = { NODE_OPTIONS: `--import=${preload}`, CLOCK_OFFSET_MS: `${offsetMs}` };
    return startPlatform({ dataDir, env: { ...env, ...clock, SHARDING } });
  };

  beforeAll(async () => {
    for (const name of ["dynamodb.sqlite", "fauxqs.db"]) {
      writeFileSync(join(dataDir, name), unzipped(`${name}.gz`));
    }
    platform = await startAt(60_000);
  });
  afterAll(() => platform?.stop());

  test("has recorded answers for entities of every kind", () => {
    const asked = recorded.map(([path]) => path).join("\n");
    for (const kind of [
      "alerts/alt_",
      "incidents/inc_",
      "notifications/ntf_",
      "silences/",
      "heartbeats/hbt_",
      "keys/key_",
      "integrations/int_",
      "users/ada",
      "schedules/payments",
      "teams/payments/escalation-policy",
      "teams/payments/channels",
      "teams/payments/webhooks/whk_",
      "routing-rules",
      "audit",
      "services",
      "calendar.ics",
      "oncall/overrides",
    ]) {
      expect(asked).toContain(kind);
    }
  });

  test("is read as that version read it", async () => {
    for (const [path, answer] of recorded) {
      const response = await fetch(platform.url + path, { signal: AbortSignal.timeout(20_000) });
      const text = await response.text();
      if (answer === "404") expect(response.status, path).toBe(404);
      else if (typeof answer === "string") expect(datesOf(text), path).toEqual(datesOf(answer));
      else expect(comparable(JSON.parse(text)), path).toMatchObject(comparable(answer) as object);
    }
  });

  test("has an export that can be imported", async () => {
    const name = join(temporaryFolder(), "export.jsonl");
    const { code, output } = await script("export", [name], platform);
    expect(code, output).toBe(0);
    const table = memoryTable(() => recordedAt);
    const { items } = await importFile(
      {
        table,
        pages: async function* () {
          yield table.all();
        },
        notificationQueue: { send: async () => {} },
        clock: () => recordedAt,
        pause: async () => {},
        done: () => {},
      },
      { name, open: () => createReadStream(name, "utf8") },
    );
    expect(items).toBeGreaterThan(250);
    expect(table.all()).toHaveLength(items);
  });

  test("has queue messages that are processed", async () => {
    const { sqs } = clients(platform.env);
    for (const [index, { queue, group, body }] of messages.entries()) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: `${platform.env.AWS_ENDPOINT_URL_SQS}/000000000000/incident-platform-local-${queue}`,
          MessageBody: JSON.stringify(body),
          ...(group !== null && { MessageGroupId: group, MessageDeduplicationId: `old-${index}` }),
        }),
      );
    }
    sqs.destroy();
    const { incidents, notifications } = userOf(platform);
    await waitFor(async () => {
      const all = await incidents();
      expect(all.find(({ dedup_key }) => dedup_key === "payments-fail")).toMatchObject({ alert_count: 3 });
      expect(all.find(({ service }) => service === "mailer")).toMatchObject({ severity: "high" });
      return true;
    });
    await waitFor(async () => {
      const announced = (await notifications()).filter(({ metadata }) => metadata.incident_number === 1);
      expect(announced).toContainEqual(
        expect.objectContaining({
          recipient: "team:payments",
          metadata: expect.objectContaining({ event: "acknowledged" }),
          status: "sent",
        }),
      );
      return true;
    });
  });

  test("has delayed messages that are processed when they are due", async () => {
    await platform.stop();
    platform = await startAt(30 * 60_000);
    const { notifications } = userOf(platform);
    await waitFor(async () => {
      const pages = (await notifications()).filter(({ kind }) => kind === "page");
      const pageTo = (recipient: string, channel: string, number: number) =>
        pages.find(
          (page) =>
            page.recipient === recipient &&
            page.channel === channel &&
            page.metadata.incident_number === number,
        );
      // A notification rule with a delay, and the second level of the escalation policy.
      expect(pageTo("ada@example.com", "console", 3)).toMatchObject({ status: "sent" });
      expect(pageTo("cy@example.com", "email", 1)).toMatchObject({ status: "sent" });
      return true;
    }, 30_000);
  });
});

function unzipped(name: string): Buffer {
  return gunzipSync(readFileSync(join(fixture, name)));
}

function linesOf<T>(text: string): T[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

/** A calendar's events; its texts may be reworded. */
function datesOf(calendar: string): string[] {
  return calendar.split("\r\n").filter((line) => /^(UID|DTSTART|DTEND|SEQUENCE|STATUS)\b/.test(line));
}

/** A response with the words left out that each version chooses when it is asked. */
function comparable(answer: unknown): unknown {
  return JSON.parse(
    JSON.stringify(answer, function (this: Record<string, unknown>, key: string, value: unknown) {
      const isText = typeof value === "string" && value !== "";
      const isChosen =
        key === "why" ||
        (key === "message" && "type" in this && "at" in this) ||
        (key === "reason" && "channel" in this);
      if (isText && isChosen) return "text";
      const isNow = (key === "from" || key === "to") && "gaps" in this;
      return isNow ? "time" : value;
    }),
  );
}
