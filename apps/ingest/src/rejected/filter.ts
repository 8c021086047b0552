import { type Rejection, type RejectionFilter, parseInstant } from '@portolan/domain';

/** Is a rejection one of those that are meant? */
export function matching({ since, reason, format, source }: RejectionFilter): (rejection: Rejection) => boolean {
  const from = since === undefined ? -Infinity : parseInstant(since)!;
  const holds = containing(reason);
  const isFrom = containing(source);
  return (rejection) =>
    parseInstant(rejection.received)! >= from &&
    (reason === undefined || rejection.faults.some(({ message }) => holds(message))) &&
    (source === undefined || isFrom(rejection.source ?? '')) &&
    (format === undefined || (rejection.format ?? 'unknown').startsWith(format.toLowerCase()));
}

function containing(part = ''): (text: string) => boolean {
  const sought = part.toLowerCase();
  return (text) => text.toLowerCase().includes(sought);
}
