import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

/** What a vessel says of itself, in two sentences: MMSI 244660000, IMO 9074729, to BEANR. */
export const voyage = [
  '!AIVDM,2,1,1,A,53aDo802:N2U048<000l45>34000000000000016000004A6N=0Q@CTP0000,0*44',
  '!AIVDM,2,2,1,A,00000000000,2*25',
] as const;

/** Where a vessel is (message 1). The MMSI is in 30 of the bits of the second to the seventh character. */
export function position(mmsi = 244660000): string {
  const sixes = Array.from({ length: 6 }, (_, place) => Math.floor((mmsi * 16) / 64 ** (5 - place)) % 64);
  const armoured = String.fromCharCode(...sixes.map((six) => (six < 40 ? six + 48 : six + 56)));
  const body = `AIVDM,1,1,,A,1${armoured}01sPCM7PMMw83ROv:0000,0`;
  const sum = Buffer.from(body).reduce((left, right) => left ^ right, 0);
  return `!${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
}

export interface Receiver {
  /** host:port */
  readonly address: string;
  /** The connection numbered `number`, from 1, once it is there. */
  connection(number: number): Promise<Socket>;
  close(): Promise<void>;
}

/** A receiver on this machine that says nothing by itself. */
export async function receiver(port = 0): Promise<Receiver> {
  const connections: Socket[] = [];
  const server: Server = createServer((socket) => connections.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connection: async (number) => {
      await until(() => connections.length >= number);
      return connections[number - 1]!;
    },
    close: async () => {
      for (const each of connections) each.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Resolves once something is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
