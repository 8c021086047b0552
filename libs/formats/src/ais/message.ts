import { DAY, type Millis, formatInstant } from '@portolan/domain';
import { draftOf, itemMade } from '../draft.js';
import { imoNumber } from '../identifiers/imo.js';
import { attributeOf, compact } from '../json/content.js';
import { type Item, accepted, rejected } from '../reading.js';
import type { Bits } from './bits.js';
import { type Fix, fixOf, positions } from './fields.js';
import { destinationCode, etaOf } from './voyage.js';

/** What vessels said of themselves earlier in the same file. */
export type Vessels = Map<string, Vessel>;

interface Vessel {
  readonly imo?: string | undefined;
  readonly vesselName?: string | undefined;
  readonly callSign?: string | undefined;
  readonly shipType?: number | undefined;
  readonly destination?: string | undefined;
  /** What the crew expects. */
  readonly eta?: string | undefined;
  readonly flag?: string | undefined;
}

/** A whole message: its parts joined. */
export interface Message {
  readonly index: number;
  readonly pointer: string;
  readonly payload: string;
  readonly bits: Bits;
  readonly time: Millis | undefined;
  readonly received: Millis;
}

/** Least number of bits of the static messages that are read; 5 is sent with 420 to 424, 24 A with 160 to 168. */
const lengths: Readonly<Record<number, number>> = { 5: 420, 24: 160 };

/** A message of a type that says nothing here (base stations, aids to navigation, binary …) is accepted without events. */
export function messageItem(message: Message, vessels: Vessels): Item {
  const { bits, index, pointer } = message;
  if (bits.length < 38) return refused(message, bits.length, 'bits are too few for a message: it has at least 38');
  const type = bits.unsigned(0, 6);
  const mmsi = String(bits.unsigned(8, 30)).padStart(9, '0');
  const layout = positions[type];
  const least = layout?.bits ?? lengths[type];
  if (least === undefined) return accepted(index, pointer);
  if (bits.length < least)
    return refused(message, bits.length, `bits are too few for message type ${type}: it has at least ${least}`);
  if (mmsi.length > 9) return refused(message, mmsi, 'is no MMSI: it has nine digits');
  const vessel = vesselOf(vessels, mmsi, message, type);
  if (layout) return position(message, fixOf(bits, type, layout), type, mmsi, vessel);
  return accepted(index, pointer);
}

const nothingSaid: Vessel = {};

/** What is known of a vessel after this message. A doubt about its IMO number, and what the crew expects, end with the next message 5. */
function vesselOf(vessels: Vessels, mmsi: string, message: Message, type: number): Vessel {
  const before = vessels.get(mmsi) ?? nothingSaid;
  if (type !== 5 && type !== 19 && type !== 24) return before;
  const said = staticOf(message, type);
  const vessel = { ...before, ...compact(said), ...(type === 5 && { flag: said.flag, eta: said.eta }) };
  vessels.set(mmsi, vessel);
  return vessel;
}

function staticOf({ bits, time, received }: Message, type: number): Vessel {
  if (type === 19) return { vesselName: bits.text(143, 20), shipType: bits.unsigned(263, 8) };
  if (type === 24)
    return bits.unsigned(38, 2) === 0
      ? { vesselName: bits.text(40, 20) }
      : { shipType: bits.unsigned(40, 8), callSign: bits.text(90, 7) };
  const number = bits.unsigned(40, 30);
  const { imo, flag } = number === 0 ? { flag: undefined, imo: undefined } : imoOf(number);
  const [callSign, vesselName] = [bits.text(70, 7), bits.text(112, 20)];
  const eta = etaOf(bits, 274, time ?? received);
  return {
    imo,
    flag,
    callSign,
    vesselName,
    shipType: bits.unsigned(232, 8),
    destination: bits.text(302, 20),
    eta: eta === undefined ? undefined : formatInstant(eta),
  };
}

/** A number that has not seven digits is a doubt only, and no IMO number. */
function imoOf(number: number): { imo: string | undefined; flag: string | undefined } {
  const { imo, flag } = imoNumber(String(number));
  return { imo: imo.length === 7 ? imo : undefined, flag };
}

function position(message: Message, fix: Fix, type: number, mmsi: string, vessel: Vessel): Item {
  const { lat, lon, speed, course, heading, status, second } = fix;
  if (lat === undefined || lon === undefined) return accepted(message.index, message.pointer);
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180)
    return refused(message, { lat, lon }, 'is no position: latitude is at most 90 and longitude 180 degrees');
  const at = timeOf(message, second);
  const extensions = compact({ shipType: vessel.shipType, messageType: type, heading, navigationalStatus: status });
  const data = {
    transport: transportOf(mmsi, vessel),
    at,
    position: { lat, lon },
    speedKnots: speed,
    courseDegrees: course,
    destination: vessel.destination,
    destinationCode: vessel.destination && destinationCode(vessel.destination),
    eta: vessel.eta,
    flags: flagsOf(message, vessel),
    extensions,
  };
  const made = draftOf('org.portolan.position.reported', attributesOf(message, mmsi, at), data, message.pointer);
  return itemMade(message.index, message.pointer, [made]);
}

const transportOf = (mmsi: string, { imo, vesselName, callSign }: Vessel) =>
  compact({ imo, mmsi, vesselName, callSign });

function flagsOf({ time, received }: Message, { flag }: Vessel): string[] | undefined {
  const flags = flag === undefined ? [] : [flag];
  if (time === undefined) flags.push('time-of-reception: the sentence does not say when it was received');
  else if (time > received + DAY) flags.push(`said-in-future: ${formatInstant(time)} is after reception`);
  return flags.length === 0 ? undefined : flags;
}

/** The sentence's own time; else the latest moment not after reception with the second the message was sent in. */
function timeOf({ time, received }: Message, second: number | undefined): string {
  if (time !== undefined || second === undefined) return formatInstant(time ?? received);
  const sent = Math.floor(received / 60_000) * 60_000 + second * 1000;
  return formatInstant(sent > received ? sent - 60_000 : sent);
}

const attributesOf = ({ payload }: Message, mmsi: string, time: string) => ({
  id: attributeOf(`${payload}@${time}`),
  source: '/ais',
  subject: `MMSI${mmsi}`,
  time,
});

const refused = ({ index, pointer }: Message, value: unknown, message: string): Item =>
  rejected(index, pointer, [{ pointer, value, message }]);
