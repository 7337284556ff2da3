import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeItems } from "../../infra/operate/backup/empty.ts";
import { scan } from "../../infra/operate/backup/scan.ts";
import { removeExpired } from "../../localstack/emulators/expiry.ts";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import type { Item } from "../../shared/storage/table.ts";
import { monday } from "../support/builders.ts";
import { type SharedEmulators, sharedEmulators } from "../support/platform/shared-emulators.ts";

let emulators: SharedEmulators;
beforeAll(async () => {
  emulators = await sharedEmulators();
});
afterAll(() => emulators?.stop());

const nowSeconds = monday / 1_000;

test("the emulator removes expired items only, and all items once all have expired", async () => {
  const client = DynamoDBDocumentClient.from(emulators.dynamodb);
  const tableName = emulators.env.TABLE_NAME ?? "";
  const table = dynamoTable(client, tableName, () => monday);
  const living: Item[] = [
    { pk: "a", sk: "without" },
    { pk: "a", sk: "a second to go", expiresAt: nowSeconds + 1 },
  ];
  const expired = Array.from({ length: 450 }, (_, index) => ({
    pk: "b",
    sk: `${index}`,
    expiresAt: nowSeconds,
  }));
  await table.putAll([...living, ...expired]);

  const all = async () => {
    const items: Item[] = [];
    for await (const page of scan(client, tableName)) items.push(...page);
    return items;
  };
  expect(await all()).toHaveLength(452);
  expect(await removeExpired(client, tableName, () => monday)).toBe(450);
  expect(await all()).toEqual(expect.arrayContaining(living));
  expect(await all()).toHaveLength(2);

  const removed = await removeItems(
    client,
    tableName,
    async () => {},
    () => {},
  );
  expect(removed).toBe(2);
  expect(await all()).toEqual([]);
});
