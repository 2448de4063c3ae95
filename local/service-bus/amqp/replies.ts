/**
 * Requests and answers over a pair of links: `$cbs` and `$management`.
 * From: `amqp/server.ts`. Next: an operation; its answer goes out on the link of the same AMQP session whose
 * source is the address that was asked.
 */
import rhea, { type EventContext, type Receiver, type Sender } from 'rhea';
import { BusError } from '../core/errors.ts';
import type { Peer } from './peer.ts';
import { accepted, rejected } from './producer-link.ts';
import { settleBeforeSending } from './rhea-internals.ts';

export type Request = {
  message_id?: unknown;
  reply_to?: string;
  body?: unknown;
  application_properties?: Record<string, unknown>;
};

export type Answer = { status: number; description: string; condition?: string; body?: unknown };

type Names = { status: string; description: string };
const names: Record<'cbs' | 'management', Names> = {
  cbs: { status: 'status-code', description: 'status-description' },
  management: { status: 'statusCode', description: 'statusDescription' },
};

/** Serves requests that come in on `link`. */
export const serveRequests = (
  peer: Peer,
  link: Receiver,
  address: string,
  kind: 'cbs' | 'management',
  answer: (request: Request) => Answer | Promise<Answer>,
): void => {
  link.set_source(link.source);
  link.set_target(link.target);
  link.on('message', ({ message, delivery }: EventContext) => {
    const request = read(message);
    if (!request)
      return delivery?.update(true, rejected({ condition: 'amqp:decode-error', description: 'unreadable' }));
    delivery?.update(true, accepted());
    const reply = (answered: Answer) => send(link, address, request, answered, names[kind]);
    respond(request, answer).then(reply, (error: unknown) =>
      peer.server.log(`service bus: ${String(error)}`),
    );
  });
};

const read = (message: unknown): Request | undefined => {
  try {
    return rhea.message.decode(message as Buffer) as unknown as Request;
  } catch {
    return undefined;
  }
};

const respond = async (
  request: Request,
  answer: (request: Request) => Answer | Promise<Answer>,
): Promise<Answer> => {
  try {
    return await answer(request);
  } catch (error) {
    if (error instanceof BusError)
      return { status: error.status, description: error.message, condition: error.condition };
    return { status: 500, description: String(error), condition: 'amqp:internal-error' };
  }
};

const send = (link: Receiver, address: string, request: Request, answer: Answer, name: Names): void => {
  const replies = link.session.find_sender(
    (one: Sender) => one.source?.address?.toString().toLowerCase() === address.toLowerCase(),
  );
  if (!replies?.is_open()) return; // the asker is gone
  const properties: Record<string, unknown> = {
    [name.status]: rhea.types.wrap_int(answer.status),
    [name.description]: answer.description,
  };
  if (answer.condition) properties['errorCondition'] = rhea.types.wrap_symbol(answer.condition);
  const message = {
    correlation_id: request.message_id,
    to: request.reply_to,
    application_properties: properties,
    body: answer.body,
  };
  // unsettled replies would fill rhea's ring of 2,048: nobody confirms them
  settleBeforeSending(replies.send(message as unknown as Parameters<Sender['send']>[0]));
};

/** The client's end of the pair. */
export const openReplies = (link: Sender): void => {
  link.set_source(link.source);
  link.set_target(link.target);
};
