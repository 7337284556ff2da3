import { describe, expect, test } from "vitest";
import { listTeamsContract } from "../../shared/contracts/oncall/list-teams.ts";
import { type Call, Refused } from "../api-client.ts";
import { retrying } from "./retrying-call.ts";

/** Refuses so many times, then answers. */
function busy(times: number, headers: Record<string, string>) {
  let asked = 0;
  const call = (async () => {
    asked += 1;
    if (asked <= times) throw new Refused("GET /", new Response("", { status: 429, headers }), "busy");
    return { teams: [], next_cursor: null };
  }) as Call;
  const pauses: number[] = [];
  const pause = async (ms: number) => pauses.push(ms);
  return { call: retrying(call, pause), pauses };
}

describe("a platform that has no time", () => {
  test("is asked again when it says", async () => {
    const { call, pauses } = busy(2, { "retry-after": "7" });
    expect(await call(listTeamsContract)).toEqual({ teams: [], next_cursor: null });
    expect(pauses).toEqual([7_000, 7_000]);
  });

  test("is left alone after some times", async () => {
    const { call, pauses } = busy(100, { "retry-after": "1" });
    await expect(call(listTeamsContract)).rejects.toThrow("429");
    expect(pauses).toHaveLength(5);
  });

  test.each([{}, { "retry-after": "3600" }])("or says %o is not waited for", async (headers) => {
    const { call, pauses } = busy(1, headers);
    await expect(call(listTeamsContract)).rejects.toThrow("429");
    expect(pauses).toEqual([]);
  });
});
