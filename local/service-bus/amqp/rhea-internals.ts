/**
 * Everything the broker does to rhea 3.0.5 behind its typings, each with its reason. rhea is pinned exactly.
 * From: measured pitfalls of a broker under `@azure/service-bus`. Next: `amqp/server.ts` and the links.
 */
import type { Socket } from 'node:net';
import rhea from 'rhea';
import type { Connection, Container, Delivery, Sender, Session } from 'rhea';

type Frame = { performative: Record<string, unknown> & { first?: number; last?: number } };
type Inner<T> = T & Record<string, unknown>;

type InnerConnection = {
  accept(socket: Socket): void;
  input: (this: unknown, bytes: Buffer) => void;
  output: (this: unknown) => void;
  eof(): void;
  _write_frame(): void;
  is_open(): boolean;
  is_closed(): boolean;
  frame_size: number | undefined;
};
type InnerSession = {
  on_transfer: (this: unknown, frame: Frame) => void;
  on_disposition: (this: unknown, frame: Frame) => void;
  outgoing: { available(): number };
};
type InnerLink = {
  state: { local_open: boolean; open_requests: number };
  local: { attach: Record<string, unknown> };
  session: InnerSession;
  credit: number;
  delivery_count: number;
  issue_flow: boolean;
  _draining: boolean;
  _get_drain(): boolean;
  connection: { _register(): void };
  _incomplete?: { frames?: Buffer[] };
};

const inner = <T>(of: unknown): Inner<T> => of as Inner<T>;

/** Frames above this are refused; the service says 64 kB too. */
export const maxFrameBytes = 65_536;
/** A message in several frames may not grow beyond this while it is being received. */
const maxIncompleteBytes = 1_048_576;
/** Single messages are given this format before rhea sees them, so that it hands over their bytes undecoded. */
export const rawFormat = 0x44_57_4c;
export const batchFormat = 0x80_01_37_00;

/** An array may claim four billion elements of no width at all, and rhea would make them. */
const limitArrays = (): void => {
  const { Reader } = rhea.types as unknown as { Reader: { prototype: ArrayReader } };
  const { prototype } = Reader;
  const readItems = prototype.read_array_items;
  prototype.read_array_items = function (count, type) {
    if (count > maxArrayItems) throw new Error('an array of too many elements');
    return readItems.call(this, count, type);
  };
};
type ArrayReader = { read_array_items: (this: unknown, count: number, type: unknown) => unknown[] };
const maxArrayItems = 1_000_000;
limitArrays();

/** Lets a socket in. */
export const acceptSocket = (container: Container, socket: Socket): Connection => {
  const connection = container.create_connection({
    host: '127.0.0.1',
    port: 0,
    reconnect: false,
    max_frame_size: maxFrameBytes,
    idle_time_out: 120_000,
    receiver_options: { autoaccept: false, autosettle: false },
    sender_options: { autosettle: false, treat_modified_as_released: false },
  } as Parameters<Container['create_connection']>[0]);
  const it = inner<InnerConnection>(connection);
  answerEveryRead(it, socket);
  socket.setNoDelay(true); // an answer in two small frames would wait for the SDK's delayed acknowledgement
  it.accept(socket);
  // rhea listens to 'end' but not to 'close': a destroyed socket would keep its heartbeat timer for minutes
  socket.on('close', () => it.eof());
  return connection;
};

/**
 * The SDK leaves Nagle's algorithm on: having written two small frames it waits 40 ms for an acknowledgement
 * unless something comes back. An empty frame, a legal heartbeat, is something.
 */
const answerEveryRead = (connection: InnerConnection, socket: Socket): void => {
  const { input, output } = connection;
  let hasWritten = false;
  connection.output = () => {
    hasWritten = true;
    sendTogether(socket);
    output.call(connection);
  };
  connection.input = (bytes) => {
    if (socket.destroyed) return;
    hasWritten = false;
    input.call(connection, bytes);
    // announced but not arrived yet: rhea would collect up to four gigabytes
    if ((connection.frame_size ?? 0) > maxFrameBytes * 16) socket.destroy();
    setImmediate(() => {
      if (!hasWritten && connection.is_open() && socket.writable) connection._write_frame();
    });
  };
};

/**
 * What one turn writes leaves in one piece: the SDK takes an attach whose detach comes a little later for
 * `SessionCannotBeLocked`, whatever the detach says, and its workers would ask again without a pause.
 */
const sendTogether = (socket: Socket): void => {
  if (socket.writableCorked > 0) return;
  socket.cork();
  process.nextTick(() => socket.uncork());
};

/** Hands over message bytes undecoded, and stops what would run forever or without limit. */
export const guardSession = (session: Session): void => {
  const it = inner<InnerSession & { remote: { handles: Record<number, InnerLink> } }>(session);
  const { on_transfer: onTransfer, on_disposition: onDisposition } = it;
  it.on_transfer = (frame) => {
    if (frame.performative['message_format'] === 0) frame.performative['message_format'] = rawFormat;
    onTransfer.call(it, frame);
    const parts = it.remote.handles[frame.performative['handle'] as number]?._incomplete?.frames ?? [];
    if (parts.length > 1 && parts.reduce((sum, { length }) => sum + length, 0) > maxIncompleteBytes)
      throw new Error('a message in several frames is too large');
  };
  it.on_disposition = (frame) => {
    const { first = 0, last } = frame.performative;
    if ((last ?? first) - first > 1_000_000) throw new Error('a disposition of too many deliveries');
    onDisposition.call(it, frame);
  };
};

/** rhea answers an attach at once; waiting for a session takes the answer back until `link.open()`. */
export const holdAttach = (link: Sender): void => {
  const { state } = inner<InnerLink>(link);
  state.local_open = false;
  state.open_requests = 0;
};

/** Sets fields of the attach answer. */
export const answerAttach = (link: unknown, fields: Record<string, unknown>): void => {
  Object.assign(inner<InnerLink>(link).local.attach, fields);
};

/** How many deliveries the receiver has allowed since the link began: `credit` alone falls only a turn later. */
export const creditLimit = (link: Sender): number => {
  const { credit, delivery_count } = inner<InnerLink>(link);
  return credit + delivery_count;
};

/** How many deliveries have really gone out. */
export const transferred = (link: Sender): number => inner<InnerLink>(link).delivery_count;

export const isDraining = (link: Sender): boolean => inner<InnerLink>(link)._draining;

/** Deliveries the session's ring of 2,048 still has room for. */
export const roomIn = (link: Sender): number => inner<InnerLink>(link).session.outgoing.available();

/**
 * Answers a drain even when no credit is left: the SDK closes the link when it waits in vain, and messages that
 * crossed the drain on the wire have used the credit up.
 */
export const answerDrain = (link: Sender): void => {
  const it = inner<InnerLink>(link);
  it._get_drain = () => {
    it.delivery_count += it.credit;
    it.credit = 0;
    return true;
  };
  it.issue_flow = true;
  it.connection._register();
};

/** Called after each drain answer so that ordinary flows are ordinary again. */
export const endDrain = (link: Sender): void => {
  inner<InnerLink>(link)._draining = false;
};

/** Settles at both ends: with receiver mode `second` the SDK never confirms, and the ring would fill up. */
export const settleForGood = (delivery: Delivery, state: unknown): void => {
  delivery.update(true, state);
  inner<{ remote_settled: boolean }>(delivery).remote_settled = true;
};

/** Sends settled: nobody will confirm a reply. */
export const settleBeforeSending = (delivery: Delivery): void => {
  inner<{ settled: boolean }>(delivery).settled = true;
};
