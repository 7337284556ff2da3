import { type DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Item } from "../../../shared/storage/table.ts";

/**
 * Yields all items of a table, one page of up to 1 MiB at a time. The only Scan in the code base, because a
 * full read needs no key. It is not a snapshot: items that change in the meantime are read in their old or
 * new state.
 *
 * @param options.attributes returned attributes; whole items are still read and paid for
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
