import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { bundleOf } from "../../infra/build/bundle.ts";
import { camelCase, type FoundContract, findContracts } from "../../infra/build/contracts.ts";
import { type FoundFunction, findFunctions } from "../../infra/stack/functions.ts";
import { placeholdersOf } from "../../shared/contracts/path-template.ts";
import { actionRoutes, assetRoute, pageRoutes } from "../../shared/web/site/routes.ts";
import type { Check } from "./check.ts";
import type { Parts, Source } from "./parts.ts";
import { type Site, servesSite, siteFaults } from "./site.ts";

/** The gateway's default route, being everything else, and what has routes of its own: the UI. */
const withoutContract = new Set([
  "functions/system/fallback.ts",
  "functions/web/show-page.ts",
  "functions/web/act.ts",
  "functions/integrations/receive-event.ts",
]);

/** What the front doors answer: everything below paths that other platforms' clients know. */
const doors = {
  handler: "dist/functions/integrations/receive-event.handler",
  routes: ["/integrations", "/v1/json", "/v2", "/api/v2", "/generic"].map((path) => `* ${path}/{path+}`),
};

const site: Site = { pages: pageRoutes, actions: actionRoutes, asset: assetRoute };

/** POSTs that create nothing to repeat. */
const notCreating: ReadonlySet<string> = new Set([
  "preview-schedule",
  "simulate",
  "follow-link",
  "receive-slack-action",
  "receive-beat",
  // Their answer is a secret: it is kept nowhere, not even to be repeated.
  "create-api-key",
  "rotate-api-key",
  "create-webhook",
  "rotate-webhook-secret",
  "create-heartbeat",
  "create-integration",
  "rotate-integration",
]);

/** What changes things and configures nothing; incidents and what was sent have timelines of their own. */
const notConfiguring: ReadonlySet<string> = new Set([
  "create-incident",
  "update-incident",
  "acknowledge-incident",
  "resolve-incident",
  "add-note",
  "escalate",
  "create-notification",
  "test-webhook",
  "replay-delivery",
  // They only ask.
  "preview-schedule",
  "simulate",
]);

export const agreement: Check = {
  name: "agreement",
  async run(root) {
    const sources = globSync("functions/**/*.{ts,tsx}", { cwd: root })
      .filter((path) => !/\.test\.tsx?$/.test(path))
      .sort()
      .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
    const parts = { contracts: await findContracts(root), functions: findFunctions(root), sources };
    return {
      faults: [...disagreements(parts), ...siteFaults(site, parts), ...unlistedFragments(root)],
    };
  },
};

/** Where contracts, functions and their yml part. */
export function disagreements(parts: Parts): string[] {
  return [
    ...parts.contracts.flatMap((found) => contractFaults(found, parts)),
    ...parts.sources.flatMap((source) => sourceFaults(source, parts)),
    ...parts.functions.flatMap((found) => functionFaults(found, parts)),
    ...duplicates(parts.functions.map(({ name }) => name)).map(
      (name) => `${name} stands twice in infra/stack/functions/`,
    ),
    ...duplicates(parts.contracts.map(({ contract }) => `${contract.method} ${contract.path}`)).map(
      (route) => `${route} has two contracts`,
    ),
  ];
}

function contractFaults({ contract, room, name, exportName }: FoundContract, { sources }: Parts): string[] {
  const file = `shared/contracts/${room}/${name}.ts`;
  const users = sources
    .filter(({ text }) => new RegExp(`\\b${exportName}\\b`).test(text))
    .map(({ path }) => path);
  const answering = contract.answeredBy ?? name;
  const expected = [`functions/${room}/${answering}.ts`, `functions/${room}/${answering}.tsx`];
  const faults: string[] = [];
  if (users.length !== 1 || !expected.includes(users[0] ?? "")) {
    faults.push(`${file}: exactly ${expected[0]} should use it, not ${users.join(", ") || "nobody"}`);
  }
  if (exportName !== `${camelCase(name)}Contract`)
    faults.push(`${file}: should export ${camelCase(name)}Contract`);
  const creates = contract.method === "POST" && !notCreating.has(name);
  if (creates && !contract.idempotent) {
    faults.push(`${file}: a POST that creates takes an Idempotency-Key (idempotent: true)`);
  }
  const changes = contract.method !== "GET" && (contract.scope === "write" || contract.scope === "admin");
  const configures = changes && !notConfiguring.has(name);
  if (configures && !contract.audited)
    faults.push(`${file}: nobody would know who changed it: audited, or not configuring`);
  if (!configures && contract.audited) faults.push(`${file}: there is nothing to be audited`);
  const inPath = placeholdersOf(contract.path).sort();
  const declared = Object.keys(contract.params?.shape ?? {}).sort();
  if (inPath.join() !== declared.join()) {
    faults.push(
      `${file}: the path has the parameters ${inPath.join() || "none"}, params ${declared.join() || "none"}`,
    );
  }
  return faults;
}

