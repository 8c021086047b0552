import { compact } from '../json/content.js';
import { isObject } from '../json/json.js';
import { pointerKey } from '../reading.js';
import { type Epc, epcOf, equipmentName, placeOf } from './identifiers.js';
import { type Fact, type Observation, instantAt } from './observation.js';
import type { QuantityElement } from './schema.js';

/**
 * Lots that begin (objects added, and what comes out of a transformation) are registered; lots that end as a whole (deleted
 * without a quantity) are withdrawn. A deleted quantity may be a part only, and an input of a transformation too: nobody
 * can say what is left, so that both stay a milestone.
 */
export function lotsOf(observation: Observation): readonly Fact[] {
  const { event } = observation;
  const begun = event.kind === 'ObjectEvent' && event.action === 'ADD' ? event.quantityList : event.outputQuantityList;
  const ended = event.kind === 'ObjectEvent' && event.action === 'DELETE' ? (event.quantityList ?? []) : [];
  const dates = begun === undefined ? {} : datesOf(observation);
  return [
    ...(begun ?? []).flatMap((element) => registered(element, dates, observation) ?? []),
    ...ended.flatMap((element) => withdrawn(element, observation) ?? []),
  ];
}

type Dates = { readonly expires?: string; readonly produced?: string };

function registered(element: QuantityElement, dates: Dates, observation: Observation): Fact | undefined {
  const { event, at, flags } = observation;
  const lot = lotIn(element);
  if (!lot) return undefined;
  const id = event.bizLocation?.id ?? event.readPoint?.id;
  const place = id === undefined ? undefined : placeOf(id);
  const location = place && 'location' in place ? place.location : undefined;
  const { quantity = 0 } = element;
  if (location === undefined || quantity === 0) {
    flags.push(`lot-not-registered: ${lot.uri} has no ${location === undefined ? 'place' : 'quantity'}`);
    return undefined;
  }
  const equipment = [equipmentName(lot)];
  const data = { id: lot.key, product: lot.gtin, location, quantity, available: at, ...dates, equipment };
  const beside = compact({ epc: lot.uri, uom: element.uom });
  return { type: 'org.portolan.lot.registered', data, subject: lot.key, beside };
}

function withdrawn(element: QuantityElement, { event, flags }: Observation): Fact | undefined {
  const lot = lotIn(element);
  if (!lot) return undefined;
  if (element.quantity !== undefined) {
    flags.push(`part-of-lot: nobody says whether ${element.quantity} is all of ${lot.uri}`);
    return undefined;
  }
  const reason = event.bizStep?.slice(0, 500);
  return {
    type: 'org.portolan.lot.withdrawn',
    data: compact({ lot: lot.key, reason }),
    subject: lot.key,
    beside: { epc: lot.uri },
  };
}

function lotIn({ epcClass }: QuantityElement): (Epc & { readonly gtin: string }) | undefined {
  const lot = epcOf(epcClass);
  return lot.scheme === 'lgtin' && lot.gtin !== undefined && lot.key.length <= 200
    ? { ...lot, gtin: lot.gtin }
    : undefined;
}

/** Attributes of the vocabulary that tell how long goods last; what comes first counts. */
const expiry = ['itemExpirationDate', 'expirationDate', 'bestBeforeDate', 'sellByDate'];
const production = ['productionDate', 'harvestEndDate', 'harvestDate'];
const prefixes = ['cbvmda:', 'gs1:', 'https://ref.gs1.org/cbv/mda/', 'urn:epcglobal:cbv:mda:'];

function datesOf(observation: Observation): Dates {
  const { ilmd } = observation.sent;
  if (!isObject(ilmd)) return {};
  return compact({
    expires: dateIn(ilmd, expiry, 'T23:59:59', observation),
    produced: dateIn(ilmd, production, 'T00:00:00', observation),
  }) as Dates;
}

/** A day without a time begins and ends where the event took place. */
function dateIn(
  ilmd: Readonly<Record<string, unknown>>,
  names: readonly string[],
  time: string,
  observation: Observation,
): string | undefined {
  const key = names
    .flatMap((name) => prefixes.map((prefix) => prefix + name))
    .find((each) => Object.hasOwn(ilmd, each) && ilmd[each] !== null);
  if (key === undefined) return undefined;
  const [value, pointer] = [ilmd[key], `${observation.pointer}/ilmd${pointerKey(key)}`];
  if (typeof value !== 'string') {
    observation.faults.push({ pointer, value, message: 'must be a date, such as 2026-03-05' });
    return undefined;
  }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? value + time + observation.event.eventTimeZoneOffset : value;
  return instantAt(day, pointer, observation);
}
