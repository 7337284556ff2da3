import { alertStore } from "../storage/alert-store.ts";
import { incidentStore } from "../storage/incident-store.ts";
import { notificationStore } from "../storage/notification-store.ts";
import { pageCounter as makePageCounter } from "../storage/page-counter.ts";
import { rotaStore } from "../storage/rota-store.ts";
import { serviceStore } from "../storage/service-store.ts";
import { statsStore } from "../storage/stats-store.ts";
import { teamChannelStore } from "../storage/team-channel-store.ts";
import { timerStore } from "../storage/timer-store.ts";
import { userStore } from "../storage/user-store.ts";
import { retentionConfig } from "./config.ts";
import { once } from "./once.ts";
import { table } from "./table.ts";

export const alerts = /* @__PURE__ */ once(() => alertStore(table(), retentionConfig().ALERT_RETENTION_DAYS));
export const incidents = /* @__PURE__ */ once(() =>
  incidentStore(table(), retentionConfig().EVENT_RETENTION_DAYS),
);
export const notifications = /* @__PURE__ */ once(() =>
  notificationStore(table(), retentionConfig().NOTIFICATION_RETENTION_DAYS),
);
export const pageCounter = /* @__PURE__ */ once(() => makePageCounter(table()));
export const rotas = /* @__PURE__ */ once(() => rotaStore(table()));
export const services = /* @__PURE__ */ once(() => serviceStore(table()));
export const stats = /* @__PURE__ */ once(() => statsStore(table()));
export const teamChannels = /* @__PURE__ */ once(() => teamChannelStore(table()));
export const timers = /* @__PURE__ */ once(() => timerStore(table()));
export const users = /* @__PURE__ */ once(() => userStore(table()));
