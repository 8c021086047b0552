import { readFileSync } from 'node:fs';

const { exclude: _specs, ...swcrc } = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));

/** Settings every package's Jest shares: ES modules, our packages from their sources, no servers unless asked. */
export default (tier = process.env.PORTOLAN_TEST_TIER ?? 'unit') => ({
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@portolan/source', 'node', 'node-addons'] },
  roots: ['<rootDir>/src'],
  testMatch: tier === 'int' ? ['**/*.int.spec.ts'] : ['**/*.spec.ts'],
  testPathIgnorePatterns: tier === 'int' ? [] : ['\\.int\\.spec\\.ts$'],
  testTimeout: tier === 'int' ? 60_000 : 20_000,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swcrc, swcrc: false }] },
});
