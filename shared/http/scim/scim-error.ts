import type { PresentProblem, Problem } from "../problem.ts";

/** Media type of SCIM (RFC 7644 3.1). */
export const scimType = { "content-type": "application/scim+json" };

/** Returns a problem as a SCIM error (RFC 7644 3.12). Invalid requests have the status 400. */
export const presentScimError: PresentProblem = (problem) => {
  const status = problem.status === 422 ? 400 : problem.status;
  const kind = kindOf(problem);
  const body = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(status),
    ...(kind !== undefined && { scimType: kind }),
    detail: [
      problem.detail,
      ...(problem.errors ?? []).map(({ path, message }) => `${path} ${message}`.trim()),
    ].join(". "),
  };
  return new Response(JSON.stringify(body), { status, headers: scimType });
};

function kindOf({ code, errors: [fault] = [] }: Problem): string | undefined {
  if (code === "unreadable") return "invalidSyntax";
  if (code === "already_exists") return "uniqueness";
  if (code !== "invalid" || !fault) return undefined;
  if (fault.message.includes("read-only")) return "mutability";
  if (fault.path === "filter") return "invalidFilter";
  if (/^Operations\.\d+\.path$/.test(fault.path))
    return fault.message === "is missing" ? "noTarget" : "invalidPath";
  return fault.path.startsWith("Operations") ? "invalidSyntax" : "invalidValue";
}
