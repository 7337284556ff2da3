import * as z from "zod";
import {
  batchesOf,
  type FollowDeps,
  followCheckpoint,
  forgetOld,
  freshIn,
  positionAt,
  positionSchema,
  take,
} from "../follow.ts";
import { follower, type Source } from "../source.ts";
import { count, emptyTally, publishCounter, tallySchema } from "../tally.ts";

const stateSchema = z.object({ position: positionSchema, tally: tallySchema });
type State = z.output<typeof stateSchema>;

/**
 * Escalations by target team. An escalation that is published more than 15 minutes late, because the platform
 * was partly down, is not counted.
 */
export function escalationsSource(deps: FollowDeps): Source {
  const { history, metrics, clock } = deps;
  const fresh = ({ position }: State) => freshIn(position, history.escalationsSince);

  return follower<State>(
    {
      name: "escalations",
      metrics: ["escalations_total"],
      checkpoint: followCheckpoint(deps, "escalations", stateSchema),

      async begin(now) {
        const state: State = { position: positionAt(now), tally: emptyTally() };
        for (const { id, at } of await fresh(state)) take(state.position, id, at, now);
        return state;
      },

      async advance(state, now) {
        const entries = await fresh(state);
        for (const batch of batchesOf(entries)) {
          const events = await history.events(batch);
          for (const event of events) {
            if (event.type === "escalated") count(state.tally, "escalations_total", { team: event.team });
          }
          for (const { id, at } of batch) take(state.position, id, at, now);
        }
        forgetOld(state.position);
        return entries.length > 0;
      },

      publish: ({ tally }) => publishCounter(tally, "escalations_total", metrics),
    },
    clock,
  );
}
