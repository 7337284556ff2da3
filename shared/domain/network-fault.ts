/** Whether an error is the operating system's word on a connection (ECONNREFUSED, …) or a time-out. */
export function isNetworkFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return error.name === "TimeoutError" || /^E[A-Z]{3,}$/.test(code);
}
