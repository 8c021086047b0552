import type { Alternative, Explanation, ItineraryLeg } from '@portolan/domain';
import { becauseOf } from '@portolan/planning';

/** What a recommendation shows of the next best itineraries of a shipment. */
export const alternativesIn = (explanation: Explanation): Alternative[] =>
  explanation.nextBest.map((next) => ({
    // Cells have timetables: every leg has its times.
    legs: next.legs as ItineraryLeg[],
    ...(next.supply !== undefined && { supply: next.supply }),
    costsMore: next.costsMore,
    ...(next.delivered !== undefined && { delivered: next.delivered }),
    co2eKg: next.co2eKg,
    because: becauseOf(explanation, next, 'en'),
  }));
