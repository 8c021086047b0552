import {
  type Fault,
  type LegChange,
  type PlanChange,
  type ProblemCurrent,
  type ProblemDemand,
  type ProblemDocument,
  type ProblemLocation,
  type ProblemService,
  type ProblemSupply,
  checkDocument,
} from '@portolan/domain';

/** Ids that changes have touched: entries put or changed, and entries removed. */
export interface Touched {
  readonly demands: Set<string>;
  readonly supplies: Set<string>;
  readonly services: Set<string>;
  readonly locations: Set<string>;
  /** Demands whose entries of `current` changed. */
  readonly current: Set<string>;
  parameters: boolean;
}

type Kept = Omit<ProblemCurrent, 'demand'>;

/** The entries of a problem document by id, changed all or nothing: a change that would make the problem invalid leaves no trace. */
export class Entries {
  readonly demands: Map<string, ProblemDemand>;
  readonly supplies: Map<string, ProblemSupply>;
  readonly services: Map<string, ProblemService>;
  readonly locations: Map<string, ProblemLocation>;
  readonly current = new Map<string, Kept[]>();
  parameters: NonNullable<ProblemDocument['parameters']>;
  private readonly frame: Pick<ProblemDocument, 'format' | 'name' | 'currency' | 'unit'>;
  private readonly isStatic: boolean;

  constructor(document: ProblemDocument) {
    const { demands, supplies = [], services, locations, current = [], parameters = {}, ...frame } = document;
    this.frame = frame;
    this.parameters = parameters;
    this.demands = new Map(demands.map((demand) => [demand.id, demand]));
    this.supplies = new Map(supplies.map((supply) => [supply.id, supply]));
    this.services = new Map(services.map((service) => [service.id, service]));
    this.locations = new Map(locations.map((location) => [location.id, location]));
    for (const { demand, ...kept } of current) this.current.set(demand, [...(this.current.get(demand) ?? []), kept]);
    this.isStatic = services.some(({ rotation }) => rotation !== undefined);
  }

  /** The problem as a document; lists in the order in which their entries came. */
  document(): ProblemDocument {
    return {
      ...this.frame,
      ...(Object.keys(this.parameters).length > 0 && { parameters: this.parameters }),
      locations: [...this.locations.values()],
      services: [...this.services.values()],
      ...(this.supplies.size > 0 && { supplies: [...this.supplies.values()] }),
      demands: [...this.demands.values()],
      ...(this.current.size > 0 && {
        current: [...this.current].flatMap(([demand, kept]) => kept.map((entry) => ({ demand, ...entry }))),
      }),
    };
  }

  /** Makes the changes, or none of them and says everything that is wrong. */
  change(changes: readonly PlanChange[]): { touched: Touched } | { faults: Fault[] } {
    const touched: Touched = {
      demands: new Set(),
      supplies: new Set(),
      services: new Set(),
      locations: new Set(),
      current: new Set(),
      parameters: false,
    };
    const undo: (() => void)[] = [];
    const faults = changes.flatMap((change, index) =>
      this.stage(change, touched, undo).map((fault) => ({ ...fault, pointer: `/${index}${fault.pointer}` })),
    );
    if (faults.length === 0) faults.push(...this.check(touched));
    if (faults.length === 0) return { touched };
    for (const restore of undo.reverse()) restore();
    return { faults };
  }

  private stage(change: PlanChange, touched: Touched, undo: (() => void)[]): Fault[] {
    switch (change.change) {
      case 'demand':
        return this.put(this.demands, change.demand, touched.demands, undo);
      case 'supply':
        return this.put(this.supplies, change.supply, touched.supplies, undo);
      case 'service':
        return this.put(this.services, change.service, touched.services, undo);
      case 'location':
        return this.put(this.locations, change.location, touched.locations, undo);
      case 'demand-removed':
        this.replaceCurrent(change.id, [], touched, undo);
        return this.remove(this.demands, change.id, touched.demands, undo, 'demand');
      case 'supply-removed':
        return this.remove(this.supplies, change.id, touched.supplies, undo, 'supply');
      case 'service-removed':
        return this.remove(this.services, change.id, touched.services, undo, 'service');
      case 'location-removed':
        return this.remove(this.locations, change.id, touched.locations, undo, 'location');
      case 'leg':
        return this.changeLeg(change, touched, undo);
      case 'parameters': {
        const before = this.parameters;
        undo.push(() => (this.parameters = before));
        this.parameters = { ...before, ...change.parameters };
        touched.parameters = true;
        return [];
      }
      case 'current':
        this.replaceCurrent(change.demand, change.current, touched, undo);
        return [];
    }
  }

  private put<Entry extends { id: string }>(
    entries: Map<string, Entry>,
    entry: Entry,
    touched: Set<string>,
    undo: (() => void)[],
  ): [] {
    const before = entries.get(entry.id);
    undo.push(() => (before ? entries.set(entry.id, before) : entries.delete(entry.id)));
    entries.set(entry.id, entry);
    touched.add(entry.id);
    return [];
  }

  private remove<Entry>(
    entries: Map<string, Entry>,
    id: string,
    touched: Set<string>,
    undo: (() => void)[],
    what: string,
  ): Fault[] {
    const before = entries.get(id);
    if (!before) return [{ pointer: '/id', value: id, message: `is not the id of a ${what}` }];
    undo.push(() => entries.set(id, before));
    entries.delete(id);
    touched.add(id);
    return [];
  }

