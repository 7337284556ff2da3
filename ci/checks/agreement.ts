import { readFileSync } from "node:fs";
import { join } from "node:path";
import { camelCase, type FoundContract, findContracts } from "../../infra/build/contracts.ts";
import { functionFiles, handlerOf } from "../../infra/build/function-files.ts";
import type { FoundFunction } from "../../infra/stack/function-definition.ts";
import { findFunctions } from "../../infra/stack/functions.ts";
import { integrationPaths, siteRoutes } from "../../infra/stack/http-functions.ts";
import { scopeOf } from "../../shared/contracts/contract.ts";
import { pathPattern, placeholdersOf, takesPrecedence } from "../../shared/contracts/path-template.ts";
import { integrationTypes } from "../../shared/integrations/registry.ts";
import type { Check } from "./check.ts";
import type { Parts } from "./parts.ts";

/** POST endpoints that create no repeatable resource, besides those of scope read. */
const notCreating: ReadonlySet<string> = new Set([
  "follow-link",
  "snooze-incident",
  "unacknowledge-incident",
  "reopen-incident",
  "receive-slack-action",
  "receive-telegram-update",
  "receive-chat-action",
  "receive-sms",
  "receive-call",
  "receive-vonage-call",
  "receive-delivery-report",
  "receive-email-reply",
  "receive-ses-email",
  "receive-beat",
  "receive-logout",
  // The same report again changes nothing.
  "receive-receipt",
  // Repeating it continues it.
  "forget-user",
  // Entering a code again changes nothing, and a code is sent once in half a minute.
  "verify-contact-method",
  // Responses with secrets are not stored, so they cannot be repeated.
  "create-api-key",
  "rotate-api-key",
  "create-webhook",
  "rotate-webhook-secret",
  "create-heartbeat",
  "rotate-heartbeat",
  "create-integration",
  "rotate-integration",
]);

/** Changing endpoints that are not configuration. Incidents and messages have their own timelines. */
const notConfiguring: ReadonlySet<string> = new Set([
  "create-incident",
  "update-incident",
  "acknowledge-incident",
  "resolve-incident",
  "merge-incident",
  "snooze-incident",
  "unacknowledge-incident",
  "reopen-incident",
  "request-responders",
  "add-note",
  "escalate",
  "create-notification",
  "test-webhook",
  "replay-delivery",
]);

export const agreement: Check = {
  name: "agreement",
  async run(root) {
    const contracts = await findContracts(root);
    return {
      faults: [
        ...disagreements({
          contracts,
          functions: await findFunctions(root),
          sources: functionFiles(root).map((file) => ({
            ...file,
            text: readFileSync(join(root, file.path), "utf8"),
          })),
        }),
        ...sharedRoutes([...contracts.map(({ contract }) => contract), ...siteRoutes]),
        ...unreachable(
          Object.values(integrationTypes).flatMap(({ routes }) =>
            routes.flatMap((route) => ("key" in route ? [route.path] : [])),
          ),
        ),
      ],
    };
  },
};

/** Returns the differences between contracts, functions and their YAML. */
export function disagreements(parts: Parts): string[] {
  return [
    ...parts.contracts.flatMap((found) => contractFaults(found, parts)),
    ...parts.contracts.flatMap((found) => methodFaults(found, parts)),
    ...parts.contracts.flatMap((found) => otherPathFaults(found, parts)),
    ...parts.sources.flatMap((source) => sourceFaults(source, parts)),
    ...parts.functions.flatMap((found) => functionFaults(found, parts)),
    ...duplicates(parts.functions.map(({ name }) => name)).map((name) => `There are two functions ${name}`),
  ];
}

/** Returns routes that two contracts share, or a contract and the UI. */
export function sharedRoutes(
  routes: readonly { readonly method: string; readonly path: string }[],
): string[] {
  return duplicates(routes.map(({ method, path }) => `${method} ${path}`)).map(
    (route) => `${route} has several endpoints or pages`,
  );
}

/** Returns integration paths without a gateway route. */
export function unreachable(paths: readonly string[]): string[] {
  return paths
    .filter((path) => !integrationPaths.some((prefix) => path.startsWith(`${prefix}/`)))
    .map((path) => `infra/stack/http-functions.ts: no route matches the integration path ${path}`);
}

