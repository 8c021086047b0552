// Writes the JSON Schemas of events, problem, plan, recommendation, mapping files, scenarios and comparisons to docs/schemas, from the schemas the code uses.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { jsonSchemas } from '@portolan/domain';
import { mappingSchema } from '@portolan/formats';
import { comparisonSchema, scenarioSchema } from '@portolan/replay';

const folder = new URL('../docs/schemas/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const schemas = {
  ...jsonSchemas(),
  'portolan.mapping-1': mappingSchema(),
  'portolan.scenario-1': scenarioSchema(),
  'portolan.comparison-1': comparisonSchema(),
};
for (const [name, schema] of Object.entries(schemas))
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
