import type { Fault, Parsed } from '@portolan/domain';
import { type Document, LineCounter, type Node, isNode, parseDocument } from 'yaml';
import { keysOf } from '../reading.js';
import { unshapely } from './nesting.js';

/** Of what is no YAML, the first places suffice. */
const MAX_FAULTS = 20;

/** From 1. */
export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** A document that people write: what it says, and where it says it. */
export interface HandWritten {
  readonly given: unknown;
  /** Where the document begins, if anything is in it. */
  readonly start: LineAndColumn | undefined;
  /** Where the nearest thing on the way to a pointer stands that is there, below the root. */
  placeOf(pointer: string): LineAndColumn | undefined;
}

/** YAML or JSON of at most so many characters, or why it is none, with its places. @param what it is, such as `mapping`, for people */
export function handWritten(text: string, most: number, what: string): Parsed<HandWritten> {
  if (text.length > most) return refused(`has ${text.length} characters; a ${what} has at most ${most}`);
  const wrong = unshapely(text);
  if (wrong !== undefined) return refused(`is no YAML that can be read: ${wrong}`);
  try {
    return parsed(text);
  } catch (error) {
    // The library gives up on what refers to itself too often.
    return refused(`is no YAML that can be read: ${firstLine((error as Error).message)}`);
  }
}

function parsed(text: string): Parsed<HandWritten> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const at = (offset: number): LineAndColumn => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0)
    return {
      ok: false,
      faults: document.errors.slice(0, MAX_FAULTS).map(({ message, pos }) => ({
        pointer: '',
        message: `${placeText(at(pos[0]))}: is not YAML: ${firstLine(message)}`,
      })),
    };
  const { contents } = document;
  return {
    ok: true,
    value: {
      given: document.toJS({ maxAliasCount: 20 }),
      start: contents?.range ? at(contents.range[0]) : undefined,
      placeOf: (pointer) => {
        const node = nearest(document, keysOf(pointer));
        return node && at(node.range![0]);
      },
    },
  };
}

function nearest(document: Document, path: readonly string[]): Node | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node;
  }
  return undefined;
}

export const placeText = ({ line, column }: LineAndColumn): string => `line ${line}, column ${column}`;

const refused = (message: string): { readonly ok: false; readonly faults: readonly Fault[] } => ({
  ok: false,
  faults: [{ pointer: '', message }],
});

const firstLine = (message: string): string => message.split('\n', 1)[0]!;
