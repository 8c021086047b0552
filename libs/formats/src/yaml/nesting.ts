import { CST, Lexer } from 'yaml';
import { MAX_DEPTH } from '../json/mistake.js';

/** Lines that begin with a percent sign; the library takes longer with each. */
const MAX_DIRECTIVES = 20;

/**
 * Why a YAML text cannot be read, if something in its shape tells: it is nested too deep, which would exhaust the stack of
 * whoever builds something of it, and with it the process. Looks at its tokens alone, whether or not it is right.
 */
export function unshapely(text: string): string | undefined {
  const nesting = new Nesting();
  let directives = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === 'directive-line') directives += 1;
    if (directives > MAX_DIRECTIVES) return `has more than ${MAX_DIRECTIVES} directives`;
    nesting.add(type, token);
    if (nesting.depth > MAX_DEPTH) return `is nested deeper than ${MAX_DEPTH} levels`;
  }
  return undefined;
}

type Type = ReturnType<typeof CST.tokenType>;

/** What begins a level inside the one before, also where they follow each other in one line: `- - -`, `? ? ?`, `a: b: c:`. */
const marks: readonly Type[] = ['seq-item-ind', 'explicit-key-ind', 'map-value-ind'];
/** They stand for what follows them, and have no width in the text. */
const unseen: readonly Type[] = ['doc-mode', 'flow-error-end', 'scalar', 'byte-order-mark'];

class Nesting {
  /** Where the levels that are open by their indentation begin. */
  private columns: number[] = [];
  /** Marks since the last comma, in each of the brackets that are open. */
  private brackets: number[] = [];
  private inBrackets = 0;
  private column = 0;
  private indent = 0;
  private first = true;

  get depth(): number {
    return this.columns.length + this.brackets.length + this.inBrackets;
  }

  add(type: Type, token: string): void {
    if (type === 'flow-map-start' || type === 'flow-seq-start') this.brackets.push(0);
    else if (type === 'flow-map-end' || type === 'flow-seq-end') this.inBrackets -= this.brackets.pop() ?? 0;
    else if (type === 'comma') this.mark(-(this.brackets.at(-1) ?? 0));
    else if (marks.includes(type)) this.level(type);
    this.move(type, token);
  }

  private level(type: Type): void {
    if (this.brackets.length > 0) return this.mark(1);
    // A key begins where its line does, or behind the mark before it.
    const column = type === 'map-value-ind' && this.first ? this.indent : this.column;
    while (this.columns.length > 0 && this.columns.at(-1)! >= column) this.columns.pop();
    this.columns.push(column);
    this.first = false;
  }

  private mark(more: number): void {
    if (this.brackets.length === 0) return;
    this.brackets[this.brackets.length - 1]! += more;
    this.inBrackets += more;
  }

  private move(type: Type, token: string): void {
    if (unseen.includes(type)) return;
    const line = token.lastIndexOf('\n');
    this.column = line < 0 ? this.column + token.length : token.length - line - 1;
    if (line >= 0) [this.first, this.indent] = [true, this.column];
    else if (type === 'space' && this.column === token.length) this.indent = this.column;
  }
}
