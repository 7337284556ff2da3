/** SCIM 2.0 service (RFC 7644) for identity providers: people and groups below /scim/v2. */
import {
  editableGroup,
  groupAttributesOf,
  presentScimGroup,
  scimGroupInput,
} from "../../contracts/access/scim/scim-group.ts";
import { operationsOf, scimPatchInput } from "../../contracts/access/scim/scim-patch.ts";
import { presentScimUser, scimUserInput } from "../../contracts/access/scim/scim-user.ts";
import { parseFilter } from "../../domain/access/scim/filter.ts";
import { type AttributeShapes, applyPatch, withKnownNames } from "../../domain/access/scim/patch.ts";
import { groupShapes } from "../../domain/access/scim/scim-group.ts";
import { attributesOfUser, userShapes } from "../../domain/access/scim/scim-user.ts";
import { Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { withActor } from "../../telemetry/context.ts";
import type { ResourceUseCases, ScimUseCases } from "../../use-cases/ports/scim.ts";
import { admit } from "../access.ts";
import { createApp, type EdgeDeps } from "../app.ts";
import { MethodNotAllowed, NoSuchPath, Unreadable } from "../errors.ts";
import { type LambdaHandler, lambda } from "../lambda.ts";
import { readBody } from "../request/body.ts";
import { readJson } from "../request/json.ts";
import { parse } from "../request/query.ts";
import { discover } from "./discovery.ts";
import { presentScimError, scimType } from "./scim-error.ts";

export interface ScimGatewayDeps {
  readonly edge: EdgeDeps;
  readonly useCases: ScimUseCases;
  /** Returns the address at which the platform is reached, without a slash at its end. */
  readonly baseUrlOf: (headers: Headers) => string;
}

interface Incoming {
  readonly raw: Request;
  /** URL of the SCIM service. */
  readonly root: string;
  readonly query: URLSearchParams;
  readonly now: number;
}

/** Requests to one type of resource. */
interface Endpoint {
  readonly list: (request: Incoming) => Promise<ListResponse>;
  readonly create: (request: Incoming) => Promise<Response>;
  readonly get: (id: string, request: Incoming) => Promise<Response>;
  readonly replace: (id: string, request: Incoming) => Promise<Response>;
  readonly patch: (id: string, request: Incoming) => Promise<Response>;
  readonly remove: (id: string, request: Incoming) => Promise<Response>;
}

/** Conversions of one type of resource. */
interface Conversions<T, A> {
  /** Name in paths. */
  readonly name: string;
  readonly present: (resource: T, root: string) => Record<string, unknown>;
  /** @throws Invalid */
  readonly attributesOf: (body: unknown) => A;
  /** Returns the attributes that a PATCH changes. */
  readonly editable: (resource: T) => Readonly<Record<string, unknown>>;
  readonly shapes: AttributeShapes;
}

const root = "/scim/v2";
const templates = [`${root}/{type}`, `${root}/{type}/{id}`];

/** Creates the Lambda handler of all paths below /scim/v2. */
export function scimGateway(deps: () => ScimGatewayDeps): LambdaHandler {
  const edge = () => ({ ...deps().edge, presentProblem: presentScimError });
  const app = createApp(edge, { service: "system", path: `${root}/*` }, () => [
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
  ]);
  app.all("*", async (context) => {
    const { raw } = context.req;
    const { access, clock } = edge();
    const { pathname, searchParams: query } = new URL(raw.url);
    const path = segmentsOf(pathname);
    const [type = ""] = path;
    context.set("route", { service: "system", path: `${root}/${routeOf(type, path.length)}` });
    const now = clock();
    const caller = await admit(access, raw.headers, { right: "provision" }, now);
    const { useCases, baseUrlOf } = deps();
    const { name = null, kind = null } = caller?.principal ?? {};
    const actor = { actor: name, actorKind: kind, right: "provision", method: raw.method, path: pathname };
    const request = { raw, root: baseUrlOf(raw.headers) + root, query, now };
    return withActor(actor, () => respond(useCases, path, request));
  });
  return lambda(app, templates);
}

/** Returns the path as logs and metrics name it. */
function routeOf(type: string, length: number): string {
  const known = endpoints.has(type) ? type : "{document}";
  return length > 1 ? `${known}/{id}` : known;
}

/** Returns the decoded segments below the service. @throws NoSuchPath */
function segmentsOf(pathname: string): string[] {
  try {
    const segments = pathname
      .slice(root.length)
      .split("/")
      .filter((segment) => segment !== "");
    return segments.map((segment) => decodeURIComponent(segment).toWellFormed());
  } catch {
    throw new NoSuchPath("The path does not exist");
  }
}

async function respond(
  useCases: ScimUseCases,
  path: readonly string[],
  request: Incoming,
): Promise<Response> {
  const { method } = request.raw;
  const [type, id, ...more] = path;
  const endpoint = more.length > 0 ? undefined : endpoints.get(type)?.(useCases);
  if (type === ".search" && path.length === 1) return searchAll(useCases, await asQuery(request));
  if (!endpoint) return describe(path, request);
  if (id === ".search") return scimResponse(200, await endpoint.list(await asQuery(request)));
  const isRead = method === "GET" || method === "HEAD";
  if (id === undefined) {
    if (isRead) return scimResponse(200, await endpoint.list(request));
    if (method === "POST") return endpoint.create(request);
    throw new MethodNotAllowed(method, ["GET", "HEAD", "POST"]);
  }
  if (isRead) return endpoint.get(id, request);
  if (method === "PUT") return endpoint.replace(id, request);
  if (method === "PATCH") return endpoint.patch(id, request);
  if (method === "DELETE") return endpoint.remove(id, request);
  throw new MethodNotAllowed(method, ["GET", "HEAD", "PUT", "PATCH", "DELETE"]);
}

/** Returns a POST to `.search` as the GET that it stands for (RFC 7644 3.4.3). @throws MethodNotAllowed or Unreadable */
async function asQuery(request: Incoming): Promise<Incoming> {
  const { method } = request.raw;
  if (method !== "POST") throw new MethodNotAllowed(method, ["POST"]);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(await bodyOf(request.raw)))
    if (name !== "schemas") query.set(name, Array.isArray(value) ? value.join() : String(value));
  return { ...request, query };
}

