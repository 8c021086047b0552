import { existsSync, readFileSync } from 'node:fs';
import { jsonSchemas } from './json-schemas.js';

const folder = new URL('../../../../docs/schemas/', import.meta.url);

describe('the JSON Schemas in docs/schemas', () => {
  it.each(Object.entries(jsonSchemas()))('of %s is the one the code gives (npm run schemas)', (name, schema) => {
    const file = new URL(`${name}.json`, folder);
    expect(existsSync(file) && JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
  });
});
