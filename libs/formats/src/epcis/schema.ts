import { z } from 'zod';
import { isObject } from '../json/json.js';
import { nearest } from '../nearest.js';
import { actions, bizSteps, dispositions, errorReasons, partyTypes, transactionTypes } from './vocabulary.js';

const isOfStandard = ([key, value]: [string, unknown]): boolean =>
  value !== null && !key.includes(':') && !key.startsWith('@');

/** Fields with a namespace are the sender's own and of any shape; all others must be of the standard. `null` is absence. */
const standardFields = <T extends z.ZodRawShape>(shape: T) =>
  z.preprocess(
    (value) => (isObject(value) ? Object.fromEntries(Object.entries(value).filter(isOfStandard)) : value),
    z.strictObject(shape, { error: wrongKind('an object') }),
  );

const wrongKind = (wanted: string) => (issue: { readonly code?: string; readonly input?: unknown }) => {
  if (issue.code !== 'invalid_type') return undefined;
  return issue.input === undefined ? `is required: ${wanted}` : `must be ${wanted}`;
};

const text = (max = 2000) =>
  z
    .string({ error: wrongKind('text') })
    .min(1, 'must not be empty')
    .max(max);
const uri = text().regex(
  /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/,
  'must be a URI, such as urn:epc:id:sscc:4012345.0111111111 or https://id.gs1.org/00/040123451111111111',
);
const number = z.number({ error: wrongKind('a number') });
/** Its form; whether there is such a moment is told when the event as a whole is known. */
const instant = text(40).regex(
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?$/,
  'must be an RFC 3339 instant with an offset, such as 2026-03-05T10:00:00Z',
);
const listOf = <T extends z.ZodType>(each: T) => z.array(each, { error: wrongKind('a list') });

/** A bare word must be of the vocabulary; a sender's own term is a URI or has a prefix. */
const term = (list: readonly string[]) =>
  text().superRefine((word, context) => {
    if (word.includes(':') || list.includes(word)) return;
    const meant = nearest(word, list);
    const hint = meant === undefined ? '' : `; perhaps ${meant}`;
    context.addIssue(`is not standard (CBV 2.0): it must be a URI, or one of ${list.join(', ')}${hint}`);
  });

const quantityElement = standardFields({
  epcClass: uri,
  quantity: number.min(0, 'must not be negative').optional(),
  uom: text()
    .regex(/^[A-Z0-9]{2,3}$/, 'must be a unit code of UN/CEFACT Recommendation 20, such as KGM')
    .optional(),
});

const sensorMetadata = standardFields({
  time: instant.optional(),
  startTime: instant.optional(),
  endTime: instant.optional(),
  deviceID: uri.optional(),
  deviceMetadata: uri.optional(),
  rawData: uri.optional(),
  dataProcessingMethod: uri.optional(),
  bizRules: uri.optional(),
});

const sensorReport = standardFields({
  type: text().optional(),
  exception: text().optional(),
  deviceID: uri.optional(),
  deviceMetadata: uri.optional(),
  rawData: uri.optional(),
  dataProcessingMethod: uri.optional(),
  bizRules: uri.optional(),
  time: instant.optional(),
  microorganism: uri.optional(),
  chemicalSubstance: uri.optional(),
  coordinateReferenceSystem: uri.optional(),
  component: text().optional(),
  value: number.optional(),
  minValue: number.optional(),
  maxValue: number.optional(),
  meanValue: number.optional(),
  sDev: number.optional(),
  percRank: number.min(0).max(100).optional(),
  percValue: number.optional(),
  stringValue: z.string({ error: wrongKind('text') }).optional(),
  booleanValue: z.boolean({ error: wrongKind('true or false') }).optional(),
  hexBinaryValue: text(100_000)
    .regex(/^(?:[0-9A-Fa-f]{2})+$/, 'must be pairs of hexadecimal digits')
    .optional(),
  uriValue: uri.optional(),
  uom: text().optional(),
});

const place = standardFields({ id: uri });
const epcs = listOf(uri);
const quantities = listOf(quantityElement);
const action = z.enum(actions, {
  error: ({ input }) => `${input === undefined ? 'is required' : 'is no action'}: it must be ADD, OBSERVE or DELETE`,
});

const common = {
  type: text(),
  eventID: uri.optional(),
  eventTime: instant,
  recordTime: instant.optional(),
  eventTimeZoneOffset: text(6).regex(
    /^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/,
    'must be an offset from UTC, such as +02:00',
  ),
  certificationInfo: z
    .union([uri, z.array(uri)], { error: 'must be the URI of a certificate, or a list of such URIs' })
    .optional(),
  errorDeclaration: standardFields({
    declarationTime: instant,
    reason: term(errorReasons).optional(),
    correctiveEventIDs: epcs.optional(),
  }).optional(),
  bizStep: term(bizSteps).optional(),
  disposition: term(dispositions).optional(),
  persistentDisposition: standardFields({
    set: listOf(term(dispositions)).optional(),
    unset: listOf(term(dispositions)).optional(),
  }).optional(),
  readPoint: place.optional(),
  bizLocation: place.optional(),
  bizTransactionList: listOf(
    standardFields({ type: term(transactionTypes).optional(), bizTransaction: uri }),
  ).optional(),
  sourceList: listOf(standardFields({ type: term(partyTypes), source: uri })).optional(),
  destinationList: listOf(standardFields({ type: term(partyTypes), destination: uri })).optional(),
  sensorElementList: listOf(
    standardFields({
      sensorMetadata: sensorMetadata.optional(),
      sensorReport: listOf(sensorReport).min(1, 'must not be empty'),
    }),
  ).optional(),
};

const objects = { epcList: epcs.optional(), quantityList: quantities.optional() };
const children = { childEPCs: epcs.optional(), childQuantityList: quantities.optional() };
const ilmd = standardFields({}).optional();

/** EPCIS 2.0 (GS1, section 7.4): the fields of each event type. */
export const eventSchemas = {
  ObjectEvent: standardFields({ ...common, ...objects, action, ilmd }),
  AggregationEvent: standardFields({ ...common, ...children, action, parentID: uri.optional() }),
  TransactionEvent: standardFields({ ...common, ...objects, action, parentID: uri.optional() }),
  TransformationEvent: standardFields({
    ...common,
    inputEPCList: epcs.optional(),
    inputQuantityList: quantities.optional(),
    outputEPCList: epcs.optional(),
    outputQuantityList: quantities.optional(),
    transformationID: uri.optional(),
    ilmd,
  }),
  AssociationEvent: standardFields({ ...common, ...children, action, parentID: uri }),
} as const;

export type EventKind = keyof typeof eventSchemas;
type Shapes = { [K in EventKind]: z.infer<(typeof eventSchemas)[K]> };
/** What any of the types may have; which ones a type has, its schema has checked. */
export type EpcisEvent = Pick<Shapes['ObjectEvent'], keyof typeof common> & {
  readonly kind: EventKind;
} & Partial<
    Omit<Shapes['ObjectEvent'] & Shapes['AggregationEvent'] & Shapes['TransformationEvent'], keyof typeof common>
  >;
export type QuantityElement = z.infer<typeof quantityElement>;
export type SensorReport = z.infer<typeof sensorReport>;
export type SensorMetadata = z.infer<typeof sensorMetadata>;