/** Searches people, then groups. A filter that fits only one of them finds only these. @throws Invalid */
async function searchAll(useCases: ScimUseCases, request: Incoming): Promise<Response> {
  const { start, count } = rangeOf(request.query);
  const lists = [...endpoints.values()].map((endpoint) => endpoint(useCases).list);
  let [resources, total, room]: [object[], number, number] = [[], 0, count];
  const faults: Error[] = [];
  for (const list of lists) {
    const query = new URLSearchParams(request.query);
    const first = Math.max(1, start - total);
    query.set("startIndex", String(first));
    query.set("count", String(room));
    try {
      const found = await list({ ...request, query });
      resources = [...resources, ...found.Resources];
      total += found.totalResults;
      const available = Math.min(room, Math.max(0, found.totalResults - first + 1));
      // The others follow on the next page.
      room = found.itemsPerPage < available ? 0 : room - found.itemsPerPage;
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      faults.push(error);
    }
  }
  if (faults.length === lists.length) throw faults[0];
  return scimResponse(200, listOf(resources, total, start));
}

/** @throws NoSuchPath or MethodNotAllowed */
function describe(path: readonly string[], { raw: { method }, root }: Incoming): Response {
  const found = discover(path, root);
  if (!found) throw new NoSuchPath("The path does not exist");
  if (method !== "GET" && method !== "HEAD") throw new MethodNotAllowed(method, ["GET", "HEAD"]);
  return scimResponse(200, Array.isArray(found) ? listOf(found, found.length, 1) : found);
}

const endpoints: ReadonlyMap<string | undefined, (useCases: ScimUseCases) => Endpoint> = new Map([
  ["Users", usersEndpoint],
  ["Groups", groupsEndpoint],
]);

function usersEndpoint({ users }: ScimUseCases): Endpoint {
  return endpointOf(users, {
    name: "Users",
    present: presentScimUser,
    attributesOf: (body) => parse(scimUserInput, body),
    editable: (user) => ({ ...attributesOfUser(user) }),
    shapes: userShapes,
  });
}

