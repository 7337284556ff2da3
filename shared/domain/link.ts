/** A link that people follow, such as a runbook or a dashboard. */
export interface Link {
  readonly text: string;
  /** A web address. */
  readonly href: string;
}

/** Returns true for a whole http or https URL without credentials, which could disguise its host. */
export function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(value)) return false;
  const url = URL.parse(value);
  return url !== null && url.username === "" && url.password === "";
}
