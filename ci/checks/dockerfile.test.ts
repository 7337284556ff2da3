import { expect, it } from "vitest";
import { dockerfileFaults } from "./dockerfile.ts";

const good = `# A comment.
FROM node:24.21.0-alpine AS build
RUN npm ci --ignore-scripts && \\
    npm run build
FROM node:24.21.0-alpine
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
  [":24.21.0-alpine AS", ":24 AS", "node:24 is no exact version"],
  [" AS build", "", undefined],
  ["npm ci", "npm install", "npm install: npm ci keeps to the lock file"],
  [
    "COPY --from=build /build /app",
    "ADD https://example.com/app /app",
    "ADD https://example.com/app /app: COPY says what it does",
  ],
  ["USER node\n", "", "runs as root"],
  ["USER node", "USER 0:0", "runs as root"],
  ['HEALTHCHECK --interval=15s \\\n  CMD ["node", "healthy.js"]\n', "", "has no HEALTHCHECK"],
  ['CMD ["node", "app.js"]', "CMD node app.js", "a shell stands between its command and the signals"],
  [
    "FROM node:24.21.0-alpine\nCOPY --from=build /build /app",
    "",
    "one stage: what builds it stays in the image",
  ],
])("%j as %j is judged", (from, to, fault) => {
  expect(good).toContain(from);
  expect(dockerfileFaults(good.replace(from, to))).toEqual(fault === undefined ? [] : [fault]);
});