function sourceFaults({ path }: Source, { contracts, functions }: Parts): string[] {
  const [, room, kind] =
    /^functions\/(\w+(?:\/\w+)*)\/[a-z]+(?:-[a-z]+)*(\.queue|\.schedule)?\.tsx?$/.exec(path) ?? [];
  if (!room) return [`${path}: should be functions/<room>/<verb-noun>.ts, .queue.ts or .schedule.ts`];
  const name = nameOf(path);
  const faults: string[] = [];
  const hasContract = contracts.some((found) => isAnsweredBy(found, room, name));
  if (!kind && !hasContract && !withoutContract.has(path)) {
    faults.push(`${path}: has no contract shared/contracts/${room}/${name}.ts`);
  }
  const handler = handlerOf(path);
  const entries = functions.filter(({ definition }) => definition.handler === handler);
  if (entries.length !== 1)
    faults.push(`${path}: ${entries.length} entries of infra/stack/functions/ have the handler ${handler}`);
  return faults;
}

function functionFaults(
  { name, service, definition }: FoundFunction,
  { contracts, sources }: Parts,
): string[] {
  const place = `infra/stack/functions/${service}.yml ${name}`;
  const source = sources.find(({ path }) => handlerOf(path) === definition.handler);
  if (!source) return [`${place}: no file of functions/ is built to ${definition.handler}`];
  const faults: string[] = [];
  if (name !== camelCase(nameOf(source.path)))
    faults.push(`${place}: should be named ${camelCase(nameOf(source.path))}`);
  // They have routes of their own.
  if (servesSite({ definition })) return faults;
  if (definition.handler === doors.handler)
    return [...faults, ...routeFaults(place, definition, doors.routes)];
  const own = contracts.filter((found) => isAnsweredBy(found, roomOf(source.path), nameOf(source.path)));
  if (own.length > 1) {
    const routes = own.map(({ contract }) => `${contract.method} ${contract.path}`);
    return [...faults, ...routeFaults(place, definition, routes)];
  }
  const [event, ...more] = definition.events ?? [];
  if (!event || more.length > 0) return [...faults, `${place}: should have exactly one event`];
  const say = (message: string) => faults.push(`${place}: ${message}`);

  if (/\.queue\.tsx?$/.test(source.path)) {
    if (!event.sqs) say("a .queue.ts needs an sqs event");
    if (event.sqs && event.sqs.functionResponseType !== "ReportBatchItemFailures") {
      say("one bad message would fail its batch: functionResponseType: ReportBatchItemFailures");
    }
    if (event.sqs && !((event.sqs.maximumConcurrency ?? 0) >= 2))
      say("needs a maximumConcurrency of at least 2");
  } else if (/\.schedule\.tsx?$/.test(source.path)) {
    if (!event.schedule) say("a .schedule.ts needs a schedule");
  } else if (withoutContract.has(source.path)) {
    if (event.httpApi !== "*") say('should have httpApi: "*"');
  } else {
    const contract = own[0]?.contract;
    const route =
      typeof event.httpApi === "object" ? `${event.httpApi.method} ${event.httpApi.path}` : "no route";
    if (contract && route !== `${contract.method} ${contract.path}`) {
      say(`has ${route}, its contract ${contract.method} ${contract.path}`);
    }
  }
  return faults;
}

/** Whether the endpoint is that of a function, alone or with others. */
function isAnsweredBy(found: FoundContract, room: string, name: string): boolean {
  return found.room === room && (found.contract.answeredBy ?? found.name) === name;
}

/** A function of several endpoints has a route for each, and no other. */
function routeFaults(
  place: string,
  { events = [] }: FoundFunction["definition"],
  wanted: readonly string[],
): string[] {
  const routes = new Set(
    events.map(({ httpApi }) =>
      typeof httpApi === "object" ? `${httpApi.method} ${httpApi.path}` : "no route",
    ),
  );
  const expected = new Set(wanted);
  return [
    ...[...expected.difference(routes)].map((route) => `${place}: lacks the route ${route}`),
    ...[...routes.difference(expected)].map((route) => `${place}: has ${route}, no contract of its own`),
  ];
}

/** serverless.yml names each fragment of infra/stack/functions/. */
function unlistedFragments(root: string): string[] {
  const service = readFileSync(join(root, "serverless.yml"), "utf8");
  const listed = [...service.matchAll(/\$\{file\((infra\/stack\/functions\/\w+\.yml)\)\}/g)].map(
    ([, file]) => file ?? "",
  );
  const there = globSync("infra/stack/functions/*.yml", { cwd: root });
  return [
    ...there
      .filter((file) => !listed.includes(file))
      .map((file) => `serverless.yml does not include ${file}`),
    ...listed
      .filter((file) => !existsSync(join(root, file)))
      .map((file) => `serverless.yml includes ${file}, which is not there`),
  ];
}

function handlerOf(path: string): string {
  return `dist/${bundleOf(path)}.handler`;
}

/** verb-noun of a file of functions/. */
/** `functions/oncall/schedules/create-schedule.ts` is of the room `oncall/schedules`. */
function roomOf(path: string): string {
  return path.split("/").slice(1, -1).join("/");
}

function nameOf(path: string): string {
  return basename(path).replace(/(\.queue|\.schedule)?\.tsx?$/, "");
}

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
