import { gzipSync } from 'node:zlib';
import { decodeEvent } from '@portolan/formats';
import { topics } from '@portolan/streams';
import { position, receiver, until, voyage } from '../testing/ais.js';
import { type Service, startService } from '../testing/service.js';

const eventsOf = async (service: Service) =>
  (await service.records(topics.events)).map((record) => {
    const event = decodeEvent(record);
    return event.ok ? event.value : undefined;
  });

const expected = {
  type: 'org.portolan.position.reported',
  partitionkey: 'antwerp',
  data: { transport: { imo: '9074729', mmsi: '244660000', callSign: 'PABC' }, destinationCode: 'BEANR' },
};

describe('AIS', () => {
  it('over TCP becomes events, and what is wrong is among the rejected; the last ones when the service ends, too', async () => {
    const antenna = await receiver();
    const service = await startService({ aisSources: [antenna.address], aisInterval: 0 });
    const socket = await antenna.connection(1);
    socket.write(`${[...voyage, position(), 'garbage'].join('\r\n')}\r\n`);
    await until(async () => (await service.records(topics.rejected)).length === 1);
    expect(await eventsOf(service)).toMatchObject([expected]);
    const [kept] = await service.records(topics.inbox);
    expect(kept).toMatchObject({
      key: 'antwerp',
      headers: { format: 'ais', 'x-portolan-source': `ais://${antenna.address}` },
    });
    expect((await service.get('/v1/rejected')).json).toMatchObject({
      data: [{ source: `ais://${antenna.address}`, pointer: '/4' }],
    });
    await service.close();
    await antenna.close();
  });

  it.each([
    ['recognised', '/v1/messages', {}],
    ['named, and compressed', '/v1/messages?format=ais', { 'content-encoding': 'gzip' }],
  ])('over HTTP becomes the same: %s', async (_, path, headers) => {
    const service = await startService();
    const text = [...voyage, position(), '!AIVDM,1,1,,A,cut'].join('\r\n');
    const body = 'content-encoding' in headers ? new Uint8Array(gzipSync(text)) : text;
    const answer = await service.post(path, body, { 'content-type': 'text/plain', ...headers });
    expect(answer).toMatchObject({ status: 202, json: { accepted: [{ index: 1 }], rejected: [{ pointer: '/4' }] } });
    expect(await eventsOf(service)).toMatchObject([expected]);
    await service.close();
  });
});
