import * as z from "zod";
import { id } from "../../../contracts/fields.ts";
import { chosenEnd, snoozeChoices } from "../../../domain/incidents/snooze/snooze-choice.ts";
import type { respondToIncidents } from "../../../use-cases/incidents/respond-to-incidents.ts";
import { action } from "../../site/action.ts";
import type { Wired } from "../../site/use-case.ts";
import { denialsIn, deniedEntirely, resultText } from "./action-labels.ts";
import { mostViews, readViews, viewName, viewQuery, viewsCookie } from "./saved-views.ts";

const form = z.object({
  response: z.enum(["acknowledge", "resolve", "snooze"]),
  /** Time of a snooze. */
  for: z.enum(snoozeChoices).default("1h"),
  incidents: z.array(id).min(1, "select at least one").max(200),
});

interface UseCases {
  readonly respondToIncidents: Wired<typeof respondToIncidents>;
}

export const respondToIncidentsAction = action(
  { right: "respond", team: "resource", form },
  async (
    { form: { response, for: choice, incidents }, actor, now, back },
    { respondToIncidents }: UseCases,
  ) => {
    const requested = response === "snooze" ? { snoozeUntil: chosenEnd(choice, now) } : response;
    const results = await respondToIncidents(incidents, requested, actor, now);
    const denial = deniedEntirely(results);
    if (denial) throw denial;
    return { to: back, flash: resultText(response, results, now), denials: denialsIn(results) };
  },
);

const viewsForm = z.object({
  name: viewName.optional(),
  query: viewQuery.default(""),
  /** Name of a view to delete. */
  remove: viewName.optional(),
});

/** Saves the list as it is shown under a name, or deletes a saved view. */
export const changeViewsAction = action(
  { right: "read", form: viewsForm },
  async ({ form: { name, query, remove }, headers, back }) => {
    const others = readViews(headers).filter((view) => view.name !== name && view.name !== remove);
    const views = name === undefined ? others : [...others, { name, query }].slice(-mostViews);
    return { to: back, cookies: [viewsCookie(views, headers)] };
  },
);
