import * as z from "zod";
import { answerReport, endReport } from "../../domain/notifications/call-report.ts";
import { messageReport } from "../../domain/notifications/message-report.ts";
import type { ReceiptKind } from "../../domain/notifications/notification.ts";

/** Longest form of Twilio that is read, in characters. */
export const twilioFormLength = 64 * 1024;

const number = z.string().regex(/^\+[1-9]\d{5,14}$/);

const textMessage = z.object({
  MessageSid: z.string().min(1).max(64),
  From: number,
  Body: z.string().max(1_600 * 4),
  OptOutType: z.string().optional(),
});

/** Keywords by which a person stops and restarts text messages. Carriers and Twilio know the same. */
const stops: ReadonlySet<string> = new Set([
  "stop",
  "stopall",
  "unsubscribe",
  "cancel",
  "end",
  "quit",
  "optout",
  "revoke",
]);
const starts: ReadonlySet<string> = new Set(["start", "unstop", "yes"]);

export interface TextMessage {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly optOut: "stop" | "start" | null;
}

/** Reads an incoming text message from Twilio's form; undefined for anything else. */
export function readTextMessage(form: URLSearchParams): TextMessage | undefined {
  const { data } = textMessage.safeParse(Object.fromEntries(form));
  if (!data) return undefined;
  const { MessageSid: id, From: from, Body: text, OptOutType: type } = data;
  const word = (type ?? text).trim().toLowerCase().replace(/\W+$/, "");
  return { id, from, text, optOut: stops.has(word) ? "stop" : starts.has(word) ? "start" : null };
}

export interface DeliveryReport {
  readonly providerId: string;
  readonly kind: ReceiptKind;
  readonly detail: string;
}

const report = z.object({
  MessageSid: z.string().max(64).optional(),
  MessageStatus: z.string().max(64).optional(),
  CallSid: z.string().max(64).optional(),
  CallStatus: z.string().max(64).optional(),
  AnsweredBy: z.string().max(64).optional(),
  ErrorCode: z.string().max(16).optional(),
});

/**
 * Reads the final status of a message or call; undefined for an intermediate one. A completed call is delivered if a person
 * answered it, and not if a machine did. If the provider could not tell, only a pressed key shows that a person heard it.
 */
export function readDeliveryReport(form: URLSearchParams): DeliveryReport | undefined {
  const { data } = report.safeParse(Object.fromEntries(form));
  const providerId = data?.CallSid ?? data?.MessageSid;
  const status = data?.CallStatus ?? data?.MessageStatus;
  if (providerId === undefined || status === undefined) return undefined;
  if (data?.CallSid !== undefined && status === "completed") {
    const ended = endReport(status, data.AnsweredBy);
    return ended ? { providerId, ...ended } : undefined;
  }
  const reported = messageReport(status, data?.ErrorCode);
  return reported ? { providerId, ...reported } : undefined;
}

const answeredCall = z.object({
  CallSid: z.string().min(1).max(64),
  AnsweredBy: z.string().max(64).optional(),
  Digits: z.string().max(8).optional(),
});

export interface AnsweredCall {
  readonly id: string;
  /** Null if the provider could not tell who answered. */
  readonly report: DeliveryReport | null;
  /** Null if none was pressed. A machine presses none. */
  readonly key: string | null;
}

/** Reads an answered call, or a pressed key in it, from Twilio's form; undefined for anything else. */
export function readCall(form: URLSearchParams): AnsweredCall | undefined {
  const { data } = answeredCall.safeParse(Object.fromEntries(form));
  if (!data) return undefined;
  const answered = answerReport(data.AnsweredBy);
  const report = answered && { providerId: data.CallSid, ...answered };
  return { id: data.CallSid, report, key: report?.kind === "undelivered" ? null : data.Digits || null };
}
