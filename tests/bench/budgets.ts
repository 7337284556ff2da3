import type { Counts } from "./counts.ts";
import { type Cost, largest, share, sum } from "./meter.ts";
import { alertsAtOnce, type Operations } from "./operations.ts";

export interface Budget {
  readonly what: string;
  /** Largest counts of the operation. */
  readonly most: Counts;
  readonly cost: (operations: Operations) => Cost;
}

/**
 * Budgets of operations if a schedule pages someone. They include the alerting rules, the service and the team's
 * webhooks, which are read at most once a second. A larger count needs a reason here.
 */
export const budgets: readonly Budget[] = [
  {
    // Half a unit and a request are for the latest changes to the service, which its page names.
    what: "a new incident, until its page is sent",
    most: { writeUnits: 24, readUnits: 10.5, dynamodbRequests: 16 },
    cost: ({ accept, open, decide, send }) => sum([accept, open, decide, send]),
  },
  {
    // The incident and the pointer from its key are a transaction, and the resolved one is read.
    what: "a new incident with the key of a resolved one",
    most: { writeUnits: 25, readUnits: 11.5, dynamodbRequests: 16 },
    cost: ({ openAgain }) => openAgain,
  },
  {
    // They share batches, and the reads of rules, the service and webhooks. With 4 requests to SQS, 16 in all.
    what: `one of ${alertsAtOnce} new incidents at once`,
    most: { writeUnits: 24, readUnits: 6, dynamodbRequests: 12 },
    cost: ({ openMany }) => share(openMany, alertsAtOnce),
  },
  {
    // Two units for each alert and its index entry, and a tenth of the incident's update. Within ten seconds of the
    // last batch, the incident is not read again.
    what: `a correlated alert, in a batch of ${alertsAtOnce}`,
    most: { writeUnits: 2.1, readUnits: 0.1, dynamodbRequests: 0.3 },
    cost: ({ correlateMany }) => share(correlateMany, alertsAtOnce),
  },
  {
    // The alert and its index entry, the incident twice, its move in an index, and the event.
    what: "acknowledge or resolve by an alert",
    most: { writeUnits: 7, readUnits: 3, dynamodbRequests: 6 },
    cost: ({ acknowledgeByAlert, resolveByAlert }) => largest([acknowledgeByAlert, resolveByAlert]),
  },
  {
    // As by an alert, without the alert. The schedule is read to learn which person acknowledged.
    what: "acknowledge",
    most: { writeUnits: 5, readUnits: 1.5, dynamodbRequests: 5 },
    cost: ({ acknowledge }) => acknowledge,
  },
  {
    // As to acknowledge, without the schedule, and with the entry for the sweep: no timer is due. The pointers to the
    // incident stay.
    what: "resolve",
    most: { writeUnits: 7, readUnits: 1, dynamodbRequests: 4 },
    cost: ({ resolve }) => resolve,
  },
  {
    what: "a correlated alert by itself",
    most: { writeUnits: 3, readUnits: 1, dynamodbRequests: 3 },
    cost: ({ correlateOne }) => correlateOne,
  },
  {
    what: "the events of an acknowledgment",
    most: { writeUnits: 0, readUnits: 5, dynamodbRequests: 5 },
    cost: ({ publishAcknowledged }) => publishAcknowledged,
  },
  {
    what: "the events of a resolution",
    most: { writeUnits: 0, readUnits: 5, dynamodbRequests: 5 },
    cost: ({ publishResolved }) => publishResolved,
  },
  {
    what: "the sweeps of a minute at rest",
    // In three of fifteen minutes, it includes the open incidents that digests look through: two dozen here.
    most: { writeUnits: 1, readUnits: 35, dynamodbRequests: 47 },
    cost: ({
      sweepTimers,
      republishEvents,
      sendHandoffNotices,
      sweepAlerts,
      redriveNotifications,
      sealAuditLog,
    }) =>
      sum([
        sweepTimers,
        republishEvents,
        sendHandoffNotices,
        sweepAlerts,
        redriveNotifications,
        sealAuditLog,
      ]),
  },
  {
    // A transaction of the service, its entry in the audit log and the entry's digest, with their indexes.
    what: "a change of a service",
    most: { writeUnits: 10, readUnits: 3, dynamodbRequests: 4 },
    cost: ({ changeConfiguration }) => changeConfiguration,
  },
  {
    // The seal, the removal of the digest, and the check that no import is running.
    what: "the seal of an audit log entry",
    most: { writeUnits: 6, readUnits: 3, dynamodbRequests: 4 },
    cost: ({ sealEntry }) => sealEntry,
  },
];
