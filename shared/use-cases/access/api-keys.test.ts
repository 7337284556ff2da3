import { beforeEach, describe, expect, test, vi } from "vitest";
import { countingUlids, days, minutes, monday, seconds, unique } from "../../../tests/support/builders.ts";
import { administratorDeps } from "../../../tests/support/memory/administrators.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { Conflict, Invalid, NotFound, Unavailable } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { apiKeyStore } from "../../storage/access/api-key-store.ts";
import { scheduleStore } from "../../storage/oncall/schedule-store.ts";
import type { Table } from "../../storage/table.ts";
import { apiKeyCache } from "./api-key-cache.ts";
import { createApiKey } from "./create-api-key.ts";
import { hasApiKeys, listApiKeys } from "./list-api-keys.ts";
import { readApiKey } from "./read-api-key.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { rotateApiKey } from "./rotate-api-key.ts";

let now: number;
let table: Table;
beforeEach(() => {
  now = monday;
  table = memoryTable(() => now);
});

const makeKey = () => unique("").padEnd(43, "x");
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const depsOf = () => ({
  ...administratorDeps(table, { fixed: true }),
  schedules: scheduleStore(table),
  makeKey,
  sha256,
  ulid: countingUlids(),
});
const ringOf = () => apiKeyCache({ apiKeys: apiKeyStore(table), clock: () => now, log });
const draft = { name: "ops", scopes: ["admin"], teams: null, breakGlass: false, validUntil: null } as const;

describe("a key", () => {
  test("is stored as its digest alone", async () => {
    const written = memoryTable(() => now);
    table = written;
    const { secret } = await createApiKey(depsOf(), draft, now);
    expect(secret).toMatch(/^ipk_/);
    expect(JSON.stringify(written.all())).not.toContain(secret);
    expect(await ringOf()(sha256(secret))).toMatchObject({ name: "ops", keyPrefix: secret.slice(0, 10) });
  });

  test("that would be over already is refused", async () => {
    await expect(createApiKey(depsOf(), { ...draft, validUntil: now }, now)).rejects.toThrow(Invalid);
    expect(await hasApiKeys(depsOf())).toBe(false);
  });

  test.each([
    ["limits an administrator", { teams: ["db"] }, "teams"],
    ["limits what it cannot change", { scopes: ["read"], teams: ["db"] }, "teams"],
    [
      "breaks glass without being one of an administrator",
      { scopes: ["write"], breakGlass: true },
      "break_glass",
    ],
    ["breaks glass and expires", { breakGlass: true, validUntil: monday + days(1) }, "expires_at"],
  ] as const)("that %s is refused", async (_, fields, path) => {
    const created = createApiKey(depsOf(), { ...draft, ...fields }, now);
    await expect(created).rejects.toMatchObject({ faults: [{ path }] });
  });

  test("that is rotated keeps its ID, name and scopes, and the old one stops working", async () => {
    const deps = depsOf();
    const { apiKey, secret } = await createApiKey(deps, { ...draft, validUntil: monday + days(90) }, now);
    const rotated = await rotateApiKey(deps, apiKey.id, now + 1);
    expect(rotated.apiKey).toMatchObject({ id: apiKey.id, name: "ops", validUntil: monday + days(90) });
    expect(rotated.apiKey.rotatedAt).toBe(now + 1);
    expect(await ringOf()(sha256(secret))).toBeUndefined();
    expect(await ringOf()(sha256(rotated.secret))).toMatchObject({ id: apiKey.id });
  });

  test("that is revoked stays in the list, opens nothing, and can't be rotated back to life", async () => {
    const deps = depsOf();
    const { apiKey, secret } = await createApiKey(deps, draft, now);
    await revokeApiKey(deps, apiKey.id, now + 1);
    const again = await revokeApiKey(deps, apiKey.id, now + 2);
    expect(again.apiKey.revokedAt).toBe(now + 1);
    expect((await listApiKeys(deps, { limit: 10, after: null })).items).toEqual([again]);
    expect(await ringOf()(sha256(secret))).toBeUndefined();
    await expect(rotateApiKey(deps, apiKey.id, now + 3)).rejects.toThrow(Conflict);
  });

  test("that does not exist is not found", async () => {
    for (const act of [rotateApiKey, revokeApiKey])
      await expect(act(depsOf(), "key_1", now)).rejects.toThrow(NotFound);
    await expect(readApiKey(depsOf(), "key_1")).rejects.toThrow(NotFound);
  });
});

