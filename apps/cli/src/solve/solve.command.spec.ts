import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../testing/run-command.js';
import { registerSolve } from './solve.command.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-solve-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, contents: string): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

const solve = (...args: string[]) => runCommand(registerSolve, 'solve', ...args);

/** Standard output is a terminal meanwhile. */
async function onTerminal<T>(work: () => Promise<T>): Promise<T> {
  const before = process.stdout.isTTY;
  process.stdout.isTTY = true;
  try {
    return await work();
  } finally {
    process.stdout.isTTY = before;
  }
}

const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;

const problem = file(
  'problem.json',
  JSON.stringify({
    format: 'portolan.problem/1',
    name: 'test',
    locations: [{ id: 'A' }, { id: 'B' }],
    services: [
      {
        id: 'BARGE',
        legs: [{ id: '1', from: 'A', to: 'B', departs: at(10), arrives: at(20), capacity: 10, cost: 40 }],
      },
      { id: 'TRUCK', onDemand: { from: 'A', to: 'B', duration: 'PT3H', cost: 100 } },
    ],
    demands: [{ id: 'D', from: 'A', to: 'B', quantity: 12, available: at(0) }],
  }),
);

const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { line: number; objective?: number; errors?: unknown[] });

describe('portolan solve', () => {
  it('prints the plan and nothing else', async () => {
    const { out, code } = await solve(problem);
    expect([code, JSON.parse(out).objective.total]).toEqual([0, 600]);
  });

  it('re-optimizes after each line of changes, one line of result each, and writes the last plan', async () => {
    const changes = file(
      'changes.jsonl',
      [
        '{"change":"leg","service":"BARGE","leg":"1","capacity":5}',
        '',
        '[{"change":"leg","service":"TRUCK","cost":90},{"change":"leg","service":"BARGE","leg":"1","capacity":12}]',
      ].join('\n'),
    );
    const path = join(folder, 'last.json');
    const { out, code } = await solve(problem, '--apply', changes, '--out', path);
    expect(code).toBe(0);
    expect(lines(out)).toMatchObject([
      { line: 1, objective: 5 * 40 + 7 * 100, certificate: { dualBound: 900, gap: 0 } },
      { line: 3, objective: 480 },
    ]);
    expect(JSON.parse(readFileSync(path, 'utf8')).objective.total).toBe(480);
  });

  it('leaves the plan alone where a line is wrong, says what is, goes on, and ends with 1', async () => {
    const changes = file(
      'wrong.jsonl',
      [
        '{"change":"leg","service":"BARGE","leg":"7","capacity":5}',
        'nonsense',
        '[{"change":"demand-removed","id":"D"},{"change":"service-removed","id":"FERRY"}]',
        '{"change":"demand","demand":{"id":"E","from":"A","to":"A","quantity":-1,"available":"2026-03-02T00:00:00Z"}}',
        '{"change":"demand-removed","id":"D"}',
      ].join('\n'),
    );
    const { out, code, told } = await solve(problem, '--apply', changes);
    expect([code, told]).toEqual([1, '4 lines were wrong and changed nothing']);
    expect(lines(out)).toMatchObject([
      { line: 1, errors: [{ pointer: '/leg', value: '7', message: 'is not the id of a leg of BARGE' }] },
      { line: 2, errors: [{ message: expect.stringContaining('is not JSON') }] },
      { line: 3, errors: [{ pointer: '/1/id', value: 'FERRY' }] },
      { line: 4, errors: [{ pointer: '/demand/quantity', value: -1 }] },
      { line: 5, objective: 0 },
    ]);
  });

  it('explains a shipment, as JSON where that is not read by people', async () => {
    const { out, code } = await solve(problem, '--explain', 'D', '--lang', 'de');
    const { language, words, explanation } = JSON.parse(out);
    expect([code, language]).toEqual([0, 'de']);
    expect(explanation.flows[0]).toMatchObject({ quantity: 10, binding: [{ range: { from: 0, to: 12 } }] });
    expect(words.join(' ')).toContain('BARGE, Abschnitt 1 (10 von 10');
  });

  it.each([
    ['en', 'Full: service BARGE, leg 1 (10 of 10\u00a0TEU).'],
    ['nl', 'Vol: dienst BARGE, traject 1 (10 van 10\u00a0TEU).'],
    ['fr', 'Complet : service BARGE, tronçon 1 (10 sur 10\u00a0TEU).'],
  ])('explains it on a terminal in words (%s), and writes the plan to a file', async (language, sentence) => {
    const path = join(folder, `explained-${language}.json`);
    const asked = [problem, '--explain', 'D', '--lang', language];
    const { out, code } = await onTerminal(() => solve(...asked, '--out', path));
    expect(code).toBe(0);
    expect(out.split('\n')).toContain(sentence);
    expect(JSON.parse(readFileSync(path, 'utf8')).objective.total).toBe(600);
    const json = await onTerminal(() => solve(...asked, '--json'));
    expect(out.trim().split('\n')).toEqual(JSON.parse(json.out).words);
  });

  it('says which shipments and languages there are, and that it explains one plan', async () => {
    expect(await solve(problem, '--explain', 'F')).toEqual({
      out: '',
      code: 2,
      told: '--explain F is not the id of a demand; there are D',
      noted: '',
    });
    expect(await solve(problem, '--explain', 'D', '--lang', 'es')).toMatchObject({
      code: 2,
      told: expect.stringContaining('Allowed choices are en, nl, fr, de.'),
    });
    expect(await solve(problem, '--explain', 'D', '--apply', file('empty.jsonl', ''))).toMatchObject({
      code: 2,
      told: expect.stringContaining('only one of --explain and --apply'),
    });
  });

  it('says what it cannot read', async () => {
    expect(await solve(problem, '--apply', join(folder, 'none.jsonl'))).toMatchObject({
      code: 2,
      told: expect.stringContaining('there is no such file'),
    });
    expect((await solve('-', '--apply', '-')).code).toBe(2);
  });
});
