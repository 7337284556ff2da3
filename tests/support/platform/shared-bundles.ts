import { writePrebuilt } from "../../../localstack/platform/write-bundles.ts";
import { sharedFolder } from "./shared-folder.ts";

/** Returns the folder of the bundles that the platforms of a test run share; undefined outside a test run. */
export function sharedBundles(): Promise<string | undefined> {
  return sharedFolder("bundles", writePrebuilt);
}
