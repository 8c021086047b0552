import type { Fault } from '@portolan/domain';
import { nearest } from '../nearest.js';
import { pointerKey } from '../reading.js';
import { datePattern, isZone } from './dates.js';
import type { Layout, Mapping, Rule } from './document.js';
import { columnsInTemplate } from './template.js';
import { type Target, type Targets, targetsOf } from './targets.js';
import { unitsOf } from './units.js';

/** What the shape of a mapping does not tell: fields the kind has not, or needs; formats, zones and units that mean nothing. */
export function checkMapping(mapping: Mapping): Fault[] {
  const targets = targetsOf(mapping.kind);
  return [
    ...layoutFaults(mapping.table ?? {}, '/table'),
    ...(mapping.rows ?? []).flatMap((condition, index) =>
      (condition.in === undefined) === (condition.notIn === undefined)
        ? [{ pointer: `/rows/${index}`, message: 'must have either `in` or `notIn`' }]
        : [],
    ),
    ...Object.entries(mapping.fields).flatMap(([field, rule]) => fieldFaults(mapping.kind, targets, field, rule)),
    ...missingFields(mapping, targets),
  ];
}

function layoutFaults({ dates, timeZone, decimal, thousands }: Layout, pointer: string): Fault[] {
  const patterns = [dates ?? []].flat();
  const faults: Fault[] = patterns
    .filter((pattern) => !datePattern(pattern))
    .map((value) => ({
      pointer: `${pointer}/dates`,
      value,
      message:
        'must be made of yyyy yy MMM MM M dd d HH H hh h mm ss a XXX, with year, month and day, such as dd/MM/yyyy HH:mm',
    }));
  if (timeZone !== undefined && !isZone(timeZone))
    faults.push({
      pointer: `${pointer}/timeZone`,
      value: timeZone,
      message: 'must be an IANA zone, such as Europe/Brussels',
    });
  if (thousands !== undefined && thousands === (decimal ?? '.'))
    faults.push({ pointer: `${pointer}/thousands`, value: thousands, message: 'must differ from the decimal sign' });
  return faults;
}

function fieldFaults(kind: string, targets: Targets, field: string, rule: Rule): Fault[] {
  const pointer = `/fields${pointerKey(field)}`;
  const target = Object.hasOwn(targets, field) ? targets[field] : undefined;
  if (!target) {
    const meant = nearest(field, Object.keys(targets));
    const hint = meant === undefined ? `; there are ${Object.keys(targets).join(', ')}` : `; perhaps ${meant}`;
    return [{ pointer, value: field, message: `is no field of ${kind}${hint}` }];
  }
  return [...sourceFaults(rule, pointer), ...layoutFaults(rule, pointer), ...meansFaults(rule, target, field, pointer)];
}

function sourceFaults(rule: Rule, pointer: string): Fault[] {
  const given = (['column', 'constant', 'template'] as const).filter((name) => rule[name] !== undefined);
  if (given.length !== 1) return [{ pointer, message: 'must have exactly one of `column`, `constant` and `template`' }];
  if (rule.template !== undefined && columnsInTemplate(rule.template).length === 0)
    return [
      {
        pointer: `${pointer}/template`,
        value: rule.template,
        message:
          'must name a column in braces, such as "{Order}/{Line}"; what is the same in every row is a `constant`',
      },
    ];
  return [];
}

/** What is done to a cell must be something that the field can make use of. */
function meansFaults(rule: Rule, target: Target, field: string, pointer: string): Fault[] {
  const units = Object.keys(unitsOf(field, target));
  const wrong = (name: keyof Rule, message: string): Fault => ({
    pointer: `${pointer}/${name}`,
    value: rule[name],
    message,
  });
  const faults: Fault[] = [];
  if (rule.unit !== undefined && !units.includes(rule.unit))
    faults.push(
      wrong(
        'unit',
        units.length > 0
          ? `must be one of ${units.join(', ')}`
          : `is for fields with a unit of their own; use \`factor\``,
      ),
    );
  if (rule.factor !== undefined && !['number', 'numbers', 'duration'].includes(target.type))
    faults.push(wrong('factor', `is for numbers, and ${field} is none`));
  if (rule.factor !== undefined && target.type === 'duration' && rule.unit === undefined)
    faults.push(wrong('factor', 'needs a `unit` to make a duration of a number'));
  if (rule.dates !== undefined && target.type !== 'instant' && target.type !== 'revision')
    faults.push(wrong('dates', `is for moments, and ${field} is none`));
  if (rule.otherwise !== undefined && rule.values === undefined)
    faults.push(wrong('otherwise', 'is for cells that `values` does not list, and there is no `values`'));
  return faults;
}

function missingFields({ kind, fields }: Mapping, targets: Targets): Fault[] {
  return Object.keys(targets)
    .filter((name) => targets[name]!.required && !Object.hasOwn(fields, name))
    .map((name) => ({ pointer: `/fields${pointerKey(name)}`, message: `is a field that ${kind} must have` }));
}
