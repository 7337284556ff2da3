/** `bundle-helper.ts <folder>`: keeps the bundler out of the process that serves. */
import { answer } from "../processes/helper.ts";
import { writeBundles } from "./write-bundles.ts";

await answer(() => writeBundles(process.argv[2] ?? ""));
