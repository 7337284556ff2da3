import { expect, it } from "vitest";
import { dockerfileFaults } from "./dockerfile.ts";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const good = `# A comment.
FROM node:24.21.0-alpine${digest} AS build
RUN npm ci --omit=dev --ignore-scripts && \\
    npm run build
FROM node:24.21.0-alpine${digest}
COPY --from=build /build /app
USER node
HEALTHCHECK --interval=15s \\
  CMD ["node", "healthy.js"]
CMD ["node", "app.js"]
`;

it("an image of exact versions, in stages, that is no root and says how it is, is fine", () => {
  expect(dockerfileFaults(good)).toEqual([]);
});

it.each([
  [":24.21.0-alpine", ":24", `node:24${digest} is not pinned to a version and digest`],
  [`${digest} AS`, " AS", "node:24.21.0-alpine is not pinned to a version and digest"],
  [
    digest,
    digest.slice(0, -1),
    `node:24.21.0-alpine${digest.slice(0, -1)} is not pinned to a version and digest`,
  ],
  [" AS build", "", undefined],
  [" --omit=dev", "", "npm ci installs development packages: add --omit=dev"],
  ["npm ci", "npm install", "npm install ignores the lock file: use npm ci"],
  [
    "COPY --from=build /build /app",
    "ADD https://example.com/app /app",
    "ADD https://example.com/app /app: use COPY instead",
  ],
  ["USER node\n", "", "runs as root"],
  ["USER node", "USER 0:0", "runs as root"],
  ['HEALTHCHECK --interval=15s \\\n  CMD ["node", "healthy.js"]\n', "", "has no HEALTHCHECK"],
  [
    'CMD ["node", "app.js"]',
    "CMD node app.js",
    "runs its command in a shell, which does not forward signals",
  ],
  [
    `FROM node:24.21.0-alpine${digest}\nCOPY --from=build /build /app`,
    "",
    "has a single stage, so build tools stay in the image",
  ],
])("%j as %j is judged", (from, to, fault) => {
  expect(good).toContain(from);
  expect(dockerfileFaults(good.replace(from, to))).toEqual(fault === undefined ? [] : [fault]);
});
