export type { AcceptedItem, Item, Read, Reading, Reception, RejectedItem, Unreadable } from './reading.js';
export {
  type Message,
  type Standard,
  mappingFor,
  readMessage,
  standardNamed,
  standardOf,
  standards,
} from './registry.js';
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
export { AisGathering, type Gathered } from './ais/gathering.js';
export { readEdifact } from './edifact/edifact.js';
export { readCsv } from './csv/csv.js';
export { readXlsx } from './xlsx/xlsx.js';
export type { Mapping } from './mapping/document.js';
export { parseMapping } from './mapping/parse.js';
export { MAPPING_HEADER, decodeMapping, encodeMapping, mappingText } from './mapping/carried.js';
export { type Wish, proposeMapping } from './mapping/propose/propose.js';
export { mappingKinds } from './mapping/kinds.js';
export { mappingSchema } from './mapping/json-schema.js';
export { nearest } from './nearest.js';
export { type HandWritten, handWritten, placeText } from './yaml/hand-written.js';
export { keysOf } from './reading.js';
export { textOf } from './json/text.js';
export type { MappingChoice } from './mapping/choose.js';
export { messageText, placeInText } from './place/place.js';
export type { Span } from './place/json-place.js';
export { type CutOptions, type Part, type Uncut, partsOf } from './cutting/parts.js';
export type { Before } from './cutting/seams.js';
