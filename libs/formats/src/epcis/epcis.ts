import { isObject } from '../json/json.js';
import { type Reading, type Reception, tooMany, unreadable } from '../reading.js';
import { isKind, readEvent } from './event.js';

const FORMAT = 'epcis-2.0';

/**
 * GS1 EPCIS 2.0 in JSON or JSON-LD: a capture document, the answer to a query, one event, or a list of events. Item by
 * item: `index` is the place in the list of events.
 */
export function readEpcis(message: unknown, reception: Reception): Reading {
  const document = isObject(message) && isDocument(message) ? message : undefined;
  if (document && !isContext(document['@context']))
    return unreadable(
      'is required: a document names its @context, such as https://ref.gs1.org/standards/epcis/epcis-context.jsonld',
      document['@context'],
      '/@context',
    );
  const version = document?.schemaVersion;
  if (document && (typeof version !== 'string' || !/^2(\.\d+)*$/.test(version)))
    return unreadable('must be 2.0: the version of EPCIS that is read here', version, '/schemaVersion');
  const events = document ? eventsIn(document) : bareEvents(message);
  if (!Array.isArray(events.list))
    return unreadable(
      'must be a list of events; a document has it in epcisBody.eventList',
      events.list,
      document ? events.pointer : '',
    );
  const context = document && ownContext(document['@context']);
  return (
    tooMany(events.list.length) ?? {
      format: FORMAT,
      items: events.list.map((each, index) =>
        readEvent(each, index, events.single ? '' : `${events.pointer}/${index}`, reception, context),
      ),
    }
  );
}

interface Events {
  readonly list: unknown;
  readonly pointer: string;
  readonly single?: boolean;
}

const documents = ['EPCISDocument', 'EPCISQueryDocument'];
const isDocument = (message: Readonly<Record<string, unknown>>): boolean =>
  documents.some((type) => type === message.type) || Object.hasOwn(message, 'epcisBody');

/** A capture document has its events in the body, an answer two levels deeper. */
function eventsIn({ epcisBody: body }: Readonly<Record<string, unknown>>): Events {
  if (!isObject(body)) return { list: undefined, pointer: '/epcisBody' };
  if (Object.hasOwn(body, 'queryResults')) {
    const results = isObject(body.queryResults) ? body.queryResults.resultsBody : undefined;
    const list = isObject(results) ? results.eventList : undefined;
    return { list, pointer: '/epcisBody/queryResults/resultsBody/eventList' };
  }
  return { list: body.eventList, pointer: '/epcisBody/eventList' };
}

function bareEvents(message: unknown): Events {
  if (Array.isArray(message)) return { list: message, pointer: '' };
  return isObject(message) ? { list: [message], pointer: '', single: true } : { list: undefined, pointer: '' };
}

const isContext = (context: unknown): boolean =>
  typeof context === 'string' || isObject(context) || Array.isArray(context);

/** The namespaces of the sender, without which extensions are hard to understand. */
function ownContext(context: unknown): unknown {
  const own = [context].flat().filter(isObject);
  return own.length === 0 ? undefined : own;
}

/** Does a JSON message look like EPCIS: a document, or an event of one of its types? */
export function looksLikeEpcis(message: unknown): boolean {
  if (isObject(message) && isDocument(message)) return true;
  const first = Array.isArray(message) ? message.find(isObject) : message;
  return isObject(first) && isKind(first.type);
}
