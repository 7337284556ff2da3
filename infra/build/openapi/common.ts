/** Parts shared by many operations. */
import { limits } from "../../../shared/domain/limits.ts";

const requestId = {
  description: "ID of the request in the logs, from the request or generated.",
  schema: { type: "string", maxLength: limits.requestIdLength, pattern: "^[\\x21-\\x7e]+$" },
};

export const parameters = {
  RequestId: {
    name: "X-Request-ID",
    in: "header",
    required: false,
    description:
      `ID of the request in the logs: at most ${limits.requestIdLength} visible ASCII characters. ` +
      "Any other value is replaced by a generated one.",
    schema: { type: "string" },
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "A repeat with the same key and body within 24 hours returns the same response, a different body 409. If the response contains a " +
      "secret that is shown only once, a repeat creates nothing and returns 409 `already_created` with the ID.",
    schema: { type: "string", maxLength: limits.idempotencyKeyLength },
  },
};

export const headers = {
  RequestId: requestId,
  Location: {
    description: "URL of the created resource.",
    schema: { type: "string", format: "uri-reference" },
  },
};

export const problemSchema = {
  type: "object",
  description: "RFC 9457 problem details, with the validation errors of the request.",
  required: ["type", "title", "status", "code", "detail", "request_id"],
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", examples: ["invalid", "not_found", "stale_version"] },
    detail: { type: "string" },
    id: {
      type: "string",
      description: "For `already_created`: ID of the resource that the request created before.",
    },
    errors: {
      type: "array",
      description: "Validation errors with their paths.",
      items: {
        type: "object",
        required: ["path", "message"],
        properties: { path: { type: "string" }, message: { type: "string" } },
      },
    },
    request_id: { type: "string" },
  },
};

const retryAfter = {
  "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" } },
};

export const problemResponses = {
  Problem400: problem("The body is not valid JSON, or does not match its Content-Encoding"),
  Problem401: problem("A valid API key is required"),
  Problem403: problem("The caller lacks the required role or scope, or the host or origin is not allowed"),
  Problem404: problem("The resource does not exist"),
  Problem409: problem("Conflicts with the current state, or the Idempotency-Key was used with another body"),
  Problem413: problem(`The body is larger than ${limits.bodyBytes / 1024} KiB after decompression`),
  Problem415: problem("The Content-Encoding is neither gzip nor deflate"),
  Problem422: problem("The request is invalid"),
  // Also returned by the gateway, without a body.
  Problem429: { ...problem("The rate limit of the key or of the gateway is exceeded"), headers: retryAfter },
  Problem503: { ...problem("A dependency of the platform does not respond"), headers: retryAfter },
  default: problem("Any other error"),
};

function problem(description: string) {
  return {
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}
