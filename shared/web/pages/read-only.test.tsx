import { expect, test } from "vitest";
import { anIntegration, aUser, aWebhook, monday } from "../../../tests/support/builders.ts";
import { viewerWithKey as viewer } from "../../../tests/support/functions/page-examples.tsx";
import { defaultPolicy } from "../../domain/oncall/escalation.ts";
import { generic } from "../../integrations/generic.ts";
import type { Viewing } from "../site/viewer.ts";
import { IntegrationView } from "./integration/view.tsx";
import { IntegrationsView } from "./integrations/view.tsx";
import { ServiceView } from "./service/view.tsx";
import { ServicesView } from "./services/view.tsx";
import { TeamChannelsView } from "./team-channels/view.tsx";
import { UserView } from "./user/view.tsx";
import { WebhookView } from "./webhook/view.tsx";

const viewing: Viewing = { viewer, here: "/settings", now: monday };
const reading: Viewing = { ...viewing, viewer: { ...viewer, may: () => false } };
const list = { first: true, next: null };

const integration = anIntegration();
const activity = { integrationId: integration.id, events: 0, errors: 0, lastEventAt: null };
const known = { integration, activity, team: null };

const device = { endpoint: "https://push.example.com/1", p256dh: "p", auth: "a", createdAt: monday };
const push = { key: "BKey", devices: [{ ...device, id: "psh_1", name: "Firefox" }] };

test.each([
  [
    "a person's page",
    <UserView
      {...reading}
      user={aUser()}
      reachability={{ codes: [] }}
      telegram={{ bot: "incidents_bot", code: null }}
      stopped={new Set()}
      push={push}
    />,
  ],
  [
    "that of the services",
    <ServicesView {...reading} {...list} services={[]} teams={[]} moreIncidents={false} />,
  ],
  [
    "that of a service",
    <ServiceView
      {...reading}
      service={{ name: "cart", settings: undefined, team: "web", policy: defaultPolicy, onCall: null }}
      incidents={[]}
      total={0}
      integrations={[]}
      moreIntegrations={false}
    />,
  ],
  [
    "that of the integrations",
    <IntegrationsView {...reading} {...list} integrations={[known]} types={[]} teams={[]} />,
  ],
  [
    "that of an integration",
    <IntegrationView
      {...reading}
      known={{ ...known, errors: [] }}
      type={generic}
      teams={[]}
      secret={null}
      url=""
      address={null}
      setUp={null}
      test={null}
    />,
  ],
  [
    "that of a webhook",
    <WebhookView {...reading} {...list} webhook={aWebhook()} secret={null} deliveries={[]} />,
  ],
  ["that of a team's channels", <TeamChannelsView {...reading} team="pay" channels={[]} />],
])("%s has no form for who may only read", (_, view) => {
  expect(String(view)).not.toContain("<form");
});
