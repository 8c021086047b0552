import { parse } from 'csv-parse/sync';
import { aisStream, cloudEventLines, dcsaPage, epcisDocument, orderTable } from './format-inputs.js';

/** A standard to be measured: an input, and the least that any reader of it has to do. */
export interface FormatSubject {
  /** Name in the registry. */
  readonly format: string;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** Units a second that we want to reach, if we said so. */
  readonly goal?: number;
  input(count: number, seed: number): string;
  /** What `bare` does, for the report. */
  readonly barely: string;
  bare(text: string): unknown;
  /** Units in an input; its lines, where nothing is said. */
  units?(text: string, count: number): number;
}

const asked = (_: string, count: number): number => count;
const lines = (text: string): string[] => text.split('\n');

/** One entry a standard. */
export const formatSubjects: readonly FormatSubject[] = [
  {
    format: 'dcsa-tnt',
    unit: 'events',
    goal: 20_000,
    input: dcsaPage,
    barely: '`JSON.parse`',
    bare: (text) => JSON.parse(text) as unknown,
    units: asked,
  },
  {
    format: 'epcis-2.0',
    unit: 'events',
    input: epcisDocument,
    barely: '`JSON.parse`',
    bare: (text) => JSON.parse(text) as unknown,
    units: asked,
  },
  {
    format: 'cloudevents-lines',
    unit: 'events',
    input: cloudEventLines,
    barely: '`JSON.parse`, line by line',
    bare: (text) => lines(text).map((line) => JSON.parse(line) as unknown),
  },
  {
    format: 'csv',
    unit: 'rows',
    goal: 100_000,
    input: orderTable,
    barely: '`csv-parse`',
    bare: (text) => parse(text) as unknown,
    units: asked,
  },
  {
    format: 'ais',
    unit: 'sentences',
    goal: 50_000,
    input: aisStream,
    barely: 'lines, and their commas',
    bare: (text) => lines(text).map((line) => line.split(',')),
  },
];

export const unitsIn = ({ units }: FormatSubject, text: string, count: number): number =>
  units?.(text, count) ?? lines(text).length;
