import { describe, expect, test } from "vitest";
import * as z from "zod";
import { monday, seconds } from "../../tests/support/builders.ts";
import { entity, NewerItem, versionOf } from "./entity.ts";
import { keptFor } from "./retention.ts";

interface Machine {
  readonly name: string;
  readonly cores: number;
  readonly startedAt: number;
  readonly labels: readonly string[];
}

/** Version 1 had cores as a text, version 2 one label alone. */
const machines = entity<Machine>({
  name: "machine",
  schema: z.object({
    name: z.string(),
    cores: z.number(),
    startedAt: z.number(),
    labels: z.array(z.string()),
  }),
  key: ({ name }) => ({ pk: `MACHINE#${name}`, sk: "MACHINE" }),
  upgrades: [
    (item) => ({ ...item, cores: Number(item.cores) }),
    ({ label, ...item }) => ({ ...item, pk: item.pk, sk: item.sk, labels: label === null ? [] : [label] }),
  ],
});

const key = { pk: "MACHINE#a", sk: "MACHINE" };
const machine: Machine = { name: "a", cores: 4, startedAt: monday, labels: ["db"] };
const versions = [
  { ...key, entity: "machine", schemaVersion: 1, name: "a", cores: "4", startedAt: monday, label: "db" },
  { ...key, entity: "machine", schemaVersion: 2, name: "a", cores: 4, startedAt: monday, label: "db" },
  { ...key, entity: "machine", schemaVersion: 3, ...machine },
];

describe("an item", () => {
  test.each(versions)("of version $schemaVersion is brought to the current one step by step", (item) => {
    expect(machines.parse(item)).toEqual(machine);
  });

  test("is written in the current version, and read as it was", () => {
    const item = machines.toItem(machine);
    expect(item).toEqual(versions[2]);
    expect(versionOf(item)).toBe(machines.version);
    expect(machines.parse(item)).toEqual(machine);
  });

  test("that names no version is of the first", () => {
    expect(machines.parse({ ...key, ...versions[0], schemaVersion: undefined })).toEqual(machine);
  });

  test("of a later release is refused rather than misread", () => {
    const newer = { ...key, ...machines.toItem(machine), schemaVersion: 4 };
    expect(() => machines.parse(newer)).toThrow(NewerItem);
    expect(() => machines.parse(newer)).toThrow(
      "MACHINE#a MACHINE is machine of version 4, but this release supports versions up to 3",
    );
  });

  test.each([0, 1.5, "2", null])("of version %o is refused", (schemaVersion) => {
    expect(() => machines.parse({ ...key, ...machines.toItem(machine), schemaVersion })).toThrow(z.ZodError);
  });
});

describe("an entity that is kept for some days", () => {
  const startedAt = ({ startedAt: since }: Machine) => since;

  test("expires so many days after the instant, at the end of that second", () => {
    const kept = keptFor(2, machines, startedAt);
    const late = { ...machine, startedAt: monday + 1 };
    expect(kept.toItem(machine).expiresAt).toBe((monday + seconds(172_800)) / 1_000);
    expect(kept.toItem(late).expiresAt).toBe((monday + seconds(172_801)) / 1_000);
    expect(kept.parse(kept.toItem(machine))).toEqual(machine);
  });

  test("is kept permanently with a retention of 0 days", () => {
    expect(keptFor(0, machines, startedAt).toItem(machine)).not.toHaveProperty("expiresAt");
  });
});
