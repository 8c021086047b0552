import { z } from 'zod';
import { mappingKinds } from './kinds.js';

const scalar = z.union([z.string().max(1000), z.number(), z.boolean()], { error: 'must be text, a number or a truth' });
const column = z.union([z.string().min(1).max(200), z.number()], { error: 'must be the name of a column' });
const columns = z.union([column, z.array(column).min(1).max(20)], {
  error: 'must be the name of a column, or a list of names of which the first that is not empty counts',
});
const patterns = z.union([z.string().max(60), z.array(z.string().max(60)).min(1).max(10)], {
  error: 'must be a date format such as dd/MM/yyyy HH:mm, or a list of them',
});
const decimal = z.enum(['.', ','], { error: 'must be "." or ","' });
const thousands = z.enum(['.', ',', ' ', "'"], { error: 'must be ".", ",", " " or "\'"' });

/** How a field is got out of a row: a column, a constant or a template, and what is done to it. */
export const ruleObject = z.strictObject({
  column: columns.optional().meta({ description: 'Its column; of several, the first that is not empty' }),
  constant: scalar.optional().meta({ description: 'The same in every row' }),
  template: z.string().max(500).optional().meta({ description: 'Text with columns in braces: "{Order}/{Line}"' }),
  values: z
    .record(z.string(), z.union([scalar, z.null()]))
    .optional()
    .meta({ description: 'What a cell says, and what it means; null: as if empty' }),
  otherwise: z
    .enum(['reject', 'keep', 'empty'], { error: 'must be reject, keep or empty' })
    .optional()
    .meta({ description: 'A cell that `values` does not list: reject the row (default), keep it, or as if empty' }),
  default: scalar.optional().meta({ description: 'Where the cell is empty' }),
  unit: z.string().max(10).optional().meta({ description: 'Of the cell: F or K, h, min, d or s, g or t, km/h …' }),
  factor: z.number().positive().optional().meta({ description: 'The number in the cell is multiplied by it' }),
  dates: patterns.optional().meta({ description: "Instead of the table's" }),
  timeZone: z.string().max(60).optional().meta({ description: "Instead of the table's" }),
  decimal: decimal.optional().meta({ description: "Instead of the table's" }),
  optional: z.boolean().optional().meta({ description: 'The table need not have the column' }),
});

const condition = z.strictObject({
  column,
  in: z.array(scalar).min(1).optional().meta({ description: 'Only rows with one of these; "" is empty' }),
  notIn: z.array(scalar).min(1).optional().meta({ description: 'No rows with one of these' }),
});

const table = z.strictObject({
  sheet: z
    .union([z.string(), z.int().min(1)])
    .optional()
    .meta({ description: 'Name or number of the sheet, from 1' }),
  headerRow: z.int().min(0).max(100).optional().meta({
    description: 'The row, empty ones apart, that names the columns (default 1); 0: none, columns are numbers',
  }),
  delimiter: z.string().length(1, 'must be one character').optional(),
  encoding: z
    .enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'iso-8859-15'], {
      error: 'must be utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1 or iso-8859-15',
    })
    .optional(),
  decimal: decimal.optional().meta({ description: 'Default "."' }),
  thousands: thousands.optional().meta({ description: 'Between thousands; default nothing' }),
  dates: patterns.optional().meta({ description: 'Such as dd/MM/yyyy HH:mm; default RFC 3339' }),
  timeZone: z.string().max(60).optional().meta({ description: 'IANA zone of times without an offset' }),
});

const documentWith = <R extends z.ZodType>(rule: R) =>
  z.strictObject({
    format: z.literal('portolan.mapping/1', { error: 'must be portolan.mapping/1' }),
    name: z
      .string({ error: 'must be the name by which senders call it' })
      .regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, 'must be 1 to 60 small letters, digits, dots, dashes and underscores')
      .meta({ description: 'How senders call it: ?format=NAME' }),
    title: z.string().max(200).optional(),
    kind: z.enum(mappingKinds, { error: `must be one of ${mappingKinds.join(', ')}` }),
    source: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: "The events' source, a URI reference; default /tables/NAME" }),
    table: table.optional(),
    rows: z.array(condition).max(20).optional().meta({ description: 'Rows are read only where all of these hold' }),
    fields: z.record(z.string(), rule, { error: 'must name fields and their columns' }),
    rest: z
      .enum(['keep', 'drop'], { error: 'must be keep or drop' })
      .optional()
      .meta({ description: "Columns that no field reads: into the events' extensions (default), or nowhere" }),
  });

/** `portolan.mapping/1` as people write it: a field may be the bare name of its column. For editors. */
export const mappingForEditors = documentWith(z.union([z.string(), ruleObject]));

/** With every rule written out. */
export const mappingDocument = documentWith(ruleObject);

/** How a table is read. */
export type Mapping = z.infer<typeof mappingDocument>;
export type Rule = z.infer<typeof ruleObject>;
export type Condition = z.infer<typeof condition>;
export type Layout = NonNullable<Mapping['table']>;
