import type { Socket } from 'node:net';

/**
 * What comes in on a connection, until its end, or until `signal` says to stop: then what has come in by then. Nothing is taken off
 * the connection while nobody asks for more, so that its sender has to wait.
 * @throws the connection's error
 */
export async function* received(socket: Socket, signal: AbortSignal): AsyncGenerator<Buffer> {
  let error: Error | undefined;
  socket.on('error', (each) => (error = each));
  for (;;) {
    const isLast = signal.aborted;
    const chunk = socket.read() as Buffer | null;
    if (chunk) yield chunk;
    if (isLast) return;
    if (chunk) continue;
    if (error) throw error;
    if (socket.readableEnded || socket.closed) return;
    await news(socket, signal);
  }
}

const EVENTS = ['readable', 'end', 'close', 'error'] as const;

function news(socket: Socket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of EVENTS) socket.off(event, done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    for (const event of EVENTS) socket.on(event, done);
    signal.addEventListener('abort', done);
  });
}
