import type { Step } from '../events/decision.js';

export interface ProblemDocument {
  format: 'portolan.problem/1';
  name?: string;
  currency?: string;
  unit?: string;
  parameters?: { co2PricePerTonne?: number; changePenaltyPerUnit?: number; maxLegs?: number };
  locations: ProblemLocation[];
  services: ProblemService[];
  supplies?: ProblemSupply[];
  demands: ProblemDemand[];
  current?: { demand: string; supply?: string; itinerary: Step[]; quantity: number }[];
}

export interface ProblemLocation {
  id: string;
  name?: string;
  position?: { lat: number; lon: number };
  handling?: { load?: number; unload?: number; transfer?: number };
  handlingTime?: { load?: string; unload?: string; transfer?: string };
  storage?: { costPerUnitDay?: number; freeTime?: string };
  spoilageFactor?: number;
  closures?: { from: string; to: string }[];
}

interface Terms {
  cost?: number;
  co2eKg?: number;
  reeferPlugs?: number;
  spoilageFactor?: number;
}

export interface ProblemLeg extends Terms {
  id: string;
  from: string;
  to: string;
  departs: string;
  arrives: string;
  capacity: number;
}

export interface ProblemService {
  id: string;
  mode?: string;
  operator?: string;
  legs?: ProblemLeg[];
  onDemand?: Terms & { from: string; to: string; duration: string; capacity?: number };
}

export interface ProblemSupply {
  id: string;
  product: string;
  location: string;
  quantity: number;
  available?: string;
  unitCost?: number;
  expires?: string;
}

export interface ProblemDemand {
  id: string;
  from?: string;
  product?: string;
  onBoard?: { service: string; leg: string };
  to: string;
  quantity: number;
  available?: string;
  due?: string;
  latest?: string;
  latePerUnitHour?: number;
  revenue?: number;
  unservedPenalty?: number;
  spoilagePerUnitHour?: number;
  minShelfLife?: string;
  reefer?: boolean;
  unitSize?: number;
}
