import { Problem } from "../problem.ts";

/** @param advice sentence for the user @throws Problem if nothing responds at the address */
export async function assertReachable(url: string, advice: string): Promise<void> {
  await fetch(`${url}/health/web`, { signal: AbortSignal.timeout(5_000) }).catch(({ message, cause }) => {
    const reason = cause?.code ?? cause?.message ?? message;
    throw new Problem(`No platform is reachable at ${url} (${reason}). ${advice}`);
  });
}
