# One image for all services; the command says which. Without one: everything in one process, on the embedded log and store.
FROM node:20-slim AS build
WORKDIR /portolan
COPY . .
# `npm ci` builds as well (the script `prepare`).
RUN npm ci && npm prune --omit=dev --ignore-scripts && rm -rf .nx node_modules/.cache

FROM node:20-slim
ENV NODE_ENV=production PORTOLAN_DATA=/data PORTOLAN_PORT=8080
WORKDIR /portolan
COPY --from=build /portolan ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORTOLAN_PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/cli/bin/portolan.js", "up"]