function contractFaults({ contract, folder, name, exportName }: FoundContract, { sources }: Parts): string[] {
  const file = `shared/contracts/${folder}/${name}.ts`;
  const expected = `functions/${folder}/${name}.ts`;
  const users = sources
    .filter(({ text }) => new RegExp(`\\b${exportName}\\b`).test(text))
    .map(({ path }) => path);
  const faults: string[] = [];
  if (users.length !== 1 || users[0] !== expected)
    faults.push(`${file}: exactly ${expected} should use it, not ${users.join(", ") || "none"}`);
  if (exportName !== `${camelCase(name)}Contract`)
    faults.push(`${file}: should export ${camelCase(name)}Contract`);
  const creates = contract.method === "POST" && contract.right !== "read" && !notCreating.has(name);
  if (creates && !contract.idempotent) {
    faults.push(`${file}: a POST that creates something must accept an Idempotency-Key (idempotent: true)`);
  }
  const scope = scopeOf(contract);
  const changes = contract.method !== "GET" && (scope === "write" || scope === "admin");
  const configures = changes && !notConfiguring.has(name);
  if (configures && !contract.audited)
    faults.push(
      `${file}: it changes configuration without an audit entry. Set audited, or add it to notConfiguring`,
    );
  if (!configures && contract.audited) faults.push(`${file}: it changes no configuration. Remove audited`);
  const inPath = placeholdersOf(contract.path).sort();
  const declared = Object.keys(contract.params?.shape ?? {}).sort();
  if (inPath.join() !== declared.join()) {
    faults.push(
      `${file}: the path has the parameters ${inPath.join() || "none"}, params ${declared.join() || "none"}`,
    );
  }
  return faults;
}

/** A GET names the other methods of its path. */
function methodFaults({ contract, folder, name }: FoundContract, { contracts }: Parts): string[] {
  const named = [...(contract.otherMethods ?? [])].sort().join();
  const others = contracts
    .filter(({ contract: other }) => other.path === contract.path && other.method !== "GET")
    .map(({ contract: { method } }) => method);
  const expected = contract.method === "GET" ? others.sort().join() : "";
  return named === expected
    ? []
    : [`shared/contracts/${folder}/${name}.ts: otherMethods should be ${expected || "absent"}`];
}

/** An endpoint of an ID names the paths of other endpoints that its own path matches. */
function otherPathFaults({ contract, folder, name }: FoundContract, { contracts }: Parts): string[] {
  const others = contracts
    .map(({ contract: other }) => other)
    .filter(({ path }) => pathPattern(contract.path).test(path) && takesPrecedence(path, contract.path));
  const expected = others
    .flatMap(({ method, path }) =>
      method === "GET" ? [`GET ${path}`, `HEAD ${path}`] : [`${method} ${path}`],
    )
    .sort()
    .join();
  const named = Object.entries(contract.otherPaths ?? {})
    .flatMap(([path, methods]) => methods.map((method) => `${method} ${path}`))
    .sort()
    .join();
  return named === expected
    ? []
    : [`shared/contracts/${folder}/${name}.ts: otherPaths should be ${expected || "absent"}`];
}

function sourceFaults({ path, name, kind }: Parts["sources"][number], { functions }: Parts): string[] {
  if (!/^functions\/[a-z]+(\/[a-z-]+)?\/[a-z]+(-[a-z]+)*(\.queue|\.schedule)?\.tsx?$/.test(path))
    return [`${path}: should be functions/<area>/<verb-noun>.ts, .queue.ts or .schedule.ts`];
  const entries = functions.filter(({ definition }) => definition.handler === handlerOf(path));
  if (entries.length !== 1)
    return [
      `${path}: ${entries.length} entries of infra/stack/functions/ have the handler ${handlerOf(path)}`,
    ];
  return kind === "http" && entries[0]?.definition.events?.length === 0
    ? [`${path}: has no contract ${name}.ts in shared/contracts`]
    : [];
}

/**
 * Returns the faults of an entry in infra/stack/functions/. HTTP functions are generated, so they need no
 * comparison.
 */
function functionFaults({ name, area, definition }: FoundFunction, { sources }: Parts): string[] {
  const entry = `infra/stack/functions/${area}.yml ${name}`;
  const source = sources.find(({ path }) => handlerOf(path) === definition.handler);
  if (!source) return [`${entry}: no file of functions/ is built to ${definition.handler}`];
  if (source.kind === "http") return [];
  const faults: string[] = [];
  const say = (message: string) => faults.push(`${entry}: ${message}`);
  if (source.area !== area) say(`${source.path} is in another folder`);
  if (name !== camelCase(source.name)) say(`should be named ${camelCase(source.name)}`);
  const [event, ...more] = definition.events ?? [];
  if (!event || more.length > 0) {
    say("should have exactly one event");
  } else if (source.kind === "schedule") {
    if (!event.schedule) say("a .schedule.ts needs a schedule");
  } else if (!event.sqs) {
    say("a .queue.ts needs an sqs event");
  } else {
    if (event.sqs.functionResponseType !== "ReportBatchItemFailures")
      say("one invalid message would fail its batch: set functionResponseType: ReportBatchItemFailures");
    if (!((event.sqs.maximumConcurrency ?? 0) >= 2)) say("needs a maximumConcurrency of at least 2");
  }
  return faults;
}

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
