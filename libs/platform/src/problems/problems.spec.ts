import { readFileSync } from 'node:fs';
import { HttpException } from '@nestjs/common';
import { ProblemError, problemDocument } from './problem-error.js';
import { problemOf } from './problem-of.js';
import { isProblemCode, problems } from './problems.js';

const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');

describe('the registry of problems', () => {
  it('is what docs/errors.md says', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` *\| (\d+) *\| (yes|no) *\| (.*?) *\|/gm)].map(
      ([, code, status, again, title]) => [code, { status: Number(status), title, retriable: again === 'yes' }],
    );
    expect(Object.fromEntries(rows)).toEqual(problems);
  });

  it('does not take names of Object for codes', () => expect(isProblemCode('constructor')).toBe(false));
});

describe('a problem', () => {
  it.each([400, 404, 405, 408, 413, 414, 415, 422, 429, 431, 503])('keeps the status %d of Nest', (status) =>
    expect(problemOf(new HttpException('so', status)).status).toBe(status),
  );

  it.each([undefined, null, 'text', { statusCode: 500 }, new TypeError('x is undefined')])(
    'of ours is internal (%p)',
    (thrown) => {
      const problem = problemOf(thrown);
      expect([problem.code, problem.detail]).toEqual(['internal', 'It was written to the log.']);
    },
  );

  it('shows long values by their beginning, and says how many errors it left out', () => {
    const errors = Array.from({ length: 120 }, (_, index) => ({
      pointer: `/${index}`,
      value: 'x'.repeat(1000),
      message: 'no',
    }));
    const document = problemDocument(new ProblemError('validation', 'many', { errors }));
    expect(document).toMatchObject({ errorsOmitted: 20 });
    expect(JSON.stringify(document).length).toBeLessThan(40_000);
  });
});
