import { SaxesParser } from 'saxes';
import { type Archive, WorkbookFault } from './archive.js';

export type Attributes = Readonly<Record<string, string>>;

/** What is told of a part: elements by their names without prefix, and text. Returning false from `open` ends it. */
export interface Listener {
  open?(name: string, attributes: Attributes): boolean | void;
  close?(name: string): boolean | void;
  text?(text: string): void;
}

/** Elements inside each other: sheets need five, texts with their fonts six. */
const MAX_DEPTH = 100;
/** Characters from one angle bracket to the next: a cell has at most 32 767. */
const MAX_TAG = 1_000_000;

/**
 * Walks over an XML part of a workbook as it is unpacked, so that it is never in memory as a whole. Document type declarations
 * are refused: no workbook has one, and entities that unfold without an end need one. False when there is no such part.
 * @throws WorkbookFault when it is not well-formed, or none that is read here
 */
export function walk(archive: Archive, part: string, listener: Listener): boolean {
  const parser = new SaxesParser();
  let [wanted, depth, open] = [true, 0, 0];
  parser.on('error', (error) => {
    throw new WorkbookFault(`is damaged: ${part} is no XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw declared(part);
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > MAX_DEPTH) throw tooDeep(part);
    if (wanted && listener.open?.(local(name), attributes as Attributes) === false) wanted = false;
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    if (wanted && listener.close?.(local(name)) === false) wanted = false;
  });
  parser.on('text', (text) => wanted && listener.text?.(text));
  parser.on('cdata', (text) => wanted && listener.text?.(text));
  const decoder = new TextDecoder();
  const found = archive.read(part, (chunk) => {
    const text = decoder.decode(chunk, { stream: true });
    // Told as soon as it begins: the parser would collect all of it first.
    if (/<!(?:DOCTYPE|ENTITY)/.test(text.slice(0, 4_096))) throw declared(part);
    const bracket = text.lastIndexOf('>');
    open = bracket < 0 ? open + text.length : text.length - bracket;
    if (open > MAX_TAG) throw endless(part);
    parser.write(text);
    return wanted;
  });
  if (found && wanted) parser.close();
  return found;
}

const declared = (part: string): WorkbookFault =>
  new WorkbookFault(`has a document type declaration in ${part}, which no workbook needs: entities are not unfolded`);

const tooDeep = (part: string): WorkbookFault =>
  new WorkbookFault(`is damaged: ${part} has elements more than ${MAX_DEPTH} deep`);

const endless = (part: string): WorkbookFault =>
  new WorkbookFault(`is damaged: ${part} has more than ${MAX_TAG} characters without the end of an element`);

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
