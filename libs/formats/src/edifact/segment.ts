/** The service characters of an interchange (ISO 9735, service string advice). */
export interface Syntax {
  readonly component: string;
  readonly element: string;
  readonly decimal: string;
  /** Empty where the interchange has none. */
  readonly release: string;
  readonly terminator: string;
}

export const defaultSyntax: Syntax = { component: ':', element: '+', decimal: '.', release: '?', terminator: "'" };

/**
 * A segment as text. Values are looked up where somebody asks for them: segments are short, most values are never asked for,
 * and what is taken apart has to be collected again.
 */
export class Segment {
  private first: string | undefined;

  /**
   * @param index place in its message, from 0 (the UNH)
   * @param from where it starts in the message's source
   * @param to behind its terminator there
   */
  constructor(
    readonly text: string,
    readonly tag: string,
    readonly index: number,
    readonly syntax: Syntax,
    readonly from: number,
    readonly to: number,
  ) {}

  /** A component of an element, both counted from 0 (element 0 is the tag); '' where there is none. */
  value(element: number, component = 0): string {
    return valueIn(this.text, 0, this.text.length, this.syntax, element, component);
  }

  /** The code that says what it is about, in most segments: their first value. Kept, as it is asked for again and again. */
  get qualifier(): string {
    return (this.first ??= this.value(1));
  }

  /** Elements after the tag, each with its components. */
  values(): string[][] {
    const { component: separator, element: plus, release } = this.syntax;
    return apart(this.text, plus, release)
      .slice(1)
      .map((raw) => apart(raw, separator, release).map((each) => unescaped(each, release)));
  }

  /** A number, with the interchange's decimal mark or the other one; `undefined` where it is none. */
  number(element: number, component = 0): number | undefined {
    const text = this.value(element, component).replace(',', '.');
    return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
  }
}

/** A component of an element of the segment that stands between two places of a text, without its terminator. */
export function valueIn(
  text: string,
  begin: number,
  end: number,
  { component: separator, element: plus, release }: Syntax,
  element: number,
  component: number,
): string {
  // Codes are compared in half the time of characters; that of an empty release is none, and equals nothing.
  const [separating, adding, releasing] = [separator.charCodeAt(0), plus.charCodeAt(0), release.charCodeAt(0)];
  let [from, at, elements, components] = [begin, begin, element, component];
  let isReleased = false;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === releasing) {
      isReleased = true;
      at += 1;
    } else if (code === adding) {
      if (elements === 0) break;
      elements -= 1;
      from = at + 1;
    } else if (code === separating && elements === 0) {
      if (components === 0) break;
      components -= 1;
      from = at + 1;
    }
  }
  if (elements + components !== 0) return '';
  const value = text.slice(from, Math.min(at, end));
  return (isReleased ? unescaped(value, release) : value).trim();
}

/** Splits at separators that are not released; releases stay. */
function apart(text: string, separator: string, release: string): string[] {
  if (release === '' || !text.includes(release)) return text.split(separator);
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === release) at += 1;
    else if (text[at] === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

function unescaped(text: string, release: string): string {
  if (release === '' || !text.includes(release)) return text;
  let plain = '';
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === release && at + 1 < text.length) at += 1;
    plain += text[at];
  }
  return plain;
}

/** Values as a segment's text: the inverse of taking it apart. */
export function segmentText(tag: string, values: readonly (readonly string[])[], syntax = defaultSyntax): string {
  const special = new Set([syntax.component, syntax.element, syntax.release, syntax.terminator]);
  const escaped = (value: string) =>
    [...value].map((char) => (special.has(char) ? syntax.release + char : char)).join('');
  return [tag, ...values.map((each) => each.map(escaped).join(syntax.component))].join(syntax.element);
}
