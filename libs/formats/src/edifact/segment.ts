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

/** A segment as text, taken apart where somebody asks for its values. */
export class Segment {
  private elements: readonly string[] | undefined;

  /** @param index place in its message, from 0 (the UNH); outside of messages, in its interchange */
  constructor(
    readonly text: string,
    readonly tag: string,
    readonly index: number,
    readonly syntax: Syntax,
    readonly terminated = true,
  ) {}

  /** A component of an element, both counted from 0 (element 0 is the tag); '' where there is none. */
  value(element: number, component = 0): string {
    const raw = this.raw()[element];
    if (raw === undefined || raw === '') return '';
    const { component: separator, release } = this.syntax;
    if (release !== '' && raw.includes(release))
      return unescaped(apart(raw, separator, release)[component] ?? '', release).trim();
    if (!raw.includes(separator)) return component === 0 ? raw.trim() : '';
    return (raw.split(separator)[component] ?? '').trim();
  }

  /** Elements after the tag, each with its components. */
  values(): string[][] {
    const { component: separator, release } = this.syntax;
    return this.raw()
      .slice(1)
      .map((raw) => apart(raw, separator, release).map((each) => unescaped(each, release)));
  }

  /** A number, with the interchange's decimal mark or the other one; `undefined` where it is none. */
  number(element: number, component = 0): number | undefined {
    const text = this.value(element, component).replace(',', '.');
    return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined;
  }

  private raw(): readonly string[] {
    this.elements ??= apart(this.text, this.syntax.element, this.syntax.release);
    return this.elements;
  }
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
