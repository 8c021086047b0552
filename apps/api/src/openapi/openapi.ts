import { paths } from './paths.js';
import { type Json, schemas } from './schemas.js';

/** OpenAPI 3.1 of all services, from the schemas they check with. */
export const openApi = (version: string): Json => ({
  openapi: '3.1.1',
  info: {
    title: 'Portolan',
    version,
    summary: 'Events in, a proven optimal plan after every one of them, recommendations with their reasons out',
    description:
      'Times are RFC 3339, given in UTC. Money is an amount and a currency. Lists are `{data, next}`: give `next` as `cursor` for the next page. ' +
      'Errors are problems (RFC 9457) of a stable type.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/', description: 'Where this document is' }],
  tags: [
    { name: 'recommendations', description: 'What should change, why, and until when to decide' },
    { name: 'shipments', description: 'What is where, and how it goes on' },
    { name: 'plans', description: 'The optimum, with prices and proof' },
    { name: 'what-if', description: 'What the best plans would have been' },
    { name: 'ingest', description: 'Messages in' },
    { name: 'service', description: 'The service itself' },
  ],
  paths,
  components: { schemas: schemas() },
});