function groupsEndpoint({ groups }: ScimUseCases): Endpoint {
  return endpointOf(groups, {
    name: "Groups",
    present: presentScimGroup,
    attributesOf: (body) => groupAttributesOf(parse(scimGroupInput, body)),
    editable: editableGroup,
    shapes: groupShapes,
  });
}

function endpointOf<T extends { readonly id: string }, A>(
  useCases: ResourceUseCases<T, A>,
  { name, present, attributesOf: read, editable, shapes }: Conversions<T, A>,
): Endpoint {
  const attributesIn = async ({ raw }: Incoming) => read(withKnownNames(await bodyOf(raw), shapes));
  const shown = (resource: T, { root, query }: Incoming) => selected(present(resource, root), query);
  return {
    async list(request) {
      const { query } = request;
      const filter = query.get("filter");
      const { start, count } = rangeOf(query);
      const { items, total } =
        filter === null ? await useCases.list(start - 1, count) : await useCases.search(parseFilter(filter));
      const page = filter === null ? items : items.slice(start - 1, start - 1 + count);
      const resources = page.map((resource) => shown(resource, request));
      return listOf(resources, total, start);
    },
    async create(request) {
      const created = await useCases.create(await attributesIn(request), request.now);
      const location = `${request.root}/${name}/${created.id}`;
      return scimResponse(201, shown(created, request), { location });
    },
    get: async (id, request) => scimResponse(200, shown(await useCases.find(id), request)),
    async replace(id, request) {
      const attributes = await attributesIn(request);
      return scimResponse(200, shown(await useCases.change(id, () => attributes, request.now), request));
    },
    async patch(id, request) {
      const operations = operationsOf(
        parse(scimPatchInput, withKnownNames(await bodyOf(request.raw), patchShapes)),
      );
      const change = (known: T) => read(applyPatch(editable(known), operations, shapes));
      return scimResponse(200, shown(await useCases.change(id, change, request.now), request));
    },
    async remove(id, { now }) {
      await useCases.remove(id, now);
      return new Response(null, { status: 204 });
    },
  };
}

/** @throws Unreadable */
async function bodyOf(raw: Request): Promise<Readonly<Record<string, unknown>>> {
  const body = readJson(await readBody(raw));
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Unreadable("The body must be a JSON object");
  return body as Readonly<Record<string, unknown>>;
}

const patchShapes: AttributeShapes = { Operations: { kind: "multi", parts: ["op", "path", "value"] } };

/** Returns the attributes that a client asks for, or all but those that it excludes (RFC 7644 3.9). */
function selected(resource: Record<string, unknown>, query: URLSearchParams): Record<string, unknown> {
  const names = (parameter: string) => {
    const given = query.get(parameter);
    // Sub-attributes select the whole attribute.
    return !given
      ? undefined
      : given
          .split(",")
          .map((path) => (path.trim().split(":").at(-1) ?? "").toLowerCase().replace(/\..*/, ""));
  };
  const wanted = names("attributes");
  const excluded = names("excludedAttributes") ?? [];
  return Object.fromEntries(
    Object.entries(resource).filter(([field]) => {
      const name = field.toLowerCase();
      return alwaysReturned.has(name) || (wanted?.includes(name) ?? !excluded.includes(name));
    }),
  );
}

const alwaysReturned: ReadonlySet<string> = new Set(["schemas", "id"]);

function rangeOf(query: URLSearchParams): { readonly start: number; readonly count: number } {
  const count = wholeNumber(query.get("count"), limits.scimPageSize);
  return {
    start: Math.max(1, wholeNumber(query.get("startIndex"), 1)),
    count: Math.min(limits.scimPageSize, Math.max(0, count)),
  };
}

function wholeNumber(text: string | null, otherwise: number): number {
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : otherwise;
}

interface ListResponse {
  readonly schemas: readonly string[];
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly Resources: readonly object[];
}

/** Returns a page with as many of the resources as fit: groups can have many members. A client asks for the others next. */
function listOf(resources: readonly object[], totalResults: number, startIndex: number): ListResponse {
  let length = 0;
  const fitting = resources.filter((resource, index) => {
    length += JSON.stringify(resource).length;
    return index === 0 || length <= limits.scimPageLength;
  });
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults,
    startIndex,
    itemsPerPage: fitting.length,
    Resources: fitting,
  };
}

function scimResponse(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...scimType, ...headers } });
}
