import type { Leg, Place, Problem, ScheduledLeg } from '@portolan/domain';

/** Which legs leave each place: scheduled ones in order of departure, and those on demand. */
export class Timetable {
  private readonly departures = new Map<Place, ScheduledLeg[]>();
  private readonly anyTime = new Map<Place, Leg[]>();

  constructor({ legByKey }: Problem) {
    for (const leg of legByKey.values()) {
      const lists: Map<Place, Leg[]> = leg.kind === 'scheduled' ? (this.departures as Map<Place, Leg[]>) : this.anyTime;
      const list = lists.get(leg.from);
      if (list) list.push(leg);
      else lists.set(leg.from, [leg]);
    }
    for (const list of this.departures.values()) list.sort(inOrder);
  }

  scheduled(from: Place): readonly ScheduledLeg[] {
    return this.departures.get(from) ?? none;
  }

  onDemand(from: Place): readonly Leg[] {
    return this.anyTime.get(from) ?? none;
  }

  add(leg: Leg): void {
    if (leg.kind === 'on-demand') {
      this.anyTime.set(leg.from, [...this.onDemand(leg.from), leg]);
      return;
    }
    const list = this.departures.get(leg.from) ?? [];
    this.departures.set(leg.from, list);
    let at = list.length;
    while (at > 0 && inOrder(leg, list[at - 1]!) < 0) at--;
    list.splice(at, 0, leg);
  }

  remove(leg: Leg): void {
    const list: Leg[] | undefined = (leg.kind === 'scheduled' ? this.departures : this.anyTime).get(leg.from);
    const at = list?.indexOf(leg) ?? -1;
    if (at >= 0) list!.splice(at, 1);
  }
}

const none: readonly never[] = [];
const inOrder = (a: ScheduledLeg, b: ScheduledLeg): number => a.departs - b.departs || a.index - b.index;
