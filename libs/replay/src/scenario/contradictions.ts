import type { Fault } from '@portolan/domain';
import type { Change } from './variants.js';

/** Changes of one variant that say different things of the same. */
export class Contradictions {
  private readonly said = new Map<string, Change>();

  constructor(private readonly report: (fault: Fault) => void) {}

  note(change: Change): void {
    for (const key of keysOf(change)) {
      const earlier = this.said.get(key);
      if (earlier) {
        const number = Number(/\/changes\/(\d+)\//.exec(earlier.pointer)![1]) + 1;
        this.report({
          pointer: change.pointer,
          message: `contradicts change ${number} of the variant: ${key} is said twice`,
        });
      }
      this.said.set(key, change);
    }
  }
}

/** What a change gives one value to. */
function keysOf(change: Change): string[] {
  switch (change.kind) {
    case 'set':
      return [`${change.change.parameter}${since(change.change.known)}`];
    case 'delay':
      return [`delay of ${change.change.transport}${since(change.change.known)}`];
    case 'capacity': {
      const { service, leg, known, factor, capacity, reeferPlugs } = change.change;
      const what = { capacity: factor ?? capacity, 'reefer plugs': factor ?? reeferPlugs };
      const where = `${service}${leg === undefined ? '' : `/${leg}`}${since(known)}`;
      return Object.entries(what).flatMap(([name, value]) => (value === undefined ? [] : [`${name} of ${where}`]));
    }
    case 'close':
      return [`closing of ${change.change.location} from ${change.change.from}`];
    case 'reopen':
      return [`reopening of ${change.change.location} at ${change.change.at}`];
    case 'drop':
    case 'modify':
    case 'insert':
      return [];
  }
}

const since = (known: string | undefined): string => (known === undefined ? '' : ` from ${known}`);
