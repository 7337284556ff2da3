/** Collects everything that a platform returns to readers. */
import openapi from "../../infra/build/openapi.json" with { type: "json" };

/** Settings of a platform, which stay with it when its data is carried elsewhere. */
const settings: ReadonlySet<string> = new Set(["/api/v1/push-key"]);

/** Returns the paths of the API that read data. */
export function readPaths(): string[] {
  return Object.entries(openapi.paths)
    .filter(([path, methods]) => path.startsWith("/api/v1/") && "get" in methods && !settings.has(path))
    .map(([path]) => path);
}

type Fields = Readonly<Record<string, unknown>>;

/** Lists have several pages. Those of alerts are the longest, and each page reads all shards of an hour. */
const pageSizeOf = (path: string) => (path.startsWith("/api/v1/alerts") ? 40 : 7);

/** @returns responses by path and query, including all pages of lists */
export async function everyAnswer(url: string): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();

  async function ask(path: string): Promise<string> {
    const response = await fetch(url + path, { signal: AbortSignal.timeout(20_000) });
    const text = await response.text();
    // A team without a schedule lacks some resources.
    if (!response.ok && response.status !== 404) throw new Error(`${path}: ${response.status} ${text}`);
    answers.set(path, withoutNow(response.ok ? text : `${response.status}`));
    return text;
  }

  async function list(path: string): Promise<Fields[]> {
    const items: Fields[] = [];
    for (let cursor: unknown = ""; typeof cursor === "string"; ) {
      const query = `${path.includes("?") ? "&" : "?"}limit=${pageSizeOf(path)}${cursor && `&cursor=${cursor}`}`;
      const page = JSON.parse(await ask(path + query)) as Fields;
      items.push(...(Object.values(page).find(Array.isArray) ?? []));
      cursor = page.next_cursor;
    }
    return items;
  }

  async function each(path: string, field: string, about: (name: string) => string[]): Promise<Fields[]> {
    const items = await list(path);
    for (const item of items) for (const one of about(encodeURIComponent(`${item[field]}`))) await ask(one);
    return items;
  }

  await each("/api/v1/alerts", "id", (id) => [`/api/v1/alerts/${id}`]);
  for (const filter of ["outcome=new_incident", "severity=critical", "service=shop-checkout"]) {
    await list(`/api/v1/alerts?${filter}`);
  }
  const incidents = await each("/api/v1/incidents", "id", (id) => [
    ...["", "/metrics", "/timeline"].map((part) => `/api/v1/incidents/${id}${part}`),
  ]);
  for (const { id, number } of incidents) {
    await ask(`/api/v1/incidents/${number}`);
    for (const what of ["alerts", "notifications", "escalations"]) {
      await list(`/api/v1/${what}?incident_id=${id}`);
    }
  }
  for (const filter of [
    "status=open",
    "status=resolved",
    "severity=critical",
    "service=ledger",
    "team=ledger",
  ]) {
    await list(`/api/v1/incidents?${filter}`);
  }
  await ask("/api/v1/incidents/stats?window=2d");
  await each("/api/v1/notifications", "id", (id) => [
    `/api/v1/notifications/${id}`,
    `/api/v1/notifications/${id}/proof`,
  ]);
  for (const filter of ["status=queued", "channel=email", "recipient=eve@example.com"]) {
    await list(`/api/v1/notifications?${filter}`);
  }
  await ask("/api/v1/routing-rules");
  await each("/api/v1/silences", "id", (id) => [`/api/v1/silences/${id}`]);
  await each("/api/v1/heartbeats", "id", (id) => [`/api/v1/heartbeats/${id}`]);
  await each("/api/v1/keys", "id", (id) => [`/api/v1/keys/${id}`]);
  await ask("/api/v1/me");
  await ask("/api/v1/roles");
  for (const filter of ["", "?resource=schedule", "?resource=key", "?resource=integration"])
    await list(`/api/v1/audit${filter}`);
  await each("/api/v1/integrations", "id", (id) => [`/api/v1/integrations/${id}`]);
  await list("/api/v1/escalations");
  await each("/api/v1/services", "service", (service) => [`/api/v1/services/${service}`]);
  await each("/api/v1/users", "email", (email) => [`/api/v1/users/${email}`]);
  const schedules = await each("/api/v1/schedules", "team", (team) => [
    `/api/v1/schedules/${team}`,
    ...["coverage", "handoffs", "escalation-policy", "channels", "roles"].map(
      (part) => `/api/v1/teams/${team}/${part}`,
    ),
  ]);
  for (const schedule of schedules) {
    const path = `/api/v1/teams/${schedule.team}/webhooks`;
    for (const { id } of await each(path, "id", (webhook) => [`${path}/${webhook}`])) {
      const deliveries = `${path}/${id}/deliveries`;
      await each(deliveries, "id", (delivery) => [`${deliveries}/${delivery}`]);
    }
    await list(`/api/v1/oncall/overrides?team=${schedule.team}`);
    const at = `${schedule.created_at}`;
    const to = new Date(Date.parse(at) + 30 * 86_400_000).toISOString();
    await ask(`/api/v1/oncall/current?team=${schedule.team}&at=${at}`);
    await ask(`/api/v1/oncall/shifts?team=${schedule.team}&from=${at}&to=${to}`);
    const { pathname, search } = new URL(`${schedule.calendar_url}`);
    await ask(pathname + search);
  }
  await list("/api/v1/teams");
  await list("/api/v1/readiness");
  return answers;
}

/** Removes the current time, so that time-dependent responses can be compared. */
function withoutNow(text: string): string {
  const { from, to } = readFields(text);
  if (typeof from !== "string" || typeof to !== "string") return text;
  return text.replaceAll(from, "now").replaceAll(to, "later");
}

function readFields(text: string): Fields {
  return text.startsWith("{") ? (JSON.parse(text) as Fields) : {};
}
