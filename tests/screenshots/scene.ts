import type { Call } from "../../infra/api-client.ts";
import { playOutage } from "../../localstack/demo/outage.ts";
import { shopOn } from "../../localstack/demo/shop.ts";
import { createApiKeyContract } from "../../shared/contracts/access/create-api-key.ts";
import { putUserContract } from "../../shared/contracts/access/put-user.ts";
import { acknowledgeIncidentContract } from "../../shared/contracts/incidents/acknowledge-incident.ts";
import { addNoteContract } from "../../shared/contracts/incidents/add-note.ts";
import { createIntegrationContract } from "../../shared/contracts/integrations/create-integration.ts";
import { putTeamChannelsContract } from "../../shared/contracts/notifications/put-team-channels.ts";
import { createOverrideContract } from "../../shared/contracts/oncall/overrides/create-override.ts";
import { putServiceContract } from "../../shared/contracts/oncall/services/put-service.ts";
import type { Examples } from "./pictures.ts";

const ada = "ada@shop.example";

/**
 * Creates a resolved outage and an ongoing one: incidents of every severity and status, pages, people, keys.
 */
export async function playScene(call: Call): Promise<Examples> {
  const shop = shopOn(call);
  await playOutage(shop, silent, "screenshots");
  await configure(call);

  const send = async (alert: Parameters<typeof shop.send>[0]) => shop.incidentOf(await shop.send(alert));
  await send({ service: "shop-database", severity: "low", message: "Backup took 3 h 10 min" });
  await send({ service: "shop-frontend", severity: "medium", message: "Slow pages in eu-west-1" });
  const disk = await send({ service: "shop-database", severity: "high", message: "Disk 91% full on db-2" });
  const payments = await send({
    service: "shop-checkout",
    severity: "critical",
    message: "Payments fail: 38% errors",
    dedup_key: "payments",
  });
  await shop.pageOf(disk.id);
  await shop.pageOf(payments.id);
  await call(acknowledgeIncidentContract, { params: { id: disk.id }, body: { actor: ada } });
  await call(addNoteContract, {
    params: { id: disk.id },
    body: { author: ada, content: "Old WAL segments; moving them away." },
  });
  return { named: { email: ada, team: "shop-platform" }, of: { incident: { id: payments.number } } };
}

async function configure(call: Call): Promise<void> {
  await call(putUserContract, {
    params: { email: ada },
    body: {
      name: "Ada Lovelace",
      timezone: "Europe/London",
      contact_methods: [
        { id: "phone", channel: "sms", address: "+4915112345678" },
        { id: "mail", channel: "email", address: ada },
        { id: "slack", channel: "slack", address: "#ada" },
      ],
      notification_rules: [
        { contact_method_id: "slack", delay_seconds: 0 },
        { contact_method_id: "phone", delay_seconds: 120 },
      ],
    },
  });
  for (const [email, name] of [
    ["grace@shop.example", "Grace Hopper"],
    ["konrad@shop.example", "Konrad Zuse"],
  ] as const) {
    const body = { name, contact_methods: [{ id: "mail", channel: "email", address: email } as const] };
    await call(putUserContract, { params: { email }, body });
  }
  await call(putTeamChannelsContract, {
    params: { team: "shop-platform" },
    body: {
      channels: [
        { id: "room", channel: "slack", address: "#platform" },
        {
          id: "status",
          channel: "webhook",
          address: "https://status.example/incidents",
          events: ["triggered"],
        },
      ],
    },
  });
  const service = "shop-frontend";
  await call(putServiceContract, {
    params: { service },
    body: { team: "shop-web", auto_resolve_seconds: 5_400 },
  });
  await call(createApiKeyContract, { body: { name: "prometheus", scopes: ["ingest"] } });
  await call(createApiKeyContract, { body: { name: "ada", scopes: ["admin"] } });
  for (const [name, type, service] of [
    ["Alertmanager, production", "alertmanager", "shop-checkout"],
    ["Old PagerDuty clients", "pagerduty", "shop-database"],
  ] as const) {
    await call(createIntegrationContract, { body: { name, type, service } });
  }
  await call(createOverrideContract, {
    body: {
      team: "shop-web",
      user_name: "Mary Jackson",
      user_email: "mary@shop.example",
      duration_hours: 4,
      reason: "Grace is at the dentist",
    },
  });
}

/** Prints nothing and throws at the first failed check. */
const silent = {
  chapter: async () => {},
  say: () => {},
  check(holds: boolean, claim: string) {
    if (!holds) throw new Error(`The demo failed: ${claim}`);
  },
  failures: [],
  checks: 0,
};
