import { createLogger } from './logger.js';
import { nestLogger } from './nest-logger.js';

const written = (pretty: boolean) => {
  const lines: string[] = [];
  const logger = createLogger({ name: 'api', level: 'debug', pretty, to: { write: (line) => void lines.push(line) } });
  return { logger, lines };
};

describe('the log', () => {
  it('is one JSON object a line', () => {
    const { logger, lines } = written(false);
    logger.info({ cell: 'antwerp' }, 'planned');
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 30, name: 'api', cell: 'antwerp', msg: 'planned' });
  });

  it('is plain lines for people, with the trace of an error', () => {
    const { logger, lines } = written(true);
    logger.warn({ cell: 'antwerp', err: new Error('gone') }, 'planned');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} .*warn .*api: planned cell=antwerp\nError: gone\n {4}at /);
  });

  it('has the start-up messages of Nest at debug, and its errors with their cause', () => {
    const { logger, lines } = written(false);
    const nest = nestLogger(logger);
    nest.log('Mapped {/, GET}', 'RouterExplorer');
    nest.error(new Error('no'), 'ExceptionHandler');
    expect(lines.map((line) => JSON.parse(line) as { level: number; nest: string })).toMatchObject([
      { level: 20, nest: 'RouterExplorer' },
      { level: 50, err: { message: 'no' } },
    ]);
  });
});
