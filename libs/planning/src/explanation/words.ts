import type {
  BindingResource,
  Cause,
  ExplainedFlow,
  ExplainedItinerary,
  ExplainedLeg,
  Explanation,
  NextBest,
  Range,
  Resource,
  UnservedReason,
} from '@portolan/domain';
import type { LegExplanation, LegLoad } from './explanation.js';
import { Figures, timeZone } from './figures.js';
import { de } from './languages/de.js';
import { en } from './languages/en.js';
import { fr } from './languages/fr.js';
import { nl } from './languages/nl.js';
import { type Language, type Messages, type Part, modes } from './messages.js';

export { type Language, languages } from './messages.js';

const messagesIn: Readonly<Record<Language, Messages>> = { en, nl, fr, de };

/**
 * The causes of a next best itinerary in plain words, for a list of alternatives: what it costs more, and why.
 * @param explanation the one it is from
 */
export const becauseOf = (explanation: Explanation, next: NextBest, language: Language): string =>
  new Words(messagesIn[language], explanation).because(next, explanation.comparedWith).join(' ');

/** An explanation in plain sentences. Instants are those of Europe/Brussels, which the last sentence says where there are any. */
export function wordsOf(explanation: Explanation | LegExplanation, language: Language): string[] {
  const words = new Words(messagesIn[language], explanation);
  return explanation.kind === 'leg' ? words.ofLeg(explanation) : words.ofDemand(explanation);
}

class Words {
  private readonly figures: Figures;
  private toldInstants = false;
  private readonly toldResources = new Set<string>();

  constructor(
    private readonly say: Messages,
    private readonly context: Explanation | LegExplanation,
  ) {
    this.figures = new Figures(say, context.currency, context.unit);
  }

  ofDemand({ demand, flows, nextBest, unserved, marginalCost, comparedWith }: Explanation): string[] {
    const { say, figures } = this;
    const sentences = flows.flatMap((flow) => this.flow(demand, flow));
    if (unserved) {
      sentences.push(say.unserved({ quantity: figures.quantity(unserved.quantity), demand }));
      sentences.push(...this.unservedReason(unserved.reason));
    }
    if (sentences.length === 0) sentences.push(say.nothing({ demand }));
    sentences.push(say.marginal({ unit: figures.one, demand, cost: figures.money(marginalCost) }));
    sentences.push(...nextBest.flatMap((next) => this.nextBest(next, comparedWith)));
    return this.withRemarks(sentences);
  }

  ofLeg({ leg, resources }: LegExplanation): string[] {
    const { departs, arrives } = leg;
    const times = departs && arrives ? [`${this.instant(departs)} – ${this.instant(arrives)}`] : [];
    const hop = [this.hop(leg), ...times].join(', ');
    return this.withRemarks([this.say.aboutLeg({ hop }), ...resources.flatMap((load) => this.load(load))]);
  }

  /** Of an itinerary that costs the same there is only that to say. */
  because(next: NextBest, comparedWith: Explanation['comparedWith']): string[] {
    const causes = this.causes(next);
    if (causes.length > 0) return causes;
    return [`${capitalized(this.compared(next.costsMore, comparedWith), this.say.locale)}.`];
  }

  private flow(demand: string, flow: ExplainedFlow): string[] {
    const { say, figures } = this;
    const route = this.route(flow);
    return [
      say.moves({ quantity: figures.quantity(flow.quantity), demand, route }),
      ...(flow.delivered === undefined ? [] : [say.delivered({ when: this.instant(flow.delivered) })]),
      this.unitCost(flow),
      ...flow.binding.flatMap((each) => this.binding(each)),
    ];
  }

  private unitCost({ unitCost, parts: { revenue, ...costs } }: ExplainedItinerary): string {
    const { say, figures } = this;
    const parts = (Object.entries(costs) as [Part, number][])
      .filter(([, cost]) => cost !== 0)
      .map(([part, cost]) => say.partCost({ part: say.parts[part], cost: figures.money(cost) }));
    if (revenue !== 0) parts.push(say.revenue({ amount: figures.money(revenue) }));
    return say.unitCost({ unit: figures.one, cost: figures.money(unitCost), parts });
  }

  private nextBest(next: NextBest, comparedWith: Explanation['comparedWith']): string[] {
    const when = next.delivered === undefined ? undefined : this.instant(next.delivered);
    const compared = this.compared(next.costsMore, comparedWith);
    return [this.say.nextBest({ route: this.route(next), when, compared }), ...this.causes(next)];
  }

  private causes({ because, saves }: NextBest): string[] {
    const saved = saves > 0 ? [this.say.saves({ by: this.figures.money(saves) })] : [];
    return [...because.map((cause) => this.cause(cause)), ...saved];
  }

  private compared(costsMore: number, comparedWith: Explanation['comparedWith']): string {
    const { say, figures } = this;
    const told = { by: figures.money(Math.abs(costsMore)), unit: figures.one };
    if (costsMore < 0) return say.costsLess(told);
    if (costsMore === 0) return say.costsTheSame(told);
    return comparedWith === 'unserved' ? say.costsMoreThanLeaving(told) : say.costsMore(told);
  }

