import { expect, test } from "vitest";
import { aDraft, aWebhook, minutes } from "../../../tests/support/builders.ts";
import { testWorld } from "../../../tests/support/world.ts";
import { NotFound, StaleVersion } from "../../domain/errors.ts";
import { addNote } from "./add-note.ts";
import { changeIncident } from "./change-incident.ts";
import { readTimeline } from "./read-incident.ts";

const note = { author: "ada", content: "rolled back" };

async function worldWithAnIncident() {
  const world = testWorld();
  await world.receive(aDraft());
  await world.pump();
  return world;
}

const notesIn = (timeline: Awaited<ReturnType<typeof readTimeline>>) =>
  timeline.filter(
    ({ kind, ...entry }) => kind === "note" || ("event" in entry && entry.event.type === "noted"),
  );

test("a note is told by the sweep when the queue was away, and stands once in the timeline all along", async () => {
  const world = await worldWithAnIncident();
  const hook = aWebhook({ team: "default", events: ["incident.note_added"] });
  await world.seen.webhooks.create(hook);
  const away = { ...world.deps, eventQueue: { send: () => Promise.reject(new Error("away")) } };
  await addNote(away, "1", note, world.now());
  expect(notesIn(await readTimeline(world.deps, "1"))).toMatchObject([{ kind: "note" }]);
  await world.settle({ within: minutes(2) });
  expect(notesIn(await readTimeline(world.deps, "1"))).toMatchObject([{ kind: "note" }]);
  expect(world.pages.filter(({ webhook }) => webhook !== null)).toHaveLength(1);
});

test("a note changes nothing of the incident that people see", async () => {
  const world = await worldWithAnIncident();
  const before = await world.seen.incidents.findByNumber(1);
  world.advance(minutes(1));
  await addNote(world.deps, "1", note, world.now());
  const after = await world.seen.incidents.findByNumber(1);
  expect({ ...after, version: before?.version }).toEqual(before);
});

test("a note that is added again, as a repeated request does, is one note", async () => {
  const world = await worldWithAnIncident();
  const deps = { ...world.deps, ulid: () => "01M83XJ8800000000000000001" };
  const away = { ...deps, eventQueue: { send: () => Promise.reject(new Error("away")) } };
  await addNote(away, "1", note, world.now());
  await addNote(away, "1", note, world.now());
  expect((await world.seen.incidents.listNotesToPublish(null)).items).toHaveLength(1);
  expect(notesIn(await readTimeline(world.deps, "1"))).toHaveLength(1);
});

test("there is no note without an incident", async () => {
  const world = await worldWithAnIncident();
  await expect(addNote(world.deps, "inc_none", note, world.now())).rejects.toThrow(NotFound);
});

test("notes of many people at once are all stored, while others change the incident", async () => {
  const world = await worldWithAnIncident();
  const { incidents } = world.deps;
  let saves = 0;
  const busy = {
    ...world.deps,
    incidents: {
      ...incidents,
      save: async () => {
        saves += 1;
        throw new StaleVersion("changed meanwhile");
      },
    },
  };
  const contents = Array.from({ length: 50 }, (_, n) => `note ${n}`);
  await Promise.all(contents.map((content) => addNote(busy, "1", { ...note, content }, world.now())));
  const commands = { commands: [], note: "by PATCH", actor: "ada" };
  await changeIncident(busy, "1", commands, world.now());
  const { notes } = await world.seen.incidents.history(
    (await world.seen.incidents.findByNumber(1))?.id ?? "",
  );
  expect(notes.map(({ content }) => content).toSorted()).toEqual([...contents, "by PATCH"].toSorted());
  expect(saves).toBe(0);
});
