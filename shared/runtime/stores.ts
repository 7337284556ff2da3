import { alertStore } from "../storage/alert-store.ts";
import { incidentStore } from "../storage/incident-store.ts";
import { notificationStore } from "../storage/notification-store.ts";
import { rotaStore } from "../storage/rota-store.ts";
import { serviceStore } from "../storage/service-store.ts";
import { statsStore } from "../storage/stats-store.ts";
import { timerStore } from "../storage/timer-store.ts";
import { once } from "./once.ts";
import { table } from "./table.ts";

export const alerts = /* @__PURE__ */ once(() => alertStore(table()));
export const incidents = /* @__PURE__ */ once(() => incidentStore(table()));
export const notifications = /* @__PURE__ */ once(() => notificationStore(table()));
export const rotas = /* @__PURE__ */ once(() => rotaStore(table()));
export const services = /* @__PURE__ */ once(() => serviceStore(table()));
export const stats = /* @__PURE__ */ once(() => statsStore(table()));
export const timers = /* @__PURE__ */ once(() => timerStore(table()));
