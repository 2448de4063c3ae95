/**
 * A merchant's webhook endpoint on loopback that remembers what came and answers as told.
 * From: the local provider's deliveries. Next: the suites on webhooks.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';

export type Received = { body: string; signature: string; event: Stripe.Event };

export type Receiver = {
  url: string;
  received: Received[];
  types(): string[];
  /** Statuses to answer with, one after the other; then 200. `0` closes the connection unanswered. */
  answerWith(...statuses: number[]): void;
  /** Resolves once `count` deliveries have come. */
  has(count: number): Promise<void>;
  close(): Promise<void>;
};

export const startReceiver = async (): Promise<Receiver> => {
  const received: Received[] = [];
  const statuses: number[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const signature = String(request.headers['stripe-signature']);
      received.push({ body, signature, event: JSON.parse(body) as Stripe.Event });
      const status = statuses.shift() ?? 200;
      if (status === 0) request.socket.destroy();
      else response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      for (const one of waiting) if (received.length >= one.count) one.resolve();
      waiting = waiting.filter((one) => received.length < one.count);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    types: () => received.map(({ event }) => event.type),
    answerWith: (...next) => void statuses.push(...next),
    has: (count) =>
      received.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => void waiting.push({ count, resolve })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
