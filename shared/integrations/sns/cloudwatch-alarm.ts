/** CloudWatch alarms, received from SNS directly or through EventBridge. */
import * as z from "zod";
import { parseInstant } from "../../domain/time.ts";
import { withClientLabels } from "../common/labels.ts";

export interface CloudWatchAlarm {
  readonly arn: string;
  readonly name: string;
  readonly state: "ALARM" | "OK" | "INSUFFICIENT_DATA";
  readonly reason: string;
  /** Time of the state change, epoch milliseconds. */
  readonly since: number | undefined;
  readonly labels: Readonly<Record<string, unknown>>;
}

const text = z.string().nullish().catch(undefined);
const state = z.enum(["ALARM", "OK", "INSUFFICIENT_DATA"]);

const bySns = z
  .object({
    AlarmName: z.string().min(1),
    AlarmArn: text,
    AlarmDescription: text,
    AWSAccountId: text,
    Region: text,
    NewStateValue: state,
    NewStateReason: text,
    OldStateValue: text,
    StateChangeTime: text,
    Trigger: z
      .object({
        MetricName: text,
        Namespace: text,
        Threshold: z.number().nullish().catch(undefined),
        Dimensions: z.array(z.object({ name: z.string(), value: z.string() })).catch([]),
      })
      .nullish()
      .catch(undefined),
  })
  .transform((alarm): CloudWatchAlarm => {
    const { MetricName, Namespace, Threshold, Dimensions = [] } = alarm.Trigger ?? {};
    return {
      arn: alarm.AlarmArn || alarm.AlarmName,
      name: alarm.AlarmName,
      state: alarm.NewStateValue,
      reason: alarm.NewStateReason ?? "",
      since: parseInstant(alarm.StateChangeTime ?? ""),
      labels: withClientLabels(
        {
          alarm: alarm.AlarmName,
          description: alarm.AlarmDescription || undefined,
          account: alarm.AWSAccountId,
          region: alarm.Region,
          state: alarm.NewStateValue,
          previous_state: alarm.OldStateValue,
          namespace: Namespace,
          metric: MetricName,
          threshold: Threshold,
        },
        Object.fromEntries(Dimensions.map(({ name, value }) => [name, value])),
        "dimension_",
      ),
    };
  });

const byEventBridge = z
  .object({
    "detail-type": z.literal("CloudWatch Alarm State Change"),
    resources: z.array(z.string()).catch([]),
    account: text,
    region: text,
    detail: z.object({
      alarmName: z.string().min(1),
      state: z.object({ value: state, reason: text, timestamp: text }),
      previousState: z.object({ value: text }).nullish().catch(undefined),
    }),
  })
  .transform(({ resources, account, region, detail }): CloudWatchAlarm => {
    const { alarmName, state, previousState } = detail;
    return {
      arn: resources[0] || alarmName,
      name: alarmName,
      state: state.value,
      reason: state.reason ?? "",
      since: parseInstant(state.timestamp ?? ""),
      labels: { alarm: alarmName, account, region, state: state.value, previous_state: previousState?.value },
    };
  });

export const cloudWatchAlarm = z.union([bySns, byEventBridge]);
