import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A server's address that can be cut off and joined again, as an outage and its end look from outside. */
export interface SwitchablePort {
  address: string;
  off(): Promise<void>;
  on(): Promise<void>;
}

export async function switchablePort(target: string): Promise<SwitchablePort> {
  const [host, port] = target.split(':') as [string, string];
  const sockets = new Set<Socket>();
  let own = 0;
  let server: Server | null = null;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    return socket;
  };

  async function on(): Promise<void> {
    if (server !== null) return;
    server = createServer((inside) => {
      const outside = keep(connect(Number(port), host));
      keep(inside).pipe(outside).pipe(inside);
    });
    const listening = server;
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject).listen(own, '127.0.0.1', resolve);
    });
    own = (listening.address() as AddressInfo).port;
  }

  await on();
  return {
    get address() {
      return `127.0.0.1:${own}`;
    },
    on,
    async off() {
      const closing = server;
      server = null;
      for (const socket of sockets) socket.destroy();
      if (closing !== null) await new Promise((resolve) => closing.close(resolve));
    },
  };
}
