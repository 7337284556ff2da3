import type { ScheduleStore } from "../../ports/oncall.ts";
import type { MakeSecret, Ulid } from "../../ports/system.ts";

export interface ScheduleDeps {
  readonly schedules: ScheduleStore;
  readonly ulid: Ulid;
  readonly makeSecret: MakeSecret;
}
