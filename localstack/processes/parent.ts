/** Milliseconds between checks of the parent. */
const CHECK_MS = 500;

/**
 * Calls `act` when the process PARENT_PID is no longer this process's parent. `npm start` sets it to npm's
 * process, which only forwards SIGINT and SIGTERM. Without PARENT_PID, as in containers, nothing is watched.
 */
export function onParentExit(act: () => void): void {
  const parent = Number(process.env.PARENT_PID);
  delete process.env.PARENT_PID; // not the parent of child processes
  if (!parent) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, CHECK_MS).unref();
}
