import { describe, expect, test } from "vitest";
import { anOverride, aSilence, minutes, monday } from "../../tests/support/builders.ts";
import { laggingTable } from "../../tests/support/memory/lagging-table.ts";
import { silenceEndedAt } from "../domain/alerts/silence.ts";
import { ruleStore } from "./alerts/rule-store.ts";
import { keys } from "./keys.ts";
import { scheduleStore } from "./oncall/schedule-store.ts";

describe("while the indexes lag behind", () => {
  test("a new override is found by its id, ended ones too, and one that never acted is gone", async () => {
    const table = laggingTable(() => monday);
    const schedules = scheduleStore(table);
    const override = anOverride({ end: monday + minutes(60) });
    await schedules.putOverride(override);
    expect(await schedules.findOverride(override.id)).toEqual(override);
    await table.catchUp();
    await schedules.endOverride(override, monday + minutes(30));
    const ended = { ...override, end: monday + minutes(30) };
    expect(await schedules.findOverride(override.id)).toEqual(ended);
    await schedules.endOverride(ended, monday);
    expect(await schedules.findOverride(override.id)).toBeUndefined();
  });

  test("a new silence is found by its id, and so is one that was just ended", async () => {
    const table = laggingTable(() => monday);
    const rules = ruleStore(table);
    const silence = aSilence();
    await rules.createSilence(silence);
    expect(await rules.findSilence(silence.id)).toEqual(silence);
    await table.catchUp();
    const ended = await rules.replaceSilence(silence, silenceEndedAt(silence, monday + 1), monday + 1);
    expect(await rules.findSilence(silence.id)).toEqual(ended);
  });

  test("an override that was stored before locations were is found once it is in the index", async () => {
    const table = laggingTable(() => monday);
    const schedules = scheduleStore(table);
    const override = anOverride();
    await schedules.putOverride(override);
    await table.remove(keys.location(override.id));
    expect(await schedules.findOverride(override.id)).toBeUndefined();
    await table.catchUp();
    expect(await schedules.findOverride(override.id)).toEqual(override);
  });
});
