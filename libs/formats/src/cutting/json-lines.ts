import type { Fault } from '@portolan/domain';
import { LineSeams, type LineFound, isBlank } from './line-seams.js';
import { type Before, counted } from './seams.js';

/** CloudEvents, one a line. */
export class JsonLineSeams extends LineSeams {
  readonly format = 'cloudevents-lines';

  inFile(fault: Fault, { items }: Before): Fault {
    return { ...fault, pointer: counted(fault.pointer, '', items) };
  }

  protected line(bytes: Buffer): LineFound {
    return { items: isBlank(bytes) ? 0 : 1, seam: true };
  }
}
