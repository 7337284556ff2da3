import { describe, expect, test } from "vitest";
import {
  ada,
  aNote,
  aNotification,
  anAccount,
  anActorContext,
  anEvent,
  anIncident,
  anOverride,
  aSchedule,
  aService,
  aSilence,
  aUser,
  bob,
  countingUlids,
  days,
  monday,
} from "../../../../tests/support/builders.ts";
import { administratorDeps } from "../../../../tests/support/memory/administrators.ts";
import { crashingTable } from "../../../../tests/support/memory/crashing-table.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { sha256 } from "../../../crypto/sha256.ts";
import { withEmail } from "../../../domain/access/account.ts";
import { noCounts } from "../../../domain/access/forget/forgetting.ts";
import { isPseudonym } from "../../../domain/access/forget/pseudonym.ts";
import { auditedAccount } from "../../../storage/access/account-store.ts";
import { auditEntity } from "../../../storage/access/audit-store.ts";
import { forgettingStore } from "../../../storage/access/forgetting-store.ts";
import { linkedAccountStore } from "../../../storage/access/linked-account-store.ts";
import { personalRecordStore } from "../../../storage/access/personal-record-store.ts";
import { auditedPushDevices, pushDeviceStore } from "../../../storage/access/push-device-store.ts";
import { reachabilityStore } from "../../../storage/access/reachability-store.ts";
import { auditedRoles } from "../../../storage/access/role-store.ts";
import { scimGroupStore, scimUserStore } from "../../../storage/access/scim-store.ts";
import { auditedUser, userStore } from "../../../storage/access/user-store.ts";
import { auditedRules, ruleStore } from "../../../storage/alerts/rule-store.ts";
import { auditedTable } from "../../../storage/audited-table.ts";
import { incidentEventStore } from "../../../storage/incidents/incident-event-store.ts";
import { incidentStore } from "../../../storage/incidents/incident-store.ts";
import { notificationStore } from "../../../storage/notifications/notification-store.ts";
import { pageTallyStore } from "../../../storage/notifications/page-tally-store.ts";
import { drillStore } from "../../../storage/oncall/drill-store.ts";
import { auditedSchedule, scheduleStore } from "../../../storage/oncall/schedule-store.ts";
import { serviceStore } from "../../../storage/oncall/service-store.ts";
import { putRoles } from "../put-roles.ts";
import { createScimGroup } from "../scim/provision-group.ts";
import { createScimUser } from "../scim/provision-user.ts";
import { forgetUser } from "./forget-user.ts";

const person = { name: "Ada Lovelace", email: ada.email };
const kinds = [
  auditedAccount,
  auditedRoles,
  auditedUser,
  auditedPushDevices,
  ...auditedSchedule,
  ...auditedRules,
];
const policy = {
  rules: [{ targets: [{ type: "user" as const, email: ada.email }], delaySeconds: 60 }],
  repeat: 0,
};

