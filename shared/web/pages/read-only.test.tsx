import { expect, test } from "vitest";
import { anIntegration, aUser, monday } from "../../../tests/support/builders.ts";
import type { Viewing } from "../site/viewer.ts";
import { IntegrationsView } from "./integrations/view.tsx";
import { ServicesView } from "./services/view.tsx";
import { TeamChannelsView } from "./team-channels/view.tsx";
import { UserView } from "./user/view.tsx";

const viewer = { name: "ada", identity: "key", mayWrite: true, formToken: "token" } as const;
const viewing: Viewing = { viewer, here: "/settings", now: monday };
const reading: Viewing = { ...viewing, viewer: { ...viewer, mayWrite: false } };
const list = { first: true, next: null };

const integration = anIntegration();
const activity = { integrationId: integration.id, events: 0, errors: 0, lastEventAt: null };
const integrations = (viewing: Viewing, fields: object = {}) => (
  <IntegrationsView
    {...viewing}
    {...list}
    integrations={[{ integration, activity }]}
    types={[]}
    chosen={{ integration, activity, errors: [], key: null, url: "", setUp: null, ...fields }}
  />
);

test.each([
  ["a person's page", <UserView {...reading} user={aUser()} />],
  [
    "that of the services",
    <ServicesView {...reading} {...list} services={[]} teams={[]} chosen={undefined} />,
  ],
  ["that of the integrations", integrations(reading)],
  ["that of a team's channels", <TeamChannelsView {...reading} team="pay" channels={[]} />],
])("%s has no form for who may only read", (_, view) => {
  expect(String(view)).not.toContain("<form");
});
