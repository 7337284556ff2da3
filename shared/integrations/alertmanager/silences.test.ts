import { describe, expect, test } from "vitest";
import { minutes, monday } from "../../../tests/support/builders.ts";
import { integrationSystem } from "../../../tests/support/memory/integration-system.ts";
import { formatInstant } from "../../domain/time.ts";
import type { ClientSilence, IntegrationSilences } from "../../use-cases/ports/integration-context.ts";

/** The port's other side: where silences are kept. */
function integrationSilences(): IntegrationSilences & { readonly all: ClientSilence[] } {
  const all: ClientSilence[] = [];
  return {
    all,
    list: async () => all,
    async create(draft) {
      const id = `sil_${all.length}`;
      all.push({ ...draft, id, updatedAt: monday, state: "active" });
      return id;
    },
    async end(id) {
      const index = all.findIndex((each) => each.id === id);
      all.splice(index, 1, { ...(all[index] as ClientSilence), state: "expired" });
    },
  };
}

async function integrated(silences?: IntegrationSilences) {
  const system = integrationSystem({ ...(silences && { silences }) });
  const { key } = await system.integrate("prometheus");
  const ask = (method: string, path: string, body?: unknown, query = "") =>
    system.ask({ method, path: `/integrations/${key}/api/v2${path}`, body, query });
  return { ask };
}

/** As amtool posts it. */
const wanted = {
  matchers: [
    { isEqual: true, isRegex: false, name: "alertname", value: "Disk" },
    { isEqual: false, isRegex: true, name: "job", value: "test.*" },
  ],
  startsAt: formatInstant(monday - minutes(1)),
  endsAt: formatInstant(monday + minutes(60)),
  createdBy: "ada",
  comment: "moving the database",
};

describe("silences as Alertmanager has them", () => {
  test("are set, shown with all fields and ended", async () => {
    const context = integrationSilences();
    const { ask } = await integrated(context);
    expect((await ask("POST", "/silences", wanted)).json()).toEqual({ silenceID: "sil_0" });
    expect(context.all).toMatchObject([
      {
        matchers: [
          { name: "alertname", op: "=", value: "Disk" },
          { name: "job", op: "!~", value: "test.*" },
        ],
        startsAt: monday,
      },
    ]);
    const silence = {
      ...wanted,
      id: "sil_0",
      status: { state: "active" },
      startsAt: formatInstant(monday),
      updatedAt: formatInstant(monday),
    };
    expect((await ask("GET", "/silences")).json()).toEqual([silence]);
    expect((await ask("GET", "/silence/sil_0")).json()).toEqual(silence);
    expect((await ask("DELETE", "/silence/sil_0")).status).toBe(200);
    expect(context.all).toMatchObject([{ state: "expired" }]);
  });

  test("are replaced by others, the old one ended last", async () => {
    const context = integrationSilences();
    const { ask } = await integrated(context);
    await ask("POST", "/silences", wanted);
    await ask("POST", "/silences", { ...wanted, id: "sil_0", comment: "longer" });
    expect(context.all).toMatchObject([{ state: "expired" }, { state: "active", comment: "longer" }]);
  });

  test("that replace an unknown one are rejected, and not set", async () => {
    const context = integrationSilences();
    const { ask } = await integrated(context);
    expect((await ask("POST", "/silences", { ...wanted, id: "sil_9" })).status).toBe(404);
    expect(context.all).toEqual([]);
  });

  test.each([
    ["without a comment", { comment: null, createdBy: null }],
    ["with a comment of any length", { comment: "x".repeat(20_000), createdBy: "y".repeat(2_000) }],
    ["of everything that has some label", { matchers: [{ name: "job", value: ".+", isRegex: true }] }],
  ])("%s are set", async (_, fields) => {
    const { ask } = await integrated(integrationSilences());
    expect((await ask("POST", "/silences", { ...wanted, ...fields })).status).toBe(200);
  });

  test("are found by their matchers", async () => {
    const { ask } = await integrated(integrationSilences());
    await ask("POST", "/silences", wanted);
    const found = async (filter: string) =>
      (await ask("GET", "/silences", undefined, new URLSearchParams({ filter }).toString())).json<object[]>();
    expect(await found('alertname="Disk"')).toHaveLength(1);
    expect(await found("alertname=Other")).toHaveLength(0);
  });

  test.each([
    ["of everything", { matchers: [{ name: "job", value: ".*", isRegex: true }] }],
    ["of whatever lacks a label", { matchers: [{ name: "job", value: "", isRegex: false }] }],
    [
      "of everything, by two matchers",
      {
        matchers: [
          { name: "job", value: "x", isRegex: false, isEqual: false },
          { name: "a", value: "(b|c)?", isRegex: true },
        ],
      },
    ],
    ["without an end", { endsAt: undefined }],
    ["without matchers", { matchers: [] }],
  ])("%s are refused", async (_, fields) => {
    const { ask } = await integrated(integrationSilences());
    const reply = await ask("POST", "/silences", { ...wanted, ...fields });
    expect([reply.status, typeof reply.json()]).toEqual([400, "string"]);
  });

  test("are not found if there are none, nor are unknown ones", async () => {
    const { ask } = await integrated();
    expect((await ask("GET", "/silences")).status).toBe(404);
    expect((await ask("POST", "/silences", wanted)).status).toBe(404);
    const { ask: other } = await integrated(integrationSilences());
    expect((await other("DELETE", "/silence/sil_9")).status).toBe(404);
  });
});
