/** Fields that the AWS SDK sets on its errors. */
interface ServiceError {
  readonly $fault?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  /** Set if a response could not be parsed. */
  readonly $response?: unknown;
}

/**
 * Temporary errors of the caller: throttling, a concurrent transaction with the same token, and a table or
 * queue that is being recreated.
 */
const transientNames =
  /Throttl|LimitExceeded|ThroughputExceeded|OverLimit|^(?:ResourceNotFoundException|QueueDoesNotExist|TransactionInProgressException)$/;

/**
 * Temporary errors of connections, DNS, networks and machine resources. Others, like ENOENT, are permanent.
 */
const transientCodes =
  /^(?:ECONN[A-Z]+|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENETRESET|EADDRNOTAVAIL|EAGAIN|EMFILE|ENFILE|ENOMEM|ENOBUFS|ENOSPC|EDQUOT)$/;

/**
 * Returns true for an error that a retry may fix: network errors, timeouts, failing or throttling
 * dependencies, and responses from a proxy instead of the dependency. Returns false for our own bugs.
 */
export function isTransientFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isNetworkFault(error)) return true;
  const { $fault, $metadata, $response } = error as ServiceError;
  if ($fault === undefined) return $response !== undefined;
  const status = $metadata?.httpStatusCode ?? 0;
  return $fault === "server" || status >= 500 || status === 429 || transientNames.test(error.name);
}

/** Returns true for a temporary operating system error (ECONNREFUSED, …), a timeout, and an aborted call. */
function isNetworkFault(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return error.name === "TimeoutError" || error.name === "AbortError" || transientCodes.test(code);
}
