import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { bayPlan, dischargeReport } from './edifact-inputs.js';
import {
  aisStream,
  cloudEventLines,
  dcsaPage,
  epcisDocument,
  jitObjects,
  orderTable,
  orderWorkbook,
} from './format-inputs.js';

/** A standard to be measured: an input, and the least that any reader of it has to do. */
export interface FormatSubject {
  /** Name in the registry. */
  readonly format: string;
  /** Which of its messages, where there are several. */
  readonly message?: string;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** Units, or megabytes, a second that we want to reach, if we said so. */
  readonly goal?: number;
  readonly goalMegabytes?: number;
  input(count: number, seed: number): string | Uint8Array;
  /** What `bare` does, for the report. */
  readonly barely: string;
  bare(bytes: Uint8Array): unknown;
  /** Units in an input; the count that was asked for, where nothing is said. */
  units?(bytes: Uint8Array): number;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const linesOf = (bytes: Uint8Array): string[] => textOf(bytes).split('\n');
const parsedJson = (bytes: Uint8Array): unknown => JSON.parse(textOf(bytes));
/** Segments, their elements and components, as if no sender had ever released any. */
const splitSegments = (bytes: Uint8Array): unknown =>
  textOf(bytes)
    .split("'")
    .map((segment) => segment.split('+').map((element) => element.split(':')));
const unpacked = (bytes: Uint8Array): unknown => Object.values(unzipSync(bytes)).map((part) => strFromU8(part));

/** One entry a standard, or a kind of message. */
export const formatSubjects: readonly FormatSubject[] = [
  { format: 'dcsa-tnt', unit: 'events', goal: 20_000, input: dcsaPage, barely: '`JSON.parse`', bare: parsedJson },
  { format: 'dcsa-jit', unit: 'objects', input: jitObjects, barely: '`JSON.parse`', bare: parsedJson },
  { format: 'epcis-2.0', unit: 'events', input: epcisDocument, barely: '`JSON.parse`', bare: parsedJson },
  {
    format: 'cloudevents-lines',
    unit: 'events',
    input: cloudEventLines,
    barely: '`JSON.parse`, line by line',
    bare: (bytes) => linesOf(bytes).map((line) => JSON.parse(line) as unknown),
  },
  {
    format: 'edifact',
    message: 'COARRI',
    unit: 'containers',
    goalMegabytes: 20,
    input: dischargeReport,
    barely: 'split at its separators',
    bare: splitSegments,
  },
  {
    format: 'edifact',
    message: 'BAPLIE',
    unit: 'containers',
    goalMegabytes: 20,
    input: bayPlan,
    barely: 'split at its separators',
    bare: splitSegments,
  },
  {
    format: 'csv',
    unit: 'rows',
    goal: 100_000,
    input: orderTable,
    barely: '`csv-parse`',
    bare: (bytes) => parse(textOf(bytes)) as unknown,
  },
  { format: 'xlsx', unit: 'rows', input: orderWorkbook, barely: 'unpacked by `fflate`', bare: unpacked },
  {
    format: 'ais',
    unit: 'sentences',
    goal: 50_000,
    input: aisStream,
    barely: 'lines, and their commas',
    bare: (bytes) => linesOf(bytes).map((line) => line.split(',')),
    units: (bytes) => linesOf(bytes).length,
  },
];
