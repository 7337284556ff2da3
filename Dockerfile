# The functions as `npm start` runs them, for docker-compose.yml; it also provisions (localstack/provision-step.ts).
FROM node:24.21.0-alpine AS dependencies
WORKDIR /platform
COPY package.json package-lock.json ./
# Nothing that runs here needs what packages would install by script: Node itself comes with the image.
RUN npm ci --ignore-scripts --no-audit --no-fund && \
    rm -rf node_modules/node node_modules/.bin/node node_modules/@dynoxide node_modules/@biomejs

FROM node:24.21.0-alpine
WORKDIR /platform
COPY --from=dependencies /platform/node_modules ./node_modules
COPY . .
# Volumes take over whose their folders are.
RUN mkdir /data /provisioned && chown node:node /data /provisioned
ENV DATA_DIR=/data HTTP_HOST=0.0.0.0 HOME=/tmp
USER node
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT || 8080}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# What `npm start` runs, without npm between it and the signals.
CMD ["node", "--max-semi-space-size=8", "localstack/start.ts"]
