import type { Comparison } from '../comparison/document.js';
export const htmlReport = (comparison: Comparison): string => JSON.stringify(comparison);
