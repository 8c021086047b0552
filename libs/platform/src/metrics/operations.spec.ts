import { type SettingName, settingNames, settings, variableOf } from '../configuration/settings.js';
import { filesBelow, tableRows, textOf, yamlIn } from '../testing/repository.js';
import { Metrics } from './metrics.js';

interface Registered {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labelNames: readonly string[];
}

const page = textOf('docs/operations.md');
const registered = (metrics: Metrics) => metrics.registry.getMetricsAsArray() as unknown as readonly Registered[];
const rowsNamed = (is: (name: string) => boolean) => tableRows(page).filter(([name]) => is(name!));

/** Alerts, by name. */
const alerts = yamlIn<{ groups: { rules: { alert: string; expr: string; labels: { severity: string } }[] }[] }>(
  'deploy/prometheus/alerts.yml',
)[0]!.groups.flatMap(({ rules }) => rules);

describe('docs/operations.md', () => {
  it('lists every metric with its kind, labels and meaning, as the registry has them', () => {
    const expected = registered(new Metrics()).map(({ name, type, labelNames, help }) => [
      name,
      type,
      labelNames.join(', '),
      help,
    ]);
    expect(rowsNamed((name) => name.startsWith('portolan_'))).toEqual(expected.sort(([a], [b]) => (a! < b! ? -1 : 1)));
  });

  it('lists every setting with its default and meaning', () => {
    const defaults = settings.parse({}) as Readonly<Record<SettingName, unknown>>;
    const expected = settingNames.map((name) => [
      variableOf(name),
      [defaults[name] ?? ''].flat().join(','),
      settings.shape[name].meta()!.description!,
    ]);
    expect(rowsNamed((name) => name.startsWith('PORTOLAN_'))).toEqual(expected);
  });

  it('says of every alert what it means and what to do', () => {
    const described = rowsNamed((name) => /^Portolan[A-Z]/.test(name));
    expect(described.map(([name, severity]) => [name, severity])).toEqual(
      alerts.map(({ alert, labels }) => [alert, labels.severity]),
    );
    for (const [, , meaning, what] of described) expect(Math.min(meaning!.length, what!.length)).toBeGreaterThan(15);
  });
});

describe('alerts and dashboards', () => {
  /** Series that Prometheus has of a metric. */
  const series = ({ name, type }: Registered) =>
    type === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name];
  const known = new Set(registered(new Metrics().watchProcess()).flatMap(series));

  it.each(filesBelow('deploy').filter((path) => /alerts\.yml$|dashboards\/.*\.json$/.test(path)))(
    '%s names only metrics that there are',
    (path) => {
      const named = new Set(textOf(path).match(/\b(portolan|process|nodejs)_[a-z0-9_]+/g));
      expect(named.size).toBeGreaterThan(5);
      expect([...named].filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it('ask for labels that the metrics have', () => {
    const labels = new Map(
      registered(new Metrics()).flatMap((each) => series(each).map((name) => [name, each] as const)),
    );
    for (const path of filesBelow('deploy'))
      for (const [, name, selector] of textOf(path).matchAll(/(portolan_[a-z_]+)\{([^}]*)\}/g))
        for (const [, label] of selector!.matchAll(/([a-z]+)(?:=~|!~|!=|=)/g))
          expect([path, name, ...labels.get(name!)!.labelNames]).toContain(label);
  });

  it('of Grafana use the data source that is provisioned, and no two panels share a number or a place', () => {
    const [source] = yamlIn<{ datasources: { uid: string }[] }>(
      'deploy/grafana/provisioning/datasources/prometheus.yml',
    );
    interface Panel {
      readonly id: number;
      readonly gridPos: { x: number; y: number; w: number; h: number };
      readonly datasource?: { uid: string };
    }
    for (const path of filesBelow('deploy/grafana/dashboards')) {
      const { panels } = JSON.parse(textOf(path)) as { panels: Panel[] };
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      const used = new Set(panels.flatMap(({ datasource }) => datasource?.uid ?? []));
      expect(used).toEqual(new Set(source!.datasources.map(({ uid }) => uid)));
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, i) => `${x + (i % w)}/${y + Math.floor(i / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
    }
  });
});
