# Functions as run by `npm start`, for docker-compose.yml. Also runs provisioning (localstack/provision/provision-step.ts).
FROM node:24.21.0-alpine@sha256:be80f76cf40ec8e42b9bec49f60a55e0660f30af58d3e5a25530785b30ea67e2 AS dependencies
WORKDIR /platform
COPY package.json package-lock.json ./
# No package needs its install script at run time. LocalStack replaces the embedded emulators.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@dynoxide

FROM node:24.21.0-alpine@sha256:be80f76cf40ec8e42b9bec49f60a55e0660f30af58d3e5a25530785b30ea67e2
WORKDIR /platform
COPY --from=dependencies /platform/node_modules ./node_modules
COPY . .
# Volumes inherit the owner of these folders.
RUN mkdir /data /provisioned && chown node:node /data /provisioned
ENV DATA_DIR=/data HTTP_HOST=0.0.0.0 HOME=/tmp
USER node
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT || 8080}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Same command as `npm start`, without npm, so that signals reach the process.
CMD ["node", "--max-semi-space-size=8", "--initial-old-space-size=48", "--heap-growing-percent=40", "cli.ts", "start"]
