import { type Problem, type ResourceKey, stepKey } from '@portolan/domain';

/** How much there is of each resource. */
export function capacitiesOf({ legByKey, supplyById }: Problem): Map<ResourceKey, number> {
  const capacities = new Map<ResourceKey, number>();
  for (const leg of legByKey.values()) {
    const key = leg.kind === 'scheduled' ? stepKey({ service: leg.service, leg: leg.leg }) : leg.service;
    capacities.set(`leg:${key}`, leg.capacity);
    capacities.set(`plugs:${key}`, leg.plugs);
  }
  for (const { id, quantity } of supplyById.values()) capacities.set(`lot:${id}`, quantity);
  return capacities;
}
