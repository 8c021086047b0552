import type { TransportReference } from '@portolan/domain';
import { imoNumber } from '../identifiers/imo.js';
import { compact } from '../json/content.js';
import type { Fields } from '../json/fields.js';
import { modes } from './codes.js';

/** `transportCall` of 2.2. */
export function callOf2(call: Fields): TransportReference {
  return compact({
    mode: call.code('modeOfTransport', modes),
    ...vesselIn(call.object('vessel')),
    voyages: distinct(
      ['importVoyageNumber', 'exportVoyageNumber', 'carrierVoyageNumber'].map((name) => call.text(name, 50)),
    ),
    carrierService: call.text('carrierServiceCode', 50),
    callReference: call.text('transportCallID', 100),
    callSequence: sequenceIn(call),
  });
}

/** `transportDetails.transportCall` of 3.0. */
export function callOf3(call: Fields): TransportReference {
  const service = call.object('serviceCodeOrReference');
  const voyages = ['importVoyageNumberOrReference', 'exportVoyageNumberOrReference'].map((name) =>
    voyageIn(call.object(name)),
  );
  return compact({
    mode: call.code('modeOfTransport', modes),
    ...vesselIn(call.object('vesselTransport')),
    voyages: distinct(voyages),
    carrierService:
      service?.text('carrierServiceCode', 50) ??
      service?.text('universalServiceReference', 50) ??
      call.object('railTransport')?.text('railServiceReference', 50),
    callReference: call.text('transportCallReference', 100),
    callSequence: sequenceIn(call),
  });
}

const voyageIn = (voyage: Fields | undefined): string | undefined =>
  voyage?.text('carrierVoyageNumber', 50) ?? voyage?.text('universalVoyageReference', 50);

/** A vessel by its IMO number, and by the name in `nameField`. */
export function vesselIn(
  vessel: Fields | undefined,
  nameField = 'vesselName',
): Pick<TransportReference, 'imo' | 'vesselName'> {
  const text = vessel?.text('vesselIMONumber', 12);
  const read = text === undefined ? undefined : imoNumber(text);
  vessel?.flag(read?.flag);
  const imo =
    read && read.imo.length > 8 ? vessel?.fault('vesselIMONumber', 'must be an IMO number of seven digits') : read?.imo;
  return compact({ imo, vesselName: vessel?.text(nameField, 100) });
}

function sequenceIn(call: Fields): number | undefined {
  const sequence = call.number('transportCallSequenceNumber');
  if (sequence === undefined || (Number.isSafeInteger(sequence) && sequence >= 0)) return sequence;
  return call.fault('transportCallSequenceNumber', 'must be a whole number from 0');
}

function distinct(texts: readonly (string | undefined)[]): string[] | undefined {
  const found = [...new Set(texts.filter((text) => text !== undefined))];
  return found.length === 0 ? undefined : found;
}
