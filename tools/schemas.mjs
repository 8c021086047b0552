// Writes the JSON Schemas of events, problem, plan, recommendation and mapping files to docs/schemas, from the schemas the code uses.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { jsonSchemas } from '@portolan/domain';
import { mappingSchema } from '@portolan/formats';

const folder = new URL('../docs/schemas/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries({ ...jsonSchemas(), 'portolan.mapping-1': mappingSchema() }))
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