  private replaceCurrent(demand: string, kept: readonly Kept[], touched: Touched, undo: (() => void)[]): void {
    const before = this.current.get(demand);
    undo.push(() => (before ? this.current.set(demand, before) : this.current.delete(demand)));
    if (kept.length > 0) this.current.set(demand, [...kept]);
    else this.current.delete(demand);
    touched.current.add(demand);
  }

  private changeLeg(change: LegChange, touched: Touched, undo: (() => void)[]): Fault[] {
    const { change: _, service: id, leg: legId, ...fields } = change;
    const service = this.services.get(id);
    if (!service) return [{ pointer: '/service', value: id, message: 'is not the id of a service' }];
    if (legId === undefined) {
      if (!service.onDemand) return [{ pointer: '/leg', message: `is required: ${id} is not a service on demand` }];
      return this.put(
        this.services,
        { ...service, onDemand: { ...service.onDemand, ...fields } },
        touched.services,
        undo,
      );
    }
    if (!service.legs?.some((leg) => leg.id === legId))
      return [{ pointer: '/leg', value: legId, message: `is not the id of a leg of ${id}` }];
    const legs = service.legs.map((leg) => (leg.id === legId ? { ...leg, ...fields } : leg));
    return this.put(this.services, { ...service, legs }, touched.services, undo);
  }

  /** What the entries touched, and those that refer to them, break now. Static problems are small: all of them is checked. */
  private check(touched: Touched): Fault[] {
    if (this.isStatic) return checkDocument(this.document());
    return [
      ...[...touched.locations].flatMap((id) => this.checkLocation(id)),
      ...[...touched.services].flatMap((id) => this.checkService(id)),
      ...[...touched.supplies].flatMap((id) => this.checkSupply(id)),
      ...[...touched.demands].flatMap((id) => this.checkDemand(id)),
      ...[...touched.current].flatMap((id) => this.checkEntries({ current: this.currentOf(id) }, `current of ${id}`)),
    ];
  }

  private checkLocation(id: string): Fault[] {
    const location = this.locations.get(id);
    if (location) return this.checkEntries({ locations: [location] }, `location ${id}`);
    const users = [
      ...[...this.services.values()].filter(({ legs = [], onDemand }) =>
        [...legs, ...(onDemand ? [onDemand] : [])].some(({ from, to }) => from === id || to === id),
      ),
      ...[...this.demands.values()].filter(({ from, to }) => from === id || to === id),
      ...[...this.supplies.values()].filter(({ location: at }) => at === id),
    ];
    return users.slice(0, 5).map((user) => ({
      pointer: '',
      value: id,
      message: `cannot be removed: ${user.id} still refers to location ${id}`,
    }));
  }

  private checkService(id: string): Fault[] {
    const service = this.services.get(id);
    const goods = [...this.demands.values()].filter(({ onBoard }) => onBoard?.service === id);
    const gone = goods.flatMap((demand) => this.checkDemand(demand.id));
    if (!service) return gone;
    if (service.rotation)
      return [{ pointer: '/service/rotation', value: id, message: 'a rotation cannot join a problem with times' }];
    const ends = [...(service.legs ?? []), ...(service.onDemand ? [service.onDemand] : [])];
    const locations = this.known(ends.flatMap(({ from, to }) => [from, to]));
    return [...this.checkEntries({ services: [service], locations }, `service ${id}`), ...gone];
  }

  private checkSupply(id: string): Fault[] {
    const supply = this.supplies.get(id);
    if (!supply) return [];
    const faults = this.checkEntries({ supplies: [supply], locations: this.known([supply.location]) }, `supply ${id}`);
    if (supply.available !== undefined) return faults;
    const waiting = [...this.demands.values()].filter(
      ({ product, available }) => product === supply.product && available === undefined,
    );
    return [
      ...faults,
      ...waiting.map((demand) => ({
        pointer: '/supply/available',
        message: `is required, since demand ${demand.id} for ${supply.product} has none either`,
      })),
    ];
  }

  private checkDemand(id: string): Fault[] {
    const demand = this.demands.get(id);
    if (!demand) return [];
    const { from, to, product, onBoard } = demand;
    const service = onBoard && this.services.get(onBoard.service);
    const supplies =
      product === undefined || demand.available !== undefined
        ? []
        : [...this.supplies.values()].filter((supply) => supply.product === product);
    const locations = this.known([...(from === undefined ? [] : [from]), to]);
    const parts = { demands: [demand], locations, services: service ? [service] : [], supplies };
    return this.checkEntries(parts, `demand ${id}`, '/demands/0');
  }

  private currentOf(demand: string): ProblemCurrent[] {
    return (this.current.get(demand) ?? []).map((kept) => ({ demand, ...kept }));
  }

  private known(ids: readonly string[]): ProblemLocation[] {
    return [...new Set(ids)].flatMap((id) => this.locations.get(id) ?? []);
  }

  /** Faults of a few entries by themselves; `only` leaves out those of entries that are there to be referred to. */
  private checkEntries(parts: Partial<ProblemDocument>, name: string, only = ''): Fault[] {
    const empty = { format: 'portolan.problem/1' as const, locations: [], services: [], demands: [] };
    return checkDocument({ ...empty, ...parts })
      .filter(({ pointer }) => pointer.startsWith(only))
      .map((fault) => ({
        ...fault,
        pointer: fault.pointer.replace(/^\/\w+\/0/, ''),
        message: `${fault.message} (${name})`,
      }));
  }
}
