import { isObject, parseJson } from '../json/json.js';
import { type Item, type Reading, type Reception, rejected, MAX_ITEMS, tooMany, unreadable } from '../reading.js';
import { attributeNames, isAttributeName } from './attributes.js';
import { readCloudEvent } from './event.js';

const format = 'cloudevents';

/** CloudEvents 1.0 (JSON event format): one event in structured mode, or a batch, item by item. */
export function readCloudEvents(message: unknown, reception: Reception): Reading {
  if (Array.isArray(message))
    return (
      tooMany(message.length) ?? {
        format,
        items: message.map((each, index) => readCloudEvent(each, index, `/${index}`, reception)),
      }
    );
  if (isObject(message)) return { format, items: [readCloudEvent(message, 0, '', reception)] };
  return unreadable('must be a CloudEvent or a batch of them');
}

/** One CloudEvent a line; a line that is no JSON is one wrong item. `index` counts the lines that are not empty. */
export function readCloudEventLines(text: string, reception: Reception): Reading {
  const lines = [...filledLines(text)];
  return tooMany(lines.length) ?? { format, items: lines.map((line, index) => readLine(line, index, reception)) };
}

/** As many lines as a message may have, and one more, which is too many. */
function* filledLines(text: string): Generator<string> {
  let left = MAX_ITEMS + 1;
  for (let from = 0; from < text.length && left > 0;) {
    const next = text.indexOf('\n', from);
    const end = next < 0 ? text.length : next;
    const line = end > from ? text.slice(from, end) : '';
    from = end + 1;
    if (line.trim() === '') continue;
    left -= 1;
    yield line;
  }
}

function readLine(line: string, index: number, reception: Reception): Item {
  const parsed = parseJson(line);
  const pointer = `/${index}`;
  if (parsed.ok) return readCloudEvent(parsed.value, index, pointer, reception);
  return rejected(
    index,
    pointer,
    parsed.faults.map((fault) => ({ ...fault, pointer })),
  );
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Is an HTTP message a CloudEvent in binary mode (HTTP protocol binding, section 3.1)? */
export const isBinary = (headers: Headers): boolean => headers['ce-specversion'] !== undefined;

/** Binary mode: attributes in `ce-` headers (lower-case names, values percent-encoded), data in the body. */
export function readBinaryCloudEvent(headers: Headers, body: string, reception: Reception): Reading {
  const data = parseJson(body);
  if (!data.ok) return { unreadable: data.faults, because: body.trim() === '' ? 'empty' : 'not-json' };
  const attributes: Record<string, unknown> = {
    datacontenttype: String(headers['content-type'] ?? 'application/json'),
  };
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith('ce-') && isAttributeName(name.slice(3)) && value !== undefined)
      attributes[name.slice(3)] = decoded(String(value));
  return { format, items: [readCloudEvent({ ...attributes, data: data.value }, 0, '', reception)] };
}

/** Section 3.1.3.2: percent-encoded UTF-8; a value that is not is taken as it stands. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Does a JSON message look like CloudEvents? Without `specversion` its type must be as theirs are, with a domain before it. */
export function looksLikeCloudEvents(message: unknown): boolean {
  const first: unknown = Array.isArray(message) ? message.find(isObject) : message;
  if (!isObject(first)) return false;
  return (
    Object.hasOwn(first, 'specversion') ||
    (typeof first.type === 'string' &&
      first.type.includes('.') &&
      attributeNames.some((name) => name !== 'type' && Object.hasOwn(first, name)))
  );
}
