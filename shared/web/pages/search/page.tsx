import * as z from "zod";
import { NotFound } from "../../../domain/errors.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { limits } from "../../../domain/limits.ts";
import type { findIncident } from "../../../use-cases/incidents/find-incident.ts";
import type { ReadUnresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import type { Directory } from "../../../use-cases/read-directory.ts";
import { page } from "../../site/page.ts";
import { pageHref } from "../../site/routes.ts";
import { wantsFragment } from "../../site/site.ts";
import type { Wired } from "../../site/use-case.ts";
import { findNames, isFoundBy } from "./find-names.ts";
import { SearchView } from "./view.tsx";

const query = z.object({ q: z.string().trim().max(limits.titleLength).default("") });

interface UseCases {
  readonly findIncident: Wired<typeof findIncident>;
  readonly readUnresolved: ReadUnresolved;
  /** Some seconds old. */
  readonly recentDirectory: (now: number) => Promise<{ readonly value: Directory }>;
}

/** Results of each kind. */
const shown = 8;
/** At most 100 read units once in ten seconds, and one for a number. */
const latestUnresolved = { examined: 200, shown: 0, consistent: false };

/** Finds unresolved and recent incidents, services, teams and people. `#120` opens the incident. */
export const searchPage = page(
  { query },
  async (
    { query: { q }, headers, ...viewing },
    { findIncident, readUnresolved, recentDirectory }: UseCases,
  ) => {
    const number = /^#?(\d{1,15})$/.exec(q)?.[1];
    const [numbered, unresolved, { value: directory }] = await Promise.all([
      number === undefined ? undefined : findIncident(number).catch(unlessMissing),
      readUnresolved(viewing.now, latestUnresolved),
      recentDirectory(viewing.now),
    ]);
    // While a number is typed, the page stays.
    if (numbered && q.startsWith("#") && !wantsFragment(headers))
      return { redirectTo: pageHref("incident", { id: numbered.number }) };
    const known = new Map<string, Incident>();
    for (const each of [...(numbered ? [numbered] : []), ...unresolved.latest, ...directory.incidents])
      if (!known.has(each.id)) known.set(each.id, each);
    const incidents = [...known.values()].filter(
      (each) => each === numbered || isFoundBy(q, each.title, each.service, each.team),
    );
    const found =
      q === ""
        ? null
        : {
            incidents: incidents.slice(0, shown),
            services: findNames(q, directory.services, shown),
            teams: findNames(q, directory.teams, shown),
            people: directory.users.filter(({ name, email }) => isFoundBy(q, name, email)).slice(0, shown),
          };
    return { title: "Search", content: <SearchView {...viewing} q={q} found={found} /> };
  },
);

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof NotFound)) throw error;
}
