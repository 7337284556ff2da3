import { getDocsContract } from "../../shared/contracts/system/get-docs.ts";
import { docsFile } from "../../shared/runtime/docs-files.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";

export const handler = endpoint(getDocsContract, ({ headers }) => docsFile("index.html", headers));
