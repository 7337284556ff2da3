/** Fields that the AWS SDK puts on its errors. */
interface ServiceError {
  readonly $fault?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  /** Present when an answer could not be read. */
  readonly $response?: unknown;
}

/**
 * Errors of a caller that pass by themselves: throttling, the same transaction still at work, and a table or queue that
 * is about to be created again.
 */
const passingNames =
  /Throttl|LimitExceeded|ThroughputExceeded|OverLimit|^(?:ResourceNotFoundException|QueueDoesNotExist|TransactionInProgressException)$/;

/** Connections, name servers, networks, and what the machine runs out of. Others, like ENOENT, stay until somebody acts. */
const passingCodes =
  /^(?:ECONN[A-Z]+|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENETRESET|EADDRNOTAVAIL|EAGAIN|EMFILE|ENFILE|ENOMEM|ENOBUFS|ENOSPC|EDQUOT)$/;

/**
 * Returns true for an error that trying again may help against: the network, a time-out, a dependency that fails or
 * throttles, an answer that is not the dependency's (a proxy's HTML). False for a fault of ours.
 */
export function isPassingFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isNetworkFault(error)) return true;
  const { $fault, $metadata, $response } = error as ServiceError;
  if ($fault === undefined) return $response !== undefined;
  const status = $metadata?.httpStatusCode ?? 0;
  return $fault === "server" || status >= 500 || status === 429 || passingNames.test(error.name);
}

/** Returns true for a passing error of the operating system (ECONNREFUSED, …), a time-out, and a call cut short. */
function isNetworkFault(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return error.name === "TimeoutError" || error.name === "AbortError" || passingCodes.test(code);
}
