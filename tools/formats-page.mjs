// Writes the table of standards in docs/formats.md, from the registry and the events that our samples become.
import { readFileSync, writeFileSync } from 'node:fs';
import { pageWith } from '../libs/formats/src/testing/overview.ts';

const page = new URL('../docs/formats.md', import.meta.url);
writeFileSync(page, pageWith(readFileSync(page, 'utf8')));