describe("a key that comes again and again", () => {
  test("is read once in ten seconds, and is revoked by then", async () => {
    const deps = depsOf();
    const { apiKey, secret } = await createApiKey(deps, draft, now);
    const find = ringOf();
    const get = vi.spyOn(table, "get");
    await find(sha256(secret));
    get.mockClear();
    await revokeApiKey(deps, apiKey.id, now);
    get.mockClear();
    for (let ms = 0; ms < seconds(10); ms += 100) {
      now = monday + ms;
      expect(await find(sha256(secret))).toBeDefined();
    }
    expect(get).not.toHaveBeenCalled();
    now = monday + seconds(limits.apiKeyCacheSeconds);
    expect(await find(sha256(secret))).toBeUndefined();
    expect(get).toHaveBeenCalledTimes(1);
  });

  test("and is unknown costs no more", async () => {
    const find = ringOf();
    const get = vi.spyOn(table, "get");
    for (let count = 0; count < 100; count += 1) expect(await find(sha256("made up"))).toBeUndefined();
    expect(get).toHaveBeenCalledTimes(1);
  });

  test("ends in the very millisecond that it says, remembered or not", async () => {
    const { secret } = await createApiKey(depsOf(), { ...draft, validUntil: now + 5 }, now);
    const find = ringOf();
    now += 4;
    expect(await find(sha256(secret))).toBeDefined();
    now += 1;
    expect(await find(sha256(secret))).toBeUndefined();
  });

  test("records its use at most once per hour across all environments", async () => {
    const deps = depsOf();
    const { apiKey, secret } = await createApiKey(deps, draft, now);
    const put = vi.spyOn(table, "put");
    for (const find of [ringOf(), ringOf(), ringOf()]) {
      await find(sha256(secret));
      await find(sha256(secret));
    }
    expect(put).toHaveBeenCalledTimes(1);
    now += minutes(60);
    await ringOf()(sha256(secret));
    expect(put).toHaveBeenCalledTimes(2);
    expect(await readApiKey(deps, apiKey.id)).toMatchObject({ lastUsedAt: now });
  });

  test("is accepted even if its use can't be recorded", async () => {
    const { secret } = await createApiKey(depsOf(), draft, now);
    vi.spyOn(table, "put").mockRejectedValue(new Unavailable("The database"));
    expect(await ringOf()(sha256(secret))).toBeDefined();
    expect(log.warn).toHaveBeenCalledOnce();
  });

  test("is read again after the table did not respond", async () => {
    const { secret } = await createApiKey(depsOf(), draft, now);
    const find = ringOf();
    vi.spyOn(table, "get").mockRejectedValueOnce(new Unavailable("The database"));
    await expect(find(sha256(secret))).rejects.toThrow(Unavailable);
    expect(await find(sha256(secret))).toBeDefined();
  });

  test("and is another each time fills no memory", async () => {
    const get = vi.fn(async () => undefined);
    const find = apiKeyCache({ apiKeys: { findByDigest: get, recordUse: vi.fn() }, clock: () => now, log });
    for (let count = 0; count < 1_001; count += 1) await find(`${count}`);
    await find("1000");
    expect(get).toHaveBeenCalledTimes(1_001);
    await find("0");
    expect(get).toHaveBeenCalledTimes(1_002);
  });
});
