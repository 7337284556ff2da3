/** Healthchecks.io's webhook, with the body that docs/integrations.md gives for it. */
import * as z from "zod";
import { parseInstant } from "../domain/time.ts";
import type { IntegrationType } from "./integration-type.ts";
import { read } from "./read.ts";
import { refusePlainly } from "./refuse-plainly.ts";
import { severitySetting } from "./severity-setting.ts";

const settings = z.strictObject({ severity: severitySetting });

const text = z.string().nullish();
const body = z.object({
  id: z.string().min(1),
  name: text,
  status: z.enum(["up", "down"], "must be up or down"),
  tags: text,
  at: text,
});

export const healthchecks = {
  title: "Healthchecks.io",
  url: "/integrations/{key}",
  setUp: `POST {url}
Content-Type: application/json

{"id":"$CODE","name":$NAME_JSON,"status":"$STATUS","tags":"$TAGS","at":"$NOW"}`,
  settings,
  routes: [
    {
      method: "POST",
      path: "",
      async answer({ json }, desk) {
        const { severity } = settings.parse(desk.integration.settings);
        const { id, name, status, tags, at } = read(body, json());
        await desk.take([
          {
            action: status === "down" ? "trigger" : "resolve",
            message: `${name || id} is ${status}`,
            severity,
            dedupKey: id,
            timestamp: parseInstant(at ?? ""),
            labels: { check: name || undefined, tags: tags || undefined },
          },
        ]);
        return { status: 200, body: { status: "accepted" } };
      },
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;