  private cause(cause: Cause): string {
    const { say, figures } = this;
    const by = figures.money(cause.by);
    const unit = figures.one;
    switch (cause.kind) {
      case 'full':
        return say.because.full({ names: this.names(cause.resources), by, unit });
      case 'late':
        return say.because.late({ hours: figures.hours(cause.hours), by });
      case 'dearer':
        return say.because.dearer({ part: capitalized(say.parts[cause.part], say.locale), by });
      case 'change':
        return say.because.change({ by });
      case 'cheaper-unserved':
        return say.because['cheaper-unserved']({
          cost: figures.money(cause.cost),
          unserved: figures.money(cause.unserved),
          unit,
        });
    }
  }

  private unservedReason(reason: UnservedReason): string[] {
    const { say, figures } = this;
    switch (reason.kind) {
      case 'no-supply':
        return [say.noSupply(reason)];
      case 'no-itinerary':
        return [say.noItinerary];
      case 'cheaper-unserved': {
        const [cost, unserved] = [figures.money(reason.cost), figures.money(reason.unserved)];
        return [say.cheaperUnserved({ cost, unserved, unit: figures.one })];
      }
      case 'full':
        if (reason.resources.length === 0) return [say.allAreFull];
        return [
          say.cheapestIsFull({ names: this.names(reason.resources) }),
          ...reason.resources.flatMap((each) => this.binding(each)),
        ];
    }
  }

  private binding(each: BindingResource): string[] {
    const name = this.name(each);
    if (this.toldResources.has(name)) return [];
    this.toldResources.add(name);
    const [used, capacity] = this.amounts(each, each.used, each.capacity);
    return [this.say.full[each.resource]({ name, used, capacity }), ...this.worth(each)];
  }

  private load(each: LegLoad): string[] {
    const { say, figures } = this;
    if (each.capacity === undefined) return [say.unlimited({ used: figures.quantity(each.used) })];
    const [used, capacity] = this.amounts(each, each.used, each.capacity);
    return [say.load[each.resource]({ used, capacity }), ...this.worth({ ...each, capacity: each.capacity })];
  }

  private worth(each: {
    resource: Resource['resource'];
    capacity: number;
    shadowPrice: number;
    range?: Range;
  }): string[] {
    const { say, figures } = this;
    const { resource, capacity, shadowPrice, range } = each;
    if (shadowPrice >= 0) return [say.worthNothing[resource]];
    const [amount, price] = [figures.money(-shadowPrice), figures.money(shadowPrice)];
    // Each further unit is worth the same or less.
    const isExact = range !== undefined && range.to >= capacity + 1 - 1e-6 && this.context.relaxed === undefined;
    const saves = isExact ? amount : say.atMost({ amount });
    const told = say.worth[resource]({ unit: figures.one, saves, price });
    return range ? [told, this.range(resource, range)] : [told];
  }

  private range(resource: Resource['resource'], { from, to }: Range): string {
    if (to - from < 1e-6) return this.say.rangeHere;
    const [least, most] = this.amounts({ resource }, from, to);
    return this.say.range({ from: least, to: most });
  }

  /** Plugs are counted, all else is measured in the problem's unit. The first of two amounts goes without it. */
  private amounts({ resource }: { resource: Resource['resource'] }, first: number, second: number): [string, string] {
    const { figures } = this;
    if (resource === 'reeferPlugs') return [figures.number(first), figures.number(second)];
    return [figures.number(first), figures.quantity(second)];
  }

  private route({ supply, legs }: ExplainedItinerary): string {
    const { say } = this;
    const still = supply === undefined ? say.stayOnBoard : say.lieThere;
    const route = legs.length > 0 ? say.hops(legs.map((leg) => this.hop(leg))) : still;
    return supply === undefined ? route : say.fromLot({ lot: say.lot({ id: supply }), route });
  }

  private hop(leg: ExplainedLeg): string {
    return this.say.hop({ leg: this.legName(leg), from: leg.from, to: leg.to });
  }

  private names(resources: readonly Resource[]): string {
    return this.figures.list(resources.map((each) => this.name(each)));
  }

  private name(each: Resource): string {
    if (each.resource === 'lot') return this.say.lot({ id: each.supply });
    const leg = this.legName(each);
    return each.resource === 'reeferPlugs' ? this.say.plugs({ leg }) : leg;
  }

  private legName({ service, leg, mode }: { service: string; leg?: string; mode: string }): string {
    const { say, context } = this;
    const known = modes.find((each) => each === mode);
    const vehicle = known ? `${say.modes[known]} ${service}` : say.service({ id: service });
    if (leg === undefined) return vehicle;
    return context.network === 'static' ? say.voyage({ vehicle, call: leg }) : say.leg({ vehicle, leg });
  }

  private instant(text: string): string {
    this.toldInstants = true;
    return this.figures.instant(text);
  }

  private withRemarks(sentences: readonly string[]): string[] {
    const remarks = this.context.relaxed ? [this.say.relaxed] : [];
    if (this.toldInstants) remarks.push(this.say.timeZone({ zone: timeZone }));
    return [...sentences, ...remarks];
  }
}

const capitalized = (word: string, locale: string): string => word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
