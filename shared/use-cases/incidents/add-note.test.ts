import { expect, test } from "vitest";
import { aDraft, aWebhook, minutes } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { NotFound, StaleVersion } from "../../domain/errors.ts";
import { addNote } from "./add-note.ts";
import { changeIncident } from "./change-incident.ts";
import { readTimeline } from "./read-incident.ts";

const note = { author: "ada", content: "rolled back" };

async function systemWithAnIncident() {
  const system = testSystem();
  await system.receive(aDraft());
  await system.pump();
  return system;
}

const notesIn = (timeline: Awaited<ReturnType<typeof readTimeline>>) =>
  timeline.filter(
    ({ kind, ...entry }) => kind === "note" || ("event" in entry && entry.event.type === "noted"),
  );

test("a note is published by the sweep if the queue was unavailable, and is in the timeline once throughout", async () => {
  const system = await systemWithAnIncident();
  const hook = aWebhook({ team: "default", events: ["incident.note_added"] });
  await system.seen.webhooks.create(hook);
  const away = { ...system.deps, eventQueue: { send: () => Promise.reject(new Error("away")) } };
  await addNote(away, "1", note, system.now());
  expect(notesIn(await readTimeline(system.deps, "1"))).toMatchObject([{ kind: "note" }]);
  await system.settle({ within: minutes(2) });
  expect(notesIn(await readTimeline(system.deps, "1"))).toMatchObject([{ kind: "note" }]);
  expect(system.pages.filter(({ webhook }) => webhook !== null)).toHaveLength(1);
});

test("a note changes nothing of the incident that people see", async () => {
  const system = await systemWithAnIncident();
  const before = await system.seen.incidents.findByNumber(1);
  system.advance(minutes(1));
  await addNote(system.deps, "1", note, system.now());
  const after = await system.seen.incidents.findByNumber(1);
  expect({ ...after, version: before?.version }).toEqual(before);
});

test("a note that is added again, as a repeated request does, is one note", async () => {
  const system = await systemWithAnIncident();
  const deps = { ...system.deps, ulid: () => "01M83XJ8800000000000000001" };
  const away = { ...deps, eventQueue: { send: () => Promise.reject(new Error("away")) } };
  await addNote(away, "1", note, system.now());
  await addNote(away, "1", note, system.now());
  expect((await system.seen.incidentEvents.listNotesToPublish(null)).items).toHaveLength(1);
  expect(notesIn(await readTimeline(system.deps, "1"))).toHaveLength(1);
});

test("there is no note without an incident", async () => {
  const system = await systemWithAnIncident();
  await expect(addNote(system.deps, "inc_none", note, system.now())).rejects.toThrow(NotFound);
});

test("notes of many people at once are all stored, while others change the incident", async () => {
  const system = await systemWithAnIncident();
  const { incidents } = system.deps;
  let saves = 0;
  const busy = {
    ...system.deps,
    incidents: {
      ...incidents,
      save: async () => {
        saves += 1;
        throw new StaleVersion("changed meanwhile");
      },
    },
  };
  const contents = Array.from({ length: 50 }, (_, n) => `note ${n}`);
  await Promise.all(contents.map((content) => addNote(busy, "1", { ...note, content }, system.now())));
  const commands = { commands: [], note: "by PATCH", actor: "ada" };
  await changeIncident(busy, "1", commands, system.now());
  const { notes } = await system.seen.incidentEvents.history(
    (await system.seen.incidents.findByNumber(1))?.id ?? "",
  );
  expect(notes.map(({ content }) => content).toSorted()).toEqual([...contents, "by PATCH"].toSorted());
  expect(saves).toBe(0);
});
