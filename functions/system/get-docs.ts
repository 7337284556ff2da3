import { getDocsContract } from "../../shared/contracts/system/get-docs.ts";
import { docsFile } from "../../shared/http/docs-files.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";

export const handler = openEndpoint(getDocsContract, ({ headers }) => docsFile("index.html", headers));
