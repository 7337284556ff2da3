/** Actions of people on an incident, in the model and for real. */
import { Conflict } from "../../../../shared/domain/errors.ts";
import { urgencies } from "../../../../shared/domain/incidents/urgency-level.ts";
import { changeIncident } from "../../../../shared/use-cases/incidents/change-incident.ts";
import { mergeIncident } from "../../../../shared/use-cases/incidents/lifecycle/merge-incident.ts";
import {
  reopenIncident,
  unacknowledgeIncident,
} from "../../../../shared/use-cases/incidents/lifecycle/reopen-incident.ts";
import { requestResponders } from "../../../../shared/use-cases/incidents/lifecycle/request-responders.ts";
import { snoozeIncident } from "../../../../shared/use-cases/incidents/lifecycle/snooze-incident.ts";
import { updateIncident } from "../../../../shared/use-cases/incidents/lifecycle/update-incident.ts";
import { minutes } from "../../builders.ts";
import type { TestSystem } from "../../memory/system.ts";
import { untilAnswered } from "../fault-suite.ts";
import {
  type Allowed,
  type LifecycleModel,
  type ModelIncident,
  type ServiceName,
  services,
  teams,
} from "./model.ts";

interface Action {
  readonly expected: (model: LifecycleModel, incident: ModelIncident, other: ModelIncident) => Allowed;
  readonly act: (system: TestSystem, id: string, otherId: string, at: number) => Promise<unknown>;
}

const ada = "ada@example.com";
const eva = "eva@example.com";
const context = { actor: ada, note: null };

let requests = 0;

export const actions: Readonly<Record<string, Action>> = {
  acknowledge: acknowledgement(ada),
  "acknowledge as Eva": acknowledgement(eva),
  resolve: {
    expected: (model, incident) => model.resolve(incident),
    act: ({ deps }, id, _, at) => changeIncident(deps, id, move("resolved", ada), at),
  },
  "snooze for 17 minutes": snoozing(17),
  "snooze for 47 minutes": snoozing(47),
  unacknowledge: {
    expected: (model, incident) => model.unacknowledge(incident),
    act: ({ deps }, id, _, at) => unacknowledgeIncident(deps, id, context, at),
  },
  reopen: {
    expected: (model, incident) => model.reopen(incident),
    act: ({ deps }, id, _, at) => reopenIncident(deps, id, context, at),
  },
  merge: {
    expected: (model, source, target) => model.merge(source, target),
    act: ({ deps }, id, into, at) => mergeIncident(deps, id, { into, ...context }, at),
  },
  "ask Eva": {
    expected: (model, incident) => model.request(incident, eva),
    act: ({ deps, request, now }, id) =>
      // Another request would page her again.
      request(`ask ${id} ${now()} ${requests++}`, async (at, ulid) => {
        const asked = { emails: [eva], teams: [], message: null, actor: ada };
        return resultOf(requestResponders({ ...deps, ulid }, id, asked, at));
      }).then(({ body }) => {
        if (JSON.parse(body) === "conflict") throw new Conflict("It is resolved");
      }),
  },
  ...Object.fromEntries(
    (Object.keys(services) as ServiceName[]).map((service) => [
      `move to the service ${service}`,
      {
        expected: (model: LifecycleModel, incident: ModelIncident) => model.moveToService(incident, service),
        act: updating({ service }),
      },
    ]),
  ),
  ...Object.fromEntries(
    teams.map((team) => [
      `move to the team ${team}`,
      {
        expected: (model: LifecycleModel, incident: ModelIncident) => model.moveToTeam(incident, team),
        act: updating({ team }),
      },
    ]),
  ),
  ...Object.fromEntries(
    urgencies.map((urgency) => [
      `make the urgency ${urgency}`,
      {
        expected: (model: LifecycleModel, incident: ModelIncident) => model.chooseUrgency(incident, urgency),
        act: updating({ urgency }),
      },
    ]),
  ),
};

function move(to: "acknowledged" | "resolved", actor: string) {
  return { note: null, actor, commands: [{ type: "move", to, actor } as const] };
}

function acknowledgement(actor: string): Action {
  return {
    expected: (model, incident) => model.acknowledge(incident, actor),
    act: ({ deps }, id, _, at) => changeIncident(deps, id, move("acknowledged", actor), at),
  };
}

function snoozing(forMinutes: number): Action {
  return {
    expected: (model, incident) => model.snooze(incident, minutes(forMinutes)),
    act: ({ deps }, id, _, at) => snoozeIncident(deps, id, at + minutes(forMinutes), context, at),
  };
}

function updating(changes: Partial<Parameters<typeof updateIncident>[2]>): Action["act"] {
  return ({ deps }, id, _, at) => updateIncident(deps, id, { commands: [], ...context, ...changes }, at);
}

/** Acts until there is a response, although processes die. */
export function perform({ act }: Action, system: TestSystem, id: string, otherId: string): Promise<Allowed> {
  const at = system.now();
  return untilAnswered(() => resultOf(act(system, id, otherId, at)))(system) as Promise<Allowed>;
}

function resultOf(answer: Promise<unknown>): Promise<Allowed> {
  return answer.then(
    () => "ok",
    (error) => {
      if (error instanceof Conflict) return "conflict";
      throw error;
    },
  );
}
