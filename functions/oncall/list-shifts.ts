import { listShiftsContract } from "../../shared/contracts/oncall/list-shifts.ts";
import { presentShift } from "../../shared/contracts/oncall/on-call.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { readShifts } from "../../shared/use-cases/oncall/read-on-call.ts";

export const handler = endpoint(listShiftsContract, async ({ query: { team, from, to } }) => {
  const shifts = await readShifts({ schedules: schedules() }, team, from, to);
  return { body: { team, shifts: shifts.map(presentShift) } };
});
