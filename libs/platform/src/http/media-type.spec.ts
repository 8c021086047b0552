import { ProblemError } from '../problems/problem-error.js';
import { mediaTypeOf, requireJson } from './media-type.js';

describe('a media type', () => {
  it('is taken apart, without regard to case and quotes', () =>
    expect(mediaTypeOf('Text/CSV; Header=present;charset="utf-8"')).toEqual({
      type: 'text/csv',
      parameters: { header: 'present', charset: 'utf-8' },
    }));

  it.each([undefined, '', 'json', 'a/b/c', ';', 'a /b'])('is not %p', (header) =>
    expect(mediaTypeOf(header)).toBeUndefined(),
  );

  it.each(['application/json', 'application/cloudevents+json; charset=UTF-8'])('%s is JSON', (header) =>
    expect(() => requireJson(header)).not.toThrow(),
  );

  it.each([undefined, 'text/plain', 'application/json; charset=utf-16', 'application/jsonp'])('%s is not', (header) =>
    expect(() => requireJson(header)).toThrow(ProblemError),
  );
});