/** A platform on which Ada has left a trace everywhere. */
async function setUp() {
  let now = monday;
  let drawn = 0;
  const memory = memoryTable(() => monday);
  const { table: crashing, writes } = crashingTable(memory);
  const table = auditedTable(crashing, kinds, {
    entity: auditEntity,
    clock: () => monday,
    ulid: countingUlids(),
    currentActor: () =>
      anActorContext({
        actor: "Ada Lovelace <ada@example.com>",
        subject: "the ID of Ada",
        path: "/api/v1/users/ada%40example.com",
      }),
  });
  const deps = {
    users: userStore(table),
    ...administratorDeps(table),
    scimUsers: scimUserStore(table),
    scimGroups: scimGroupStore(table),
    configuredEmails: { ADMIN_EMAILS: [] as string[], FALLBACK_EMAIL: [] as string[] },
    ulid: countingUlids(),
    pushDevices: pushDeviceStore(table),
    linkedAccounts: linkedAccountStore(table),
    reachability: reachabilityStore(table),
    forgettings: forgettingStore(table),
    personalRecords: personalRecordStore(table),
    makeSecret: () => {
      drawn += 1;
      return `abcdefg${drawn}`;
    },
    sha256,
    clock: () => now,
  };
  const schedules = scheduleStore(table);
  const link = { service: "telegram", account: "4711" } as const;
  const methods = [{ id: "telegram", channel: "telegram", address: "4711" }];
  const responder = { role: "responder", email: ada.email } as const;
  await deps.accounts.create(anAccount({ id: "acc_bob", ...bob, identity: null }));
  await putRoles(deps, null, [{ role: "admin", email: bob.email }, responder], monday);
  await putRoles(deps, "team-0", [responder], monday);
  const { id: userId } = await createScimUser(
    deps,
    { userName: "ada", displayName: person.name, emails: [{ value: ada.email }], active: true },
    monday,
  );
  await createScimGroup(deps, { displayName: "On-call", members: [userId] }, monday);
  const known = await deps.users.find(ada.email);
  await deps.users.put(aUser({ ...person, contactMethods: methods }), known);
  await deps.linkedAccounts.put({ ...link, email: ada.email, linkedAt: monday, version: 0 }, undefined);
  const devices = await deps.pushDevices.load(ada.email);
  const device = { id: "psh_1", endpoint: "https://push.example.com/1", p256dh: "p", auth: "a" };
  await deps.pushDevices.save(
    { ...devices, devices: [{ ...device, name: "Phone", createdAt: monday }] },
    devices,
  );
  const unknown = await deps.reachability.load(ada.email);
  await deps.reachability.save({ ...unknown, answeredAt: monday }, unknown);
  const drill = { team: "team-0", week: "2026-11-23", email: ada.email, startedAt: monday, answerBy: monday };
  await drillStore(table).save(
    { ...drill, answeredAt: null, missedAt: null, canceledAt: null, version: 0 },
    undefined,
  );
  const members = [
    { ...person, role: "primary" as const },
    { ...bob, role: "primary" as const },
  ];
  for (let index = 0; index < 12; index += 1) {
    const team = `team-${index}`;
    await schedules.create(aSchedule({ team, createdAt: monday + index }, { members }));
  }
  const first = (await schedules.load("team-0", monday))?.schedule;
  if (!first) throw new Error("No schedule");
  const until = monday + days(1);
  await schedules.supersede(
    { ...first, inForceUntil: until },
    { ...first, inForceFrom: until, timezone: "Europe/Berlin" },
  );
  await schedules.putOverride(
    anOverride({ team: "team-0", person, replaces: ada.email, reason: "for Ada Lovelace" }),
  );
  await schedules.putPolicy("backoffice", policy);
  await serviceStore(table).put(aService({ name: "ledger", team: "backoffice" }));
  const incidents = incidentStore(table);
  const events = incidentEventStore(table);
  for (let index = 0; index < 12; index += 1) {
    const { id } = await incidents.create(
      anIncident({ number: index + 1, acknowledgedBy: person.name, assignedTo: person }),
      null,
      policy,
    );
    await events.addNote(
      aNote({ incidentId: id, author: ada.email, content: "Ada Lovelace looks (ada@example.com)" }),
    );
    // More than one query returns.
    const acknowledged = Array.from({ length: index === 0 ? 250 : 1 }, () =>
      anEvent({ incidentId: id, actor: person.name }),
    );
    await events.appendEvents(acknowledged);
  }
  await ruleStore(table).createSilence(
    aSilence({ createdBy: person.name, comment: "asked by Ada Lovelace" }),
  );
  const tally = { email: ada.email, team: "team-0", pages: 1, nights: 0, weekends: 0 };
  const day = { tallies: [tally], countedTo: null, isFinal: true, version: 0 };
  for (const date of ["2026-11-23", "2026-10-01"])
    await pageTallyStore(table).save({ ...day, day: date }, undefined);
  await notificationStore(table).create(aNotification({ recipient: ada.email }));
  return {
    deps,
    memory,
    schedules,
    writes,
    tick: () => {
      now += 10_000;
    },
    forget: () => forgetUser(deps, ada.email, monday),
    /** Entities of the items that name her. */
    traces: () => {
      const naming = memory.all().filter((item) => /lovelace|ada(@|%40)example/i.test(JSON.stringify(item)));
      return [...new Set(naming.map(({ entity }) => entity))];
    },
  };
}

