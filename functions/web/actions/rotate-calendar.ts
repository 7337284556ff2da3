import * as z from "zod";
import { teamParams } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { action } from "../../../shared/http/site.ts";
import { rotas } from "../../../shared/runtime/stores.ts";
import { makeSecret } from "../../../shared/runtime/system.ts";
import { rotateCalendarToken } from "../../../shared/use-cases/oncall/schedules.ts";

export const rotateCalendarAction = action(
  "rotate-calendar",
  { params: teamParams, form: z.object({}) },
  async ({ params: { team }, now, back }) => {
    await rotateCalendarToken({ rotas: rotas(), makeSecret }, team, now);
    const text = "The calendar has another address: who subscribed to the old one needs the new one.";
    return { to: back, flash: { kind: "done", text } };
  },
);
