import { channels } from "./registry.ts";

/** Returns the addresses of all channels in words: `Slack, Discord: a name …`. Equal hints are listed once. */
export function addressHints(): string[] {
  const all = Object.values(channels);
  return [...new Set(all.map(({ addresses }) => addresses.hint))].map((hint) => {
    const labels = all.filter(({ addresses }) => addresses.hint === hint).map(({ label }) => label);
    return `${labels.join(", ")}: ${hint}`;
  });
}