describe("forgetting a person", () => {
  test("leaves only what the proof of delivery covers, and says so", async () => {
    const { forget, traces, schedules, memory } = await setUp();
    const pseudonym = { name: "Former member abcdefg1", email: "former-abcdefg1@forgotten.invalid" };
    const report = await forget();
    expect(report).toMatchObject({
      isComplete: true,
      pseudonym,
      // 12 schedules, one of them superseded, an override and a drill; 12 incidents with a policy and a note, and 261 events.
      counts: { profile: 7, schedules: 15, services: 1, incidents: 12 * 3 + 261, silences: 1 },
    });
    expect(report.kept.map(({ what, count }) => [what, count])).toEqual([
      ["notifications", 1],
      ["page_counts", 2],
      ["short_lived", null],
      ["channels", null],
      ["free_text", null],
      ["copies", null],
    ]);
    expect(report.counts.audit).toBeGreaterThan(30);
    expect(traces()).toEqual(["notification", "page tally"]);
    expect(memory.all().find(({ entity }) => entity === "silence")).toMatchObject({
      createdBy: pseudonym.name,
      comment: `asked by ${pseudonym.name}`,
    });
    const { layers } = (await schedules.load("team-0", monday))?.schedule ?? {};
    expect(layers?.[0]?.members).toEqual([pseudonym, bob]);
    expect(memory.all().filter(({ entity }) => entity === "linked account")).toEqual([]);
  });

  test("changes nothing when it is repeated", async () => {
    const { forget, memory } = await setUp();
    await forget();
    const before = memory.all();
    const report = await forget();
    expect(report.counts).toEqual(noCounts);
    expect(memory.all()).toEqual(before);
  });

  test("of a former address takes it from the account that had it", async () => {
    const { deps } = await setUp();
    const account = anAccount({ id: "acc_eve", email: "eve@example.com", identity: null });
    await deps.accounts.create(account);
    await deps.accounts.replace(account, withEmail(account, "king@example.com"));
    await forgetUser(deps, "eve@example.com", monday);
    expect(await deps.accounts.findByAnyEmail("eve@example.com")).toBeUndefined();
    expect(await deps.accounts.findByEmail("king@example.com")).toMatchObject({ formerEmails: [] });
  });

  test("takes the address also from the account that had it before theirs", async () => {
    const { deps } = await setUp();
    const account = anAccount({ id: "acc_eve", email: "eve@example.com", identity: null });
    await deps.accounts.create(account);
    await deps.accounts.replace(account, withEmail(account, "king@example.com"));
    await deps.accounts.create({ ...account, id: "acc_next" });
    await forgetUser(deps, "eve@example.com", monday);
    expect(await deps.accounts.findByAnyEmail("eve@example.com")).toBeUndefined();
    expect(await deps.accounts.findByEmail("king@example.com")).toMatchObject({ formerEmails: [] });
  });

  test("is not found if nothing names the address, and leaves nothing behind", async () => {
    const { deps, memory } = await setUp();
    const before = memory.all();
    await expect(forgetUser(deps, "nobody@example.com", monday)).rejects.toThrow(
      'Person "nobody@example.com" does not exist',
    );
    expect(memory.all()).toEqual(before);
    deps.configuredEmails.FALLBACK_EMAIL = ["nobody@example.com"];
    expect((await forgetUser(deps, "nobody@example.com", monday)).kept[0]).toMatchObject({ count: 1 });
  });

  test("continues where the last call ended, with the same pseudonym", async () => {
    const { forget, deps, tick, traces } = await setUp();
    const { clock } = deps;
    // Each look at the clock is ten seconds later, so that each call does one part.
    Object.assign(deps, {
      clock: () => {
        tick();
        return clock();
      },
    });
    let calls = 0;
    let report = await forget();
    const { pseudonym } = report;
    for (; !report.isComplete && calls < 100; calls += 1) report = await forget();
    expect(report.pseudonym).toEqual(pseudonym);
    expect(calls).toBeGreaterThan(8);
    expect(traces()).toEqual(["notification", "page tally"]);
  });

  test("is refused for the only administrator, and names settings that it cannot change", async () => {
    const { forget, deps, traces } = await setUp();
    const before = traces();
    await deps.roles.replace(await deps.roles.find(null), {
      ...(await deps.roles.find(null)),
      assignments: [{ role: "admin", email: ada.email }],
    });
    await expect(forget()).rejects.toThrow("would leave no administrator");
    expect(traces()).toEqual(expect.arrayContaining(before));
    deps.hasFixedAdmin = true;
    deps.configuredEmails = { ADMIN_EMAILS: [ada.email], FALLBACK_EMAIL: [ada.email] };
    expect((await forget()).kept[0]).toEqual({
      what: "settings",
      count: 2,
      reason: "ADMIN_EMAILS and FALLBACK_EMAIL name the address. Change the environment.",
    });
  });

  test("survives a crash at any write", async () => {
    const crashes = 20;
    const { forget, traces, writes, memory } = await setUp();
    for (let allowed = 1; allowed <= crashes; allowed += 1) {
      writes.left = allowed;
      await forget().catch(() => undefined);
    }
    writes.left = Number.POSITIVE_INFINITY;
    await forget();
    expect(traces()).toEqual(["notification", "page tally"]);
    const pseudonyms = new Set(
      memory
        .all()
        .flatMap((item) => JSON.stringify(item).match(/former-\w+@forgotten\.invalid/g) ?? [])
        .filter(isPseudonym),
    );
    expect([...pseudonyms]).toEqual(["former-abcdefg1@forgotten.invalid"]);
  });
});
