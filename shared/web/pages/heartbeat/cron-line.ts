const minuteSteps = [30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1];
const hourSteps = [12, 8, 6, 4, 3, 2, 1];

/** Returns the time fields of a cron job that runs at least once per interval, and as rarely as cron can. */
export function cronTimes(intervalSeconds: number): string {
  const minutes = Math.floor(intervalSeconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 7 * 24) return "0 0 * * 0";
  if (hours >= 24) return "0 0 * * *";
  const hourStep = hourSteps.find((step) => step <= hours);
  if (hourStep !== undefined) return hourStep === 1 ? "0 * * * *" : `0 */${hourStep} * * *`;
  const minuteStep = minuteSteps.find((step) => step <= minutes) ?? 1;
  return minuteStep === 1 ? "* * * * *" : `*/${minuteStep} * * * *`;
}

/** Returns a line of a crontab that pings a URL. */
export function cronLine(intervalSeconds: number, url: string): string {
  return `${cronTimes(intervalSeconds)} curl -fsS -m 10 --retry 3 -o /dev/null ${url}`;
}
