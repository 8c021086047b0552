import { ProblemError } from '../problems/problem-error.js';

export interface MediaType {
  /** In lower case, without parameters: `application/cloudevents+json`. */
  readonly type: string;
  /** Names in lower case, quotes removed. */
  readonly parameters: Readonly<Record<string, string>>;
}

const parameter = /;\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

/** A Content-Type header (RFC 9110, section 8.3) taken apart; `undefined` when it is absent or not one. */
export function mediaTypeOf(header: string | undefined): MediaType | undefined {
  const type = /^\s*([!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+)\s*(?:;|$)/.exec(header ?? '')?.[1]?.toLowerCase();
  if (type === undefined) return undefined;
  const found = [...header!.matchAll(parameter)].map(([, name, quoted, plain]) => [
    name!.toLowerCase(),
    quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '',
  ]);
  return { type, parameters: Object.fromEntries(found) as Record<string, string> };
}

/** Is it JSON, by RFC 8259 or by the suffix of RFC 6839? */
export const isJson = ({ type }: MediaType): boolean => type === 'application/json' || type.endsWith('+json');

/** Throws `unsupported-media-type` unless the header names JSON in UTF-8. */
export function requireJson(header: string | undefined): void {
  const found = mediaTypeOf(header);
  const charset = found?.parameters['charset']?.toLowerCase() ?? 'utf-8';
  if (found && isJson(found) && ['utf-8', 'utf8', 'us-ascii'].includes(charset)) return;
  const what =
    header === undefined ? 'The Content-Type header is missing' : `Content-Type (${header.slice(0, 100)}) is not JSON`;
  throw new ProblemError('unsupported-media-type', `${what}. Send application/json.`);
}
