export type { AcceptedItem, Item, Read, Reading, Reception, RejectedItem, Unreadable } from './reading.js';
export { type Message, type Standard, readMessage, standardNamed, standardOf, standards } from './registry.js';
export {
  type Headers,
  isBinary,
  readBinaryCloudEvent,
  readCloudEventLines,
  readCloudEvents,
} from './cloudevents/cloudevents.js';
export { type EncodedEvent, decodeEvent, encodeEvent } from './cloudevents/kafka-binding.js';
export { readDcsa } from './dcsa/dcsa.js';
export { readEpcis } from './epcis/epcis.js';
export { readAis } from './ais/ais.js';
export { readCsv } from './csv/csv.js';
export { textOf } from './json/text.js';
export { placeInText } from './place/place.js';
export type { Span } from './place/json-place.js';
export { type CutOptions, type Part, type Uncut, partsOf } from './cutting/parts.js';
export type { Before } from './cutting/seams.js';
