/** HTTP functions. Endpoints get their routes from their contracts, others are listed here. */

import { actionRoutes, assetRoute, pageRoutes, workerRoute } from "../../shared/web/site/routes.ts";
import { camelCase, findContracts } from "../build/contracts.ts";
import { functionFiles, handlerOf } from "../build/function-files.ts";
import type { FoundFunction, FunctionEvent } from "./function-definition.ts";

interface Route {
  readonly method: string;
  readonly path: string;
}

/**
 * Sections of the UI with one route for all pages below them and one for all actions. The gateway is limited to 300
 * routes.
 */
const sections = ["/alerts/", "/incidents/", "/on-call/", "/services/", "/settings/"];

/** Paths for clients of other platforms, defined in shared/integrations. */
export const integrationPaths = ["/integrations", "/v1/json", "/v2", "/api/v2", "/generic"];

const pages = [...Object.values(pageRoutes), assetRoute, workerRoute].map((path) => ({
  method: "GET",
  path,
}));
const actions = Object.values(actionRoutes).map((path) => ({ method: "POST", path }));

/** Every page, action and file of the UI. */
export const siteRoutes: readonly Route[] = [...pages, ...actions];

/** Routes of functions with more than one endpoint, by name. */
const withoutContract: Readonly<Record<string, readonly FunctionEvent[]>> = {
  // Takes all methods, of which those of actions have routes of their own. It rejects the rest.
  showPage: gatewayRoutes(pages.map(({ path }) => ({ method: "*", path }))),
  act: gatewayRoutes(actions),
  receiveEvent: gatewayRoutes(integrationPaths.map((path) => ({ method: "*", path: `${path}/{path+}` }))),
  serveScim: [{ httpApi: { method: "*", path: "/scim/v2/{path+}" } }],
  fallback: [{ httpApi: "*" }],
};

/** Files in a package besides its bundle. */
const files: Readonly<Record<string, readonly string[]>> = {
  getDocs: ["dist/docs-assets/index.html*"],
  getDocsAsset: ["dist/docs-assets/**"],
  showPage: ["dist/web-assets/**"],
  act: ["dist/web-assets/urls.json"],
  showLink: ["dist/web-assets/urls.json"],
  followLink: ["dist/web-assets/urls.json"],
  startSignIn: ["dist/web-assets/urls.json"],
  finishSignIn: ["dist/web-assets/urls.json"],
  signOutAtProvider: ["dist/web-assets/urls.json"],
  fallback: ["dist/web-assets/urls.json"],
};

/** Returns a definition for each HTTP function in functions/. */
export async function httpFunctions(root: string): Promise<FoundFunction[]> {
  const contracts = new Map(
    (await findContracts(root)).map(({ contract: { method, path }, name }) => [
      name,
      [{ httpApi: { method, path } }],
    ]),
  );
  return functionFiles(root)
    .filter(({ kind }) => kind === "http")
    .map(({ path, area, name: verbNoun }) => {
      const name = camelCase(verbNoun);
      const events = contracts.get(verbNoun) ?? withoutContract[name] ?? [];
      const patterns = files[name];
      return {
        name,
        area,
        definition: { handler: handlerOf(path), ...(patterns && { package: { patterns } }), events },
      };
    });
}

/** Merges the routes of a section. */
function gatewayRoutes(routes: readonly Route[]): FunctionEvent[] {
  const joined = routes.map(({ method, path }) => {
    const section = sections.find((each) => path.startsWith(each));
    return { method, path: section ? `${section}{path+}` : path };
  });
  return [...new Map(joined.map((route) => [route.path, { httpApi: route }])).values()];
}
