/** Counts what DynamoDB and SQS would charge for. */
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export interface Cost {
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly dynamodbRequests: number;
  readonly sqsRequests: number;
  /** Times that an incident's own item was written. */
  readonly incidentWrites: number;
}

interface Command {
  readonly input: Record<string, unknown>;
}
interface Consumed {
  readonly CapacityUnits?: number;
}
type Send = (command: Command, ...rest: unknown[]) => Promise<{ ConsumedCapacity?: Consumed | Consumed[] }>;

let cost: { -readonly [Part in keyof Cost]: number } = none();

/**
 * From here on every client of this process is metered, by the units that DynamoDB (and dynoxide) reports.
 * Writes that fail their condition are counted as requests alone: they report no units.
 */
export function installMeter(): void {
  const tables = DynamoDBDocumentClient.prototype as unknown as { send: Send };
  const sendToTable = tables.send;
  tables.send = async function (this: unknown, command, ...rest) {
    Object.assign(command.input, { ReturnConsumedCapacity: "INDEXES" });
    cost.dynamodbRequests += 1;
    cost.incidentWrites += incidentWritesIn(command.input);
    const answer = await sendToTable.call(this, command, ...rest);
    const units = [answer.ConsumedCapacity ?? []]
      .flat()
      .reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
    cost[/^(Get|BatchGet|Query)/.test(command.constructor.name) ? "readUnits" : "writeUnits"] += units;
    return answer;
  };
  const queues = SQSClient.prototype as unknown as { send: Send };
  const sendToQueue = queues.send;
  queues.send = function (this: unknown, ...args) {
    cost.sqsRequests += 1;
    return sendToQueue.apply(this, args);
  };
}

export async function metered(run: () => Promise<unknown>): Promise<Cost> {
  cost = none();
  await run();
  return { ...cost };
}

function none() {
  return { writeUnits: 0, readUnits: 0, dynamodbRequests: 0, sqsRequests: 0, incidentWrites: 0 };
}

function incidentWritesIn(input: Record<string, unknown>): number {
  const puts = [
    input,
    ...((input.TransactItems as { Put?: object }[] | undefined) ?? []).map(({ Put }) => Put),
  ];
  return puts.filter((put) => (put as { Item?: { sk?: string } } | undefined)?.Item?.sk === "INCIDENT")
    .length;
}
