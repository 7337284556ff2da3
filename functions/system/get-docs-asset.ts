import { getDocsAssetContract } from "../../shared/contracts/system/get-docs-asset.ts";
import { docsFile } from "../../shared/runtime/docs-files.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";

export const handler = endpoint(getDocsAssetContract, ({ params, headers }) =>
  docsFile(params.asset, headers),
);
