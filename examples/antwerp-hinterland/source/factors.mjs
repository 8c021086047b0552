/** Well-to-wheel, g CO2e per tonne-km. Sources are in README.md. */
export const gramsPerTonneKm = {
  barge: 38.6,
  rail: 34.7,
  truck: 95.0,
  reeferTruck: 109.9,
  feeder: 19.8,
  deepSea: 15.5,
};
/** Average cargo of a loaded TEU in tonnes, where the weight is not known (GLEC Framework). */
const TONNES_PER_TEU = 10;
export const co2eKg = (mode, km) => Math.round((gramsPerTonneKm[mode] * TONNES_PER_TEU * km) / 100) / 10;
