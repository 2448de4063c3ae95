/**
 * The AMQP front of the bus: lets sockets in and sends each link to where it belongs.
 * From: `@azure/service-bus` with `UseDevelopmentEmulator=true`. Next: producer, consumer, `$cbs`, `$management`.
 * Whatever comes in, the process goes on: what cannot be understood ends its own connection.
 */
import { createServer, type AddressInfo, type Server as Listener, type Socket } from 'node:net';
import rhea, { type Connection, type Container, type EventContext, type Session } from 'rhea';
import { PortTaken } from '../../kit/http-service.ts';
import { putToken } from './cbs.ts';
import { openConsumer } from './consumer-link.ts';
import { managementSuffix, openManagement } from './management.ts';
import { toAmqpError, type Peer, type Server } from './peer.ts';
import { openProducer } from './producer-link.ts';
import { openReplies, serveRequests } from './replies.ts';
import { acceptSocket, guardSession } from './rhea-internals.ts';

const name = 'Service Bus';

export type AmqpServer = { port: number; close(): Promise<void> };

/** Starts listening on loopback. @throws PortTaken */
export const serveAmqp = async (server: Server, port: number): Promise<AmqpServer> => {
  const sockets = new Set<Socket>();
  const peers = new WeakMap<Connection, Peer>();
  const container = createContainer(peers);
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const connection = acceptSocket(container, socket);
    const reset = () => void socket.destroy();
    peers.set(connection, { server, connection, tokens: new Map(), releases: new Map(), reset });
    // a connection that broke the protocol has nothing more to say
    const giveUp = () => socket.destroySoon();
    for (const event of ['protocol_error', 'error', 'connection_error']) connection.on(event, giveUp);
  });
  await listen(listener, port);
  return {
    port: (listener.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

const listen = (listener: Listener, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    listener.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(name, port) : error),
    );
    listener.listen(port, '127.0.0.1', resolve);
  });

const createContainer = (peers: WeakMap<Connection, Peer>): Container => {
  const container = rhea.create_container({ id: 'dunwell-service-bus' });
  (container.sasl_server_mechanisms as { enable_anonymous(): void }).enable_anonymous();
  const withPeer = (run: (peer: Peer, context: EventContext) => void) => (context: EventContext) => {
    const peer = peers.get(context.connection);
    if (peer) run(peer, context);
  };
  container.on('session_open', ({ session }: EventContext) => session && guardSession(session));
  container.on('sender_open', withPeer(openSender));
  container.on('receiver_open', withPeer(openReceiver));
  container.on(
    'session_close',
    withPeer((peer, { session }) => release(peer, session)),
  );
  for (const event of ['disconnected', 'connection_close'])
    container.on(
      event,
      withPeer((peer) => release(peer)),
    );
  // rhea throws what nobody listens to
  for (const event of ['error', 'sender_error', 'receiver_error', 'session_error'])
    container.on(event, () => undefined);
  return container;
};

/** Frees what the links of a session, or of the whole connection, held. */
const release = ({ releases }: Peer, session?: Session): void => {
  for (const [run, of] of [...releases]) {
    if (session && of !== session) continue;
    releases.delete(run);
    run();
  }
};

/** A link that receives from us. */
const openSender = (peer: Peer, { sender }: EventContext): void => {
  if (!sender) return;
  const address = addressOf(sender.source);
  orRefuse(sender, () => {
    if (address === '$cbs' || managementSuffix.test(address)) openReplies(sender);
    else openConsumer(peer, sender, address);
  });
};

/** A link that sends to us. */
const openReceiver = (peer: Peer, { receiver }: EventContext): void => {
  if (!receiver) return;
  const address = addressOf(receiver.target);
  orRefuse(receiver, () => {
    if (address === '$cbs')
      serveRequests(peer, receiver, address, 'cbs', (request) => putToken(peer, request));
    else if (managementSuffix.test(address)) openManagement(peer, receiver, address);
    else openProducer(peer, receiver, address);
  });
};

const addressOf = (terminus: { address?: unknown } | null | undefined): string =>
  typeof terminus?.address === 'string' ? terminus.address.replace(/^\//, '') : '';

const orRefuse = (
  link: { close(error: { condition: string; description: string }): void },
  open: () => void,
): void => {
  try {
    open();
  } catch (error) {
    link.close(toAmqpError(error));
  }
};
