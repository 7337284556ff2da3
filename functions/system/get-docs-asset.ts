import { getDocsAssetContract } from "../../shared/contracts/system/get-docs-asset.ts";
import { docsFile } from "../../shared/http/docs-files.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";

export const handler = openEndpoint(getDocsAssetContract, ({ params, headers }) =>
  docsFile(params.asset, headers),
);
