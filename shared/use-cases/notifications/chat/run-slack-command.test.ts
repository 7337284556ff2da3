import { expect, test } from "vitest";
import { aSchedule, minutes, monday } from "../../../../tests/support/builders.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import { limits } from "../../../domain/limits.ts";
import { runSlackCommand } from "./run-slack-command.ts";

async function slackSystem() {
  const system = testSystem();
  const { deps } = system;
  const schedule = aSchedule();
  await deps.schedules.create(schedule);
  const run = (text: string, seed = text) => {
    const command = { id: seed, command: "/oncall", text, actor: "ada" };
    return runSlackCommand({ ...deps, ulid: deps.seededUlids(seed) }, command, system.now());
  };
  return { system, team: schedule.team, run };
}

test("who names the people on call", async () => {
  const { team, run } = await slackSystem();
  expect(await run(`who ${team}`)).toBe(`${team}: Ada (primary), Bob (secondary)`);
});

test("page opens an incident of a team and pages it, once for a repeated command", async () => {
  const { system, team, run } = await slackSystem();
  expect(await run(`page ${team} checkout is down`, "1")).toBe(`Opened incident #1 and paged ${team}.`);
  expect(await run(`page ${team} checkout is down`, "1")).toBe(`Opened incident #1 and paged ${team}.`);
  await system.pump();
  const { items } = await system.seen.incidents.list({}, { limit: 10, after: null });
  expect(items).toMatchObject([{ title: "checkout is down", team, status: "open", severity: "high" }]);
  expect(system.pages.filter(({ kind }) => kind === "page").map(({ recipient }) => recipient)).toEqual([
    "ada@example.com",
  ]);
});

test("page of a team without a schedule pages no one, and says so", async () => {
  const { system, run } = await slackSystem();
  expect(await run("page nobody checkout is down")).toBe("Team nobody has no schedule. No one was paged.");
  expect((await system.seen.incidents.list({}, { limit: 10, after: null })).items).toEqual([]);
});

test("ack, res and esc act in the name of the sender", async () => {
  const { system, team, run } = await slackSystem();
  await run(`page ${team} checkout is down`);
  expect(await run("ack 1")).toBe("Acknowledged #1 checkout is down.");
  expect(await system.seen.incidents.findByNumber(1)).toMatchObject({ acknowledgedBy: "ada" });
  expect(await run("res 1")).toBe("Resolved #1 checkout is down.");
});

test("silence silences the alerts of a service for a time", async () => {
  const { system, run } = await slackSystem();
  expect(await run("silence Checkout 1h 30m")).toBe("Silenced checkout for 1 h 30 min.");
  const { silences } = await system.seen.ruleStore.load(monday);
  expect(silences).toMatchObject([
    {
      matchers: [{ field: "service", op: "=", value: "checkout" }],
      startsAt: monday,
      endsAt: monday + minutes(90),
      createdBy: "ada",
    },
  ]);
});

test.each([
  "page",
  "page payments",
  "silence",
  "silence checkout",
  "silence checkout soon",
  "ack",
  "resolve",
  "esc please",
  "who",
])("%j is answered with an example and changes nothing", async (text) => {
  const { system, run } = await slackSystem();
  expect(await run(text)).toMatch(/^Specify .*such as \/oncall /);
  expect((await system.seen.incidents.list({}, { limit: 10, after: null })).items).toEqual([]);
  expect((await system.seen.ruleStore.load(monday)).silences).toEqual([]);
});

test("silence lasts at most 7 days, whoever asks", async () => {
  const { system, run } = await slackSystem();
  for (const duration of ["7d 1s", "8d", "3660d", "4000d"])
    expect(await run(`silence checkout ${duration}`)).toMatch(/^Not silenced: .* at most 7 days\./);
  expect((await system.seen.ruleStore.load(monday)).silences).toEqual([]);
  expect(await run("silence checkout 7d")).toBe("Silenced checkout for 7 d.");
});

test("no text, and help, lists the commands", async () => {
  const { run } = await slackSystem();
  for (const text of ["", "  ", "help"]) expect(await run(text)).toContain("/oncall silence checkout 2h");
});

test("an unknown command is answered with the commands", async () => {
  const { run } = await slackSystem();
  expect(await run("can't ack 1 yet")).toMatch(/^Unknown command\.\n\/oncall who payments: /);
});

test("a title of the greatest length is accepted", async () => {
  const { team, run } = await slackSystem();
  expect(await run(`page ${team} ${"🚨".repeat(limits.titleLength)}`)).toContain("Opened incident #1");
});
