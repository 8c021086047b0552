import type { Parsed } from '@portolan/domain';
import type { Mapping } from './document.js';
import { parseMapping } from './parse.js';

/** The HTTP header in which a mapping travels with its table, as base64url of its text in UTF-8. */
export const MAPPING_HEADER = 'x-portolan-mapping';

/** A mapping as text in one line, to be kept beside the bytes it was used for: `parseMapping` gives the same mapping again. */
export const mappingText = (mapping: Mapping): string => JSON.stringify(mapping);

export const encodeMapping = (mapping: Mapping): string => Buffer.from(mappingText(mapping)).toString('base64url');

/** The mapping in a header, or what is wrong with it. */
export function decodeMapping(header: string): Parsed<Mapping> {
  return parseMapping(Buffer.from(header, 'base64url').toString('utf8'));
}
