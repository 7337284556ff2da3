import { type Edit, editedFiles } from "./edited-files.ts";

const edits: readonly Edit[] = [
  // Only for pages that are rendered in a browser or streamed. Importing anything else from there fails the build.
  {
    file: /[\\/]hono[\\/]dist[\\/]jsx[\\/]index\.js$/,
    change: () => 'export { createContext, useContext } from "./context.js";',
  },
  // Events of load balancers, REST APIs and Lattice. Only an HTTP API invokes functions.
  {
    file: /[\\/]hono[\\/]dist[\\/]adapter[\\/]aws-lambda[\\/]handler\.js$/,
    change: (text) =>
      text
        .replace(/if \(isProxyEventALB\([\s\S]*?return v1Processor;/, "return v2Processor;")
        // Bundles drop those that are unused.
        .replaceAll(/(?<=^const \w+Processor = )(?=new )/gm, "/* @__PURE__ */ "),
  },
  // Only for the method `mount`, which no app calls.
  {
    file: /[\\/]hono[\\/]dist[\\/]utils[\\/]mount\.js$/,
    change: () => "export const createMountedRequest = undefined;",
  },
];

/** Leaves out the parts of hono that functions never run. */
export const leanHono = editedFiles("lean-hono", edits);
