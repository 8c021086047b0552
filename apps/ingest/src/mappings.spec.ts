import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeEvent, encodeMapping, parseMapping, readMessage } from '@portolan/formats';
import { topics } from '@portolan/streams';
import { loadMappings } from './mappings.js';
import { NOW, type Service, startService } from './testing/service.js';

const yaml = (name: string, due = 'Gewenst') => `format: portolan.mapping/1
name: ${name}
kind: orders
table: { decimal: ",", dates: dd/MM/yyyy, timeZone: Europe/Brussels }
fields: { id: Dossier, from: Van, to: Naar, quantity: Aantal, available: Klaar, due: ${due} }
`;
const table = 'Dossier;Van;Naar;Aantal;Klaar;Gewenst\nD-1;BEANR;BELGG;2,5;03/03/2026;05/03/2026\n';
const csv = { 'content-type': 'text/csv' };
const folder = mkdtempSync(join(tmpdir(), 'portolan-mappings-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('ingest with a folder of mappings', () => {
  let service: Service;
  beforeAll(async () => {
    writeFileSync(join(folder, 'dossiers.yaml'), yaml('dossiers'));
    writeFileSync(join(folder, 'README.md'), 'no mapping');
    service = await startService({ mappings: loadMappings(folder) });
  });
  afterAll(() => service.close());

  it.each([
    ['named as its format', '/v1/messages?format=dossiers', 'D-1'],
    ['that has its columns', '/v1/messages', 'D-2'],
  ])('reads a table %s, and finds how again beside the bytes', async (_, path, id) => {
    const body = table.replace('D-1', id);
    expect(await service.post(path, body, csv)).toMatchObject({ status: 202, json: { accepted: [{ index: 0 }] } });
    const [inbox] = (await service.records(topics.inbox)).slice(-1);
    const [event] = (await service.records(topics.events)).slice(-1);
    expect(inbox!.headers).toMatchObject({ format: 'dossiers', 'content-type': 'text/csv' });
    const mapping = parseMapping(inbox!.headers.mapping!);
    const again = readMessage(
      { body: inbox!.value, mapping: mapping.ok ? mapping.value : undefined },
      { received: NOW },
    );
    const decoded = decodeEvent(event!);
    const [item] = 'items' in again ? again.items : [];
    expect(item?.ok && item.events[0]).toMatchObject({
      id: event!.headers.ce_id,
      data: decoded.ok && decoded.value.data,
    });
    expect(decoded.ok && decoded.value).toMatchObject({
      subject: id,
      data: { quantity: 2.5, due: '2026-03-04T23:00:00Z' },
    });
  });

  it('reads a table by the mapping that its sender gives', async () => {
    const mapping = parseMapping(yaml('own', '{ constant: 2026-03-09T00:00:00Z }'));
    const header = mapping.ok ? encodeMapping(mapping.value) : '';
    const answer = await service.post('/v1/messages', table, { ...csv, 'x-portolan-mapping': header });
    expect(answer).toMatchObject({ status: 202, json: { accepted: [{ index: 0 }] } });
    const [event] = (await service.records(topics.events)).slice(-1);
    expect(event!.headers).toMatchObject({ ce_source: '/tables/own' });
  });

  it('tells what is wrong with a mapping that a sender gives', async () => {
    const header = Buffer.from('format: portolan.mapping/1\nname: a\nkind: order\nfields: {}').toString('base64url');
    expect(await service.post('/v1/messages', table, { ...csv, 'x-portolan-mapping': header })).toMatchObject({
      status: 400,
      json: {
        errors: [{ pointer: '/mapping/kind', message: expect.stringContaining('line 3: must be one of') as string }],
      },
    });
  });

  it('names the mappings among the formats there are', async () => {
    const answer = await service.post('/v1/messages?format=dossier', table, csv);
    expect(answer).toMatchObject({ status: 400, json: { detail: expect.stringContaining('dossiers') as string } });
  });
});

describe('a folder of mappings', () => {
  it('that is not right is told file by file', () => {
    const wrong = mkdtempSync(join(tmpdir(), 'portolan-mappings-'));
    writeFileSync(join(wrong, 'a.yaml'), 'format: portolan.mapping/2');
    writeFileSync(join(wrong, 'b.yaml'), yaml('csv'));
    writeFileSync(join(wrong, 'c.yml'), yaml('twice'));
    writeFileSync(join(wrong, 'd.json'), yaml('twice'));
    expect(() => loadMappings(wrong)).toThrow(
      /a\.yaml: \/format line 1: must be portolan\.mapping\/1[^]*csv is the name of a standard[^]*twice is the name of two mappings/,
    );
    rmSync(wrong, { recursive: true });
    expect(() => loadMappings(wrong)).toThrow(/cannot be read/);
    expect(loadMappings(undefined)).toEqual([]);
  });
});
