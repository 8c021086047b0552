import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/** The import table of docs/architecture.md: what each folder may import from our own code. */
const table = {
  domain: [],
  formats: ['domain'],
  planning: ['domain'],
  synthetic: ['domain'],
  cells: ['domain', 'planning'],
  replay: ['domain', 'formats', 'cells', 'streams'],
  streams: ['domain'],
  store: ['domain'],
  platform: ['domain'],
  ingest: ['domain', 'formats', 'planning', 'streams', 'store', 'platform'],
  optimizer: ['domain', 'formats', 'planning', 'cells', 'replay', 'streams', 'store', 'platform'],
  api: ['domain', 'formats', 'planning', 'streams', 'store', 'platform'],
  standalone: ['domain', 'formats', 'planning', 'cells', 'streams', 'store', 'platform', 'ingest', 'optimizer', 'api'],
  // `portolan up` is the standalone service in this very process (docs/adr/0003-one-process.md).
  cli: ['domain', 'formats', 'planning', 'synthetic', 'cells', 'replay', 'streams', 'store', 'platform', 'standalone'],
  bench: ['domain', 'formats', 'planning', 'cells', 'replay', 'streams', 'store', 'synthetic', 'optimizer'],
};

const libraries = ['domain', 'formats', 'planning', 'synthetic', 'cells', 'replay', 'streams', 'store', 'platform'];
const folderOf = (name) => (name === 'bench' ? name : `${libraries.includes(name) ? 'libs' : 'apps'}/${name}`);

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', 'examples/*/data/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  {
    files: ['{apps,libs}/*/src/**/*.ts', 'bench/src/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': Object.keys(table).map((type) => ({ type, pattern: folderOf(type) })),
      'import/resolver': {
        typescript: {
          project: ['{apps,libs}/*/tsconfig.json', 'bench/tsconfig.json'],
          conditionNames: ['@portolan/source'],
        },
      },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(table).map(([from, to]) => ({
            from: { element: { types: from } },
            allow: { to: { element: { types: { anyOf: [from, ...to] } } } },
          })),
        },
      ],
    },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Pure libraries do no I/O, read no clock and no environment.
    files: ['libs/{domain,formats,planning,synthetic}/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['node:fs*', 'node:net', 'node:http*', 'node:child_process', '@nestjs/*'] },
      ],
      'no-restricted-globals': ['error', 'process', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now' },
        { object: 'Math', property: 'random' },
      ],
    },
  },
  { files: ['**/*.{js,mjs}', 'apps/cli/**', 'bench/**'], rules: { 'no-console': 'off' } },
);
