import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { type SettingName, type Settings, flagOf, isSecret, settingNames, settings, variableOf } from './settings.js';

export interface ConfigSources {
  /** Arguments after the program's name. Default none. */
  readonly argv?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A YAML file that must be there. Default: the flag `--config`, then `PORTOLAN_CONFIG`, then `portolan.yaml` where there is one. */
  readonly file?: string;
}

/** One thing wrong with the configuration: where it was said, what was said, and what would be right. */
export interface ConfigFault {
  /** Such as `--port`, `PORTOLAN_PORT` or `portolan.yaml: port`. */
  readonly source: string;
  readonly value?: unknown;
  readonly message: string;
}

export type Config =
  { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** What a setting was given as, and where. */
type Given = ReadonlyMap<string, { readonly source: string; readonly value: unknown }>;
interface Read {
  readonly given: Given;
  readonly faults: readonly ConfigFault[];
}

/** The settings: flags before environment before file before defaults. Everything that is wrong is told at once. */
export function loadConfig({ argv = [], env, file }: ConfigSources): Config {
  const flags = fromFlags(argv);
  const named = file ?? asText(flags.given.get('config')?.value) ?? env['PORTOLAN_CONFIG'];
  const layers = [fromFile(named ?? 'portolan.yaml', named !== undefined), fromEnvironment(env), flags];
  const given: Given = new Map(layers.flatMap((layer) => [...layer.given]));
  const values = Object.fromEntries(
    [...given].filter(([name]) => name !== 'config').map(([name, { value }]) => [name, value]),
  );
  const parsed = settings.safeParse(values);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => {
        const name = path[0] as SettingName;
        const { source, value } = given.get(name)!;
        return { source, ...(!isSecret(name) && { value }), message };
      });
  const faults = [...layers.flatMap((layer) => layer.faults), ...wrong];
  return parsed.success && faults.length === 0 ? { ok: true, settings: parsed.data } : { ok: false, faults };
}

/** A fault as one line for people. */
export const faultLine = ({ source, value, message }: ConfigFault): string =>
  `${source}${value === undefined ? '' : ` (${typeof value === 'string' ? value : JSON.stringify(value)})`} ${message}`;

function fromEnvironment(env: ConfigSources['env']): Read {
  const given = settingNames.flatMap((name) => {
    const [source, value] = [variableOf(name), env[variableOf(name)]];
    return value === undefined || value === '' ? [] : [[name, { source, value }] as const];
  });
  return { given: new Map(given), faults: [] };
}

const flagNames = new Map<string, string>([
  ...settingNames.map((name) => [flagOf(name), name] as const),
  ['--config', 'config'],
]);

function fromFlags(argv: readonly string[]): Read {
  const given = new Map<string, { source: string; value: string }>();
  const faults: ConfigFault[] = [];
  for (let at = 0; at < argv.length; at++) {
    const [source, inline] = argv[at]!.split(/=(.*)/s, 2) as [string, string?];
    const name = flagNames.get(source);
    if (name === undefined) {
      faults.push({ source: argv[at]!, message: `is not known. There are ${[...flagNames.keys()].join(', ')}` });
      continue;
    }
    const value = inline ?? (argv[at + 1]?.startsWith('--') ? undefined : argv[++at]);
    if (value === undefined) faults.push({ source, message: 'needs a value' });
    else given.set(name, { source, value });
  }
  return { given, faults };
}

function fromFile(path: string, required: boolean): Read {
  const nothing: Given = new Map();
  const text = textOf(path);
  if (typeof text !== 'string')
    return {
      given: nothing,
      faults: required || text.code !== 'ENOENT' ? [{ source: path, message: `cannot be read (${text.code})` }] : [],
    };
  const document = parseDocument(text);
  if (document.errors.length > 0)
    return {
      given: nothing,
      faults: document.errors.map(({ message }) => ({ source: path, message: `is not YAML: ${firstLine(message)}` })),
    };
  return fromDocument(path, document.toJS() as unknown);
}

function fromDocument(path: string, document: unknown): Read {
  if (document === null || document === undefined) return { given: new Map(), faults: [] };
  if (typeof document !== 'object' || Array.isArray(document))
    return {
      given: new Map(),
      faults: [{ source: path, value: document, message: 'must be names and values, such as port: 8080' }],
    };
  const entries = Object.entries(document).map(([name, value]) => ({
    name,
    source: `${path}: ${name}`,
    value: value as unknown,
  }));
  const known = entries.filter(({ name }) => (settingNames as string[]).includes(name));
  const unknown = entries.filter((entry) => !known.includes(entry));
  const message = `is not known. There are ${settingNames.join(', ')}`;
  return {
    given: new Map(known.map(({ name, source, value }) => [name, { source, value }])),
    faults: unknown.map(({ source }) => ({ source, message })),
  };
}

function textOf(path: string): string | { readonly code: string } {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? 'unknown' };
  }
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const firstLine = (message: string): string => message.split('\n', 1)[0]!.replace(/:$/, '');
