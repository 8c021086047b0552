import { type Mapping, decodeMapping, standardNamed, standardOf, standards } from '@portolan/formats';
import { ProblemError } from '@portolan/platform';

const CELL = /^[\w.-]{1,100}$/;

/** The planning cell a message is for: `?cell=`, else the header, else the service's own. */
export function cellOf(query: unknown, header: string | undefined, own: string): string {
  const cell = query ?? header ?? own;
  if (typeof cell === 'string' && CELL.test(cell)) return cell;
  throw invalid('cell', cell, 'must be 1 to 100 letters, digits, dots, dashes and underscores, once');
}

/** The standard or the mapping that a sender names with `?format=`. */
export function formatOf(format: unknown, mappings: readonly Mapping[] = []): string | undefined {
  if (format === undefined) return undefined;
  const own = mappings.map(({ name }) => name);
  if (typeof format === 'string' && (own.includes(format) || standardNamed(format))) return format;
  const names = [...standards.flatMap(({ name, aliases }) => [name, ...aliases]), ...own];
  throw invalid('format', format, `must be one of ${names.join(', ')}`);
}

/**
 * The mapping that a sender gives with a table, in a header.
 * @throws ProblemError with everything that is wrong with it
 */
export function mappingOf(header: string | undefined): Mapping | undefined {
  if (header === undefined) return undefined;
  const mapping = decodeMapping(header);
  if (mapping.ok) return mapping.value;
  const errors = mapping.faults.map((fault) => ({ ...fault, pointer: `/mapping${fault.pointer}` }));
  throw new ProblemError('invalid-parameter', `The mapping is wrong: ${errors[0]!.message}.`, { errors });
}

function invalid(name: string, value: unknown, message: string): ProblemError {
  const shown = String(value).slice(0, 100);
  return new ProblemError('invalid-parameter', `${name} (${shown}) ${message}.`, {
    errors: [{ pointer: `/${name}`, value: shown, message }],
  });
}

/** Types that say nothing of the standard: the contents do. */
const neutral = ['application/json', 'text/json', 'text/plain', 'application/octet-stream'];
const eventTypes = [
  'application/json',
  ...standards.filter(({ name }) => name.startsWith('cloudevents')).flatMap(({ contentTypes }) => contentTypes),
];

/** Refuses what no standard comes as. Without a content type, or with a format named, the contents tell. */
export function checkMessageType(contentType: string | undefined, format: string | undefined): void {
  if (
    contentType === undefined ||
    format !== undefined ||
    standardOf(contentType) ||
    neutral.includes(mediaType(contentType))
  )
    return;
  refuse(contentType, [...neutral, ...standards.flatMap(({ contentTypes }) => contentTypes)]);
}

export function checkEventType(contentType: string | undefined): void {
  if (contentType === undefined || !eventTypes.includes(mediaType(contentType))) refuse(contentType, eventTypes);
}

const mediaType = (contentType: string): string => contentType.split(';')[0]!.trim().toLowerCase();

function refuse(contentType: string | undefined, types: readonly string[]): never {
  const found = contentType === undefined ? 'is missing' : `(${contentType.slice(0, 100)}) is not supported`;
  throw new ProblemError('unsupported-media-type', `Content-Type ${found}: send ${types.join(', ')}.`);
}
