# One image for all services; the command says which. Without one: everything in one process, on the embedded log and store.
FROM node:24-bookworm-slim AS build
WORKDIR /portolan
COPY . .
# `npm ci` builds as well (the script `prepare`). What only builds and tests need stays in this stage.
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf .nx bench tools node_modules/.cache node_modules/@portolan/bench \
  && find apps libs -name src -type d -prune -exec rm -rf {} + \
  && find node_modules -name '*.map' -delete

FROM node:24-bookworm-slim
# Room for what messages are made of while they are read (docs/adr/0019-young-generation.md).
ENV NODE_ENV=production NODE_OPTIONS=--max-semi-space-size=64 PORTOLAN_DATA=/data PORTOLAN_PORT=8080
WORKDIR /portolan
COPY --from=build /portolan/package.json ./
COPY --from=build /portolan/examples ./examples
COPY --from=build /portolan/node_modules ./node_modules
COPY --from=build /portolan/libs ./libs
COPY --from=build /portolan/apps ./apps
RUN mkdir /data && chown node:node /data
# The user node, by number: Kubernetes sees that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORTOLAN_PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/cli/bin/portolan.js", "up"]
