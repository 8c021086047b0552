import { filesBelow, isThere, textOf, yamlIn } from '../testing/repository.js';
import { loadConfig, faultLine } from './load-config.js';

interface Compose {
  readonly services: Record<
    string,
    {
      readonly image: string;
      readonly command?: readonly string[];
      readonly environment?: Record<string, string>;
      readonly ports?: readonly string[];
      readonly volumes?: readonly string[];
    }
  >;
}

const SERVICES = ['ingest', 'optimizer', 'api'];

/** What is wrong with settings that a deployment gives; variables of others are passed over. */
const faultsOf = (env: Record<string, string>): string[] => {
  const config = loadConfig({ env });
  const known = new Set(textOf('docs/operations.md').match(/PORTOLAN_[A-Z_]+/g));
  const unknown = Object.keys(env).filter((name) => name.startsWith('PORTOLAN_') && !known.has(name));
  return [...unknown.map((name) => `${name} is not known`), ...(config.ok ? [] : config.faults.map(faultLine))];
};

const entryPoint = (command: readonly string[]): string =>
  command.at(-1)!.replace('/dist/', '/src/').replace('.js', '.ts');

describe('docker-compose.yml', () => {
  const [compose] = yamlIn<Compose>('docker-compose.yml');
  const services = Object.entries(compose!.services);

  it('gives every service settings that there are, and starts what there is', () => {
    for (const name of SERVICES) {
      const { environment = {}, command = [] } = compose!.services[name]!;
      expect(faultsOf({ ...environment, PORTOLAN_OTLP_ENDPOINT: 'http://jaeger:4318' })).toEqual([]);
      expect(isThere(entryPoint(command))).toBe(true);
    }
  });

  it('opens ports on this machine only, pins images, and mounts folders that there are', () => {
    for (const [name, { ports = [], image, volumes = [] }] of services) {
      for (const port of ports) expect([name, port]).toEqual([name, expect.stringMatching(/^127\.0\.0\.1:\d+:\d+$/)]);
      if (!SERVICES.includes(name)) expect(image).toMatch(/:v?\d+[\w.-]*$/);
      for (const [source] of volumes.map((volume) => volume.split(':')))
        if (source!.startsWith('.')) expect([source, isThere(source!)]).toEqual([source, true]);
    }
  });
});

describe('the image', () => {
  it('is built in stages, runs as nobody with rights, and is asked for its health', () => {
    const text = textOf('Dockerfile');
    expect(text.match(/^FROM /gm)).toHaveLength(2);
    expect(text).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(text).toContain('/health/ready');
    expect(text.lastIndexOf('USER')).toBeGreaterThan(text.lastIndexOf('\nRUN'));
  });
});

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Record<string, unknown>;
}
interface Container {
  readonly image: string;
  readonly command: readonly string[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom: readonly Record<string, { readonly name: string }>[];
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly startupProbe: Probe;
}
type Probe = { readonly httpGet: { readonly path: string; readonly port: string } };

describe('deploy/kubernetes', () => {
  const folder = 'deploy/kubernetes';
  interface Kustomization {
    readonly resources: readonly string[];
    readonly images: readonly { readonly name: string }[];
    readonly configMapGenerator: readonly { readonly name: string; readonly literals: readonly string[] }[];
  }
  const [kustomization] = yamlIn<Kustomization>(`${folder}/kustomization.yaml`);
  const manifests = kustomization!.resources.flatMap((file) => yamlIn<Manifest>(`${folder}/${file}`));
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
  const containerOf = ({ spec }: Manifest) =>
    (spec as { template: { spec: { containers: [Container] } } }).template.spec.containers[0];

  it('uses all of its files', () => {
    const used = [
      ...kustomization!.resources,
      'kustomization.yaml',
      'keda/kustomization.yaml',
      'keda/scaled-object.yaml',
    ];
    expect(filesBelow(folder)).toEqual(used.map((file) => `${folder}/${file}`).sort());
  });

  it('runs the three services, from the image, with settings that there are', () => {
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(SERVICES);
    const [map] = kustomization!.configMapGenerator;
    const settings = Object.fromEntries(map!.literals.map((literal) => literal.split(/=(.*)/s, 2) as [string, string]));
    expect(faultsOf({ ...settings, PORTOLAN_REDIS_URL: 'rediss://:secret@redis:6379' })).toEqual([]);
    for (const deployment of deployments) {
      const { image, command, ports, envFrom, env } = containerOf(deployment);
      expect([image, isThere(entryPoint(command))]).toEqual([kustomization!.images[0]!.name, true]);
      expect(ports).toEqual([{ name: 'http', containerPort: Number(settings['PORTOLAN_PORT']) }]);
      expect(envFrom).toEqual([{ configMapRef: { name: map!.name } }, { secretRef: { name: 'portolan' } }]);
      expect(env).toEqual([{ name: 'OTEL_SERVICE_NAME', value: `portolan-${deployment.metadata.name}` }]);
    }
  });

  it('asks every service for its health, bounds what it takes, and gives it no rights', () => {
    for (const deployment of deployments) {
      const { livenessProbe, readinessProbe, startupProbe, resources, securityContext } = containerOf(deployment);
      const paths = [startupProbe, livenessProbe, readinessProbe].map(
        ({ httpGet: { path, port } }) => `${port} ${path}`,
      );
      expect(paths).toEqual(['http /health/live', 'http /health/live', 'http /health/ready']);
      expect(resources).toEqual({
        requests: { cpu: expect.anything(), memory: expect.anything() },
        limits: { memory: expect.anything() },
      });
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('selects with budgets, services and scalers what there is', () => {
    const labels = new Map(
      deployments.map(({ metadata, spec }) => [
        metadata.name,
        (spec as { template: { metadata: { labels: object } } }).template.metadata.labels,
      ]),
    );
    const budgets = manifests.filter(({ kind }) => kind === 'PodDisruptionBudget');
    expect(budgets.map(({ metadata }) => metadata.name)).toEqual(SERVICES);
    for (const { metadata, spec } of budgets)
      expect(spec['selector']).toEqual({ matchLabels: labels.get(metadata.name) });
    for (const { metadata, spec } of manifests.filter(({ kind }) => kind === 'Service'))
      expect(spec['selector']).toEqual(labels.get(metadata.name));
    const [scaled] = yamlIn<Manifest>(`${folder}/keda/scaled-object.yaml`);
    const scalers = manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    for (const { spec } of [...scalers, scaled!])
      expect(SERVICES).toContain((spec['scaleTargetRef'] as { name: string }).name);
  });

  it('scales optimizers by the group and the topic that they read', () => {
    const [scaled] = yamlIn<Manifest>(`${folder}/keda/scaled-object.yaml`);
    const [{ metadata }] = scaled!.spec['triggers'] as [{ metadata: Record<string, string> }];
    const source = textOf('apps/optimizer/src/optimizer.controller.ts');
    expect(source).toContain(`group: '${metadata['consumerGroup']}'`);
    expect(textOf('libs/streams/src/log.ts')).toContain(`'${metadata['topic']}'`);
  });
});
