/**
 * The mail gateway of one machine: hands replies written on the mailbox page to the portal's webhook, as raw MIME with a
 * signature, as the gateway of an operator's mail domain does.
 * From: `email/`, the portal's address once it is known. Next: `POST api/webhooks/inbound-mail`.
 */
import { createHmac } from 'node:crypto';
import type { Clock } from './clock.ts';
import { localKey } from './kit/keys.ts';

/** Base64; the settings of the apps hold the same. */
export const inboundMailKey = localKey('mail-webhook', 'all');

export type MailGateway = {
  /** @throws when nobody takes it: the page says so, and the person tries again. */
  deliver(rawMime: Buffer, to: string): Promise<void>;
  tellPortal(url: string): void;
};

export const createMailGateway = (clock: Pick<Clock, 'now'>): MailGateway => {
  let portal: string | undefined;
  return {
    tellPortal: (url) => void (portal = url.replace('localhost', '127.0.0.1')),
    deliver: async (rawMime, to) => {
      if (portal === undefined) throw new Error('the portal app does not run yet');
      const seconds = Math.floor(clock.now() / 1_000);
      const hmac = createHmac('sha256', Buffer.from(inboundMailKey, 'base64'));
      const signature = hmac.update(`${seconds}.${to}.`).update(rawMime).digest('hex');
      const answer = await fetch(`${portal}/api/webhooks/inbound-mail`, {
        method: 'POST',
        headers: {
          'content-type': 'message/rfc822',
          'x-dunwell-recipient': to,
          'x-dunwell-signature': `t=${seconds},v1=${signature}`,
        },
        body: new Uint8Array(rawMime),
      });
      if (!answer.ok)
        throw new Error(`the portal answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
    },
  };
};
