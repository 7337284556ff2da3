import { expect, test } from "vitest";
import { monday } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { withCode } from "../../domain/access/reachability.ts";
import { StaleVersion } from "../../domain/errors.ts";
import { reachabilityStore } from "./reachability-store.ts";

const email = "ada@example.com";
const code = {
  methodId: "mail",
  digest: "d",
  notificationId: "ntf_1",
  sentAt: monday,
  expiresAt: monday + 600_000,
  failures: 0,
};

test.each([0, 1])(
  "a code that is sent while a user is deleted counts, also after %i others",
  async (before) => {
    const table = memoryTable(() => monday);
    const others = reachabilityStore(table);
    const send = async () => {
      const known = await others.load(email);
      await others.save(withCode(known, code), known);
    };
    for (let sent = 0; sent < before; sent += 1) await send();
    let meanwhile = send;
    const store = reachabilityStore({
      ...table,
      async get(key, options) {
        const item = await table.get(key, options);
        await meanwhile();
        return item;
      },
    });
    await expect(store.endOf(email, monday)).rejects.toThrow(StaleVersion);
    meanwhile = async () => undefined;
    await store.endOf(email, monday);
    expect(await others.load(email)).toMatchObject({
      codes: [],
      codesSentAt: Array.from({ length: before + 1 }, () => monday),
    });
  },
);
