import { type DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Item } from "../../../shared/storage/table.ts";

/**
 * Every item of a table, a page of up to 1 MiB at a time. A Scan, here and nowhere else: what is to be all of it needs
 * no key. It is no snapshot: what changes meanwhile is in it as it was before or after.
 *
 * @param options.attributes these alone; all of an item is read, and paid for, all the same
 */
export async function* scan(
  client: DynamoDBDocumentClient,
  tableName: string,
  options: { readonly attributes?: readonly string[]; readonly itemsPerPage?: number } = {},
): AsyncGenerator<Item[]> {
  const names = options.attributes?.map((name) => [`#${name}`, name] as const);
  const input: ScanCommandInput = {
    TableName: tableName,
    ConsistentRead: true,
    ...(options.itemsPerPage !== undefined && { Limit: options.itemsPerPage }),
    ...(names && {
      ProjectionExpression: names.map(([placeholder]) => placeholder).join(", "),
      ExpressionAttributeNames: Object.fromEntries(names),
    }),
  };
  let from: ScanCommandInput["ExclusiveStartKey"];
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ ...input, ExclusiveStartKey: from }),
    );
    yield Items as Item[];
    from = LastEvaluatedKey;
  } while (from !== undefined);
}
