// Adds to package-lock.json the optional packages of other platforms that the registry here does not serve, so that `npm ci` accepts the lock
// file on every platform. Run in the project root after each `npm install`. Tried: `npm ci` fails without it and passes with it.
import { readFileSync, writeFileSync } from 'node:fs';
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const have = lock.packages,
  OS = [
    'darwin',
    'win32',
    'linux',
    'freebsd',
    'android',
    'openharmony',
    'openbsd',
    'netbsd',
    'sunos',
    'aix',
    'openharmony',
    'linuxmusl',
  ],
  CPU = {
    arm64: 'arm64',
    aarch64: 'arm64',
    x64: 'x64',
    ia32: 'ia32',
    arm: 'arm',
    ppc64: 'ppc64',
    s390x: 's390x',
    riscv64: 'riscv64',
    loong64: 'loong64',
    mips64el: 'mips64el',
  };
let n = 0;
for (const [path, p] of Object.entries({ ...have }))
  for (const [name, version] of Object.entries(p.optionalDependencies ?? {})) {
    if (have[`${path}/node_modules/${name}`] || have[`node_modules/${name}`]) continue;
    if (!/^\d/.test(version)) {
      console.log('range, skipped:', path, name, version);
      continue;
    }
    const parts = name.split(/[-/]/);
    const os = parts.find((x) => OS.includes(x));
    const cpu = parts.map((x) => CPU[x]).find(Boolean);
    have[`node_modules/${name}`] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(p.dev && { dev: true }),
      optional: true,
      ...(os && { os: [os === 'linuxmusl' ? 'linux' : os] }),
    };
    n++;
  }
lock.packages = Object.fromEntries(Object.entries(have).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', JSON.stringify(lock, null, 2) + '\n');
console.log('added', n);
