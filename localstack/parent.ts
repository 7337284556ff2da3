/** Milliseconds between two looks for the parent. */
const CHECK_MS = 500;

/**
 * Calls `act` once the process of PARENT_PID is no longer this one's parent. `npm start` sets it to npm's process,
 * which passes on SIGINT and SIGTERM only. Without PARENT_PID, as in containers, nothing is watched.
 */
export function onParentExit(act: () => void): void {
  const parent = Number(process.env.PARENT_PID);
  delete process.env.PARENT_PID; // it isn't the parent of what this process starts
  if (!parent) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, CHECK_MS).unref();
}
