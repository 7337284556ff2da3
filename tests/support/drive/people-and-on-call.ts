import { verificationCode } from "../../../shared/crypto/verification-code.ts";
import { locationEntity } from "../../../shared/storage/find-by-id.ts";
import { bodyExamples } from "../functions/body-examples.ts";
import { siteSecret } from "../functions/site.ts";
import type { Driver } from "./driver.ts";
import { email, scheduleOf, span, team } from "./names.ts";

/** Creates the people, schedule, policy, service and channels that later scenarios page. */
export async function driveOnCall(driver: Driver): Promise<void> {
  const { send, ask, recorder } = driver;
  await send("put-user", { params: { email } });
  await send("put-user", { params: { email } });
  await send("get-user", { params: { email } });
  await send("list-users");
  await driveVerification(driver);
  await send("get-push-key", { status: 404 });
  const device = await ask("create-push-subscription", { params: { email } });
  await send("delete-push-subscription", { params: { email }, query: `id=${device.id}` });
  await send("create-schedule");
  await send("create-schedule", { status: 409 });
  await send("get-schedule", { params: { team } });
  await send("list-schedules");
  await send("update-schedule", { params: { team } });
  await send("replace-schedule", { params: { team } });
  await send("preview-schedule");
  await send("rotate-calendar-token", { params: { team } });
  const { calendar_url: calendar = "" } = await ask("get-schedule", { params: { team } });
  await send("get-calendar", { params: { team }, query: new URL(calendar).search.slice(1) });
  const override = await ask("create-override");
  await send("list-overrides", { query: `team=${team}` });
  await send("get-current-on-call", { query: `team=${team}` });
  await send("list-shifts", { query: `team=${team}&${span}` });
  await send("get-coverage", { params: { team }, query: span });
  await send("list-handoffs", { params: { team }, query: "weeks=2" });
  await send("end-override", { params: { id: override.id ?? "" } });
  await send("end-override", { params: { id: "ovr_unknown" }, status: 404 });
  const [policy] = bodyExamples["PUT /api/v1/teams/{team}/escalation-policy"] ?? [];
  await send("put-policy", { params: { team }, body: { ...policy, repeat: 3 } });
  await send("get-policy", { params: { team } });
  await send("put-readiness", { params: { team } });
  await send("list-readiness");
  await send("list-readiness", { query: `team=${team}` });
  await send("put-service", {
    params: { service: "checkout" },
    body: { team, auto_resolve_seconds: 3_600 },
  });
  await send("put-service", { params: { service: "retired" } });
  await send("get-service", { params: { service: "retired" } });
  await send("list-services");
  await send("delete-service", { params: { service: "retired" } });
  await send("list-teams");
  await send("put-team-channels", { params: { team } });
  await send("get-team-channels", { params: { team } });

  // The same request arrives twice, and its override is ended in between.
  recorder.interfere = async ({ verb, pk }) => {
    if (verb !== "put" || !pk.startsWith("LOCATION#")) return;
    const gone = { id: pk.replace("LOCATION#", ""), itemPk: "gone", itemSk: "gone" };
    await recorder.stored.put({ item: locationEntity.toItem(gone) });
  };
  await send("create-override", { status: 409 });
  recorder.interfere = undefined;

  // Someone else ends the override after the list is read.
  await send("create-override");
  recorder.interfere = async ({ verb, pk }) => {
    if (verb === "get" && pk.startsWith("LOCATION#")) await recorder.stored.remove({ pk, sk: "LOCATION" });
  };
  await send("end-overrides", { params: { team } });
  recorder.interfere = undefined;
}

/** Sends a code to a contact method, and enters it. */
async function driveVerification({ send }: Driver): Promise<void> {
  const params = { email, id: "mail" };
  await send("verify-contact-method", { params, body: {} });
  const sent = await send("list-notifications", { query: `recipient=${email}` });
  const [notification] = sent.json<{ notifications: { id: string }[] }>().notifications;
  const code = verificationCode(notification?.id ?? "", siteSecret);
  await send("verify-contact-method", {
    params,
    body: { code: code === "000000" ? "000001" : "000000" },
    status: 422,
  });
  await send("verify-contact-method", { params, body: { code } });
}

/** Sends the notices of a handoff while an incident is open, and changes the members of a user group. */
export async function driveHandoffs({ send, sweep, wait, pump }: Driver): Promise<void> {
  const night = "night-shift";
  await send("create-schedule", { body: scheduleOf(night, email, "bob@example.com") });
  await send("put-team-channels", {
    params: { team: night },
    body: { channels: [{ id: "group", channel: "slack", address: "S0123456789", events: [] }] },
  });
  await send("create-incident", {
    body: { title: "slow", service: "reports", team: night, severity: "low" },
  });
  const untilHandoff = await send("list-handoffs", { params: { team: night }, query: "weeks=2" });
  const [next] = untilHandoff.json<{ handoffs: { at: string }[] }>().handoffs;
  wait((Date.parse(next?.at ?? "") - Date.now()) / 1_000 + 60);
  await sweep("send-handoff-notices");
  await pump();
}

/** Pages the next person on call with a drill, at 10:00 of the next working day. */
export async function driveDrill({ send, sweep, wait, pump }: Driver): Promise<void> {
  const drilled = "drilled";
  const [eva, fay] = ["eva@example.com", "fay@example.com"];
  await send("create-schedule", { body: scheduleOf(drilled, eva, fay) });
  // Others have no provider.
  const own = { id: "own", channel: "ntfy", address: "http://127.0.0.1:1/drills" };
  for (const member of [eva, fay])
    await send("put-user", { params: { email: member }, body: { name: "Member", contact_methods: [own] } });
  const weekly = { within_seconds: 300, channels: 1, drill: "weekly" };
  await send("put-readiness", { params: { team: drilled }, body: weekly });
  const day = 86_400_000;
  const isWeekend = (at: number) => [0, 6].includes(new Date(at).getUTCDay());
  let midnight = Math.ceil(Date.now() / day) * day;
  while (isWeekend(midnight)) midnight += day;
  wait((midnight + 10 * 3_600_000 - Date.now()) / 1_000);
  await sweep("send-handoff-notices");
  await pump();
}

/** Deletes what `driveOnCall` has created. */
export async function driveDeletions({ send }: Driver): Promise<void> {
  await send("create-override");
  await send("end-overrides", { params: { team } });
  await send("create-override");
  await send("delete-schedule", { params: { team } });
  await send("delete-user", { params: { email } });
  await send("put-user", { params: { email } });
  await send("forget-user", { params: { email } });
}
