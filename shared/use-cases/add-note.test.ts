import { expect, test } from "vitest";
import { aDraft, aWebhook, minutes } from "../../tests/support/builders.ts";
import { testWorld } from "../../tests/support/world.ts";
import { NotFound, Unavailable } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { addNote } from "./add-note.ts";
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
  expect((await world.seen.incidents.findByNumber(1))?.pendingEvents).toHaveLength(1);
  expect(notesIn(await readTimeline(world.deps, "1"))).toHaveLength(1);
});

test("there is no note without an incident, nor one more than can be told", async () => {
  const world = await worldWithAnIncident();
  await expect(addNote(world.deps, "inc_none", note, world.now())).rejects.toThrow(NotFound);
  const away = { ...world.deps, eventQueue: { send: () => Promise.reject(new Error("away")) } };
  for (let count = 0; count < limits.pendingEvents; count += 1) await addNote(away, "1", note, world.now());
  await expect(addNote(away, "1", note, world.now())).rejects.toThrow(Unavailable);
});
