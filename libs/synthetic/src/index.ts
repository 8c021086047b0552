export { syntheticHinterland, type SyntheticHinterland } from './synthetic-hinterland.js';
export type { HinterlandSize } from './hinterland.js';
