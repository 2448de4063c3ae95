/**
 * `Mailer` in memory: a mail service that remembers every acceptance, and may lose its answers.
 * From: workflows under test. Next: tests look at what was accepted; a second acceptance of a mail is a second mail.
 */
import type { Mail } from '../../../shared/domain/mail.ts';
import type { HandOver, Mailer } from '../../../shared/ports/mailer.ts';

export type Accepted = { operationId: string; mail: Mail };

/** What becomes of a send; undefined: accepted. `lost` is accepted without an answer, `never` not accepted without one. */
export type SendFault = 'lost' | 'never' | { is: 'quota'; until: string } | { is: 'refused'; code: string };

export type MemoryMailer = Mailer & {
  /** One line per POST that was accepted; what a repeat does is up to `repeats`. */
  accepted: Accepted[];
  posts: string[];
  asked: string[];
};

export type MailerOptions = {
  fault?: (operationId: string, post: number) => SendFault | undefined;
  /** Whether questions for a status stay without an answer. */
  isDumb?: () => boolean;
  /** What the cloud does not promise: `once` sends a repeated operation once, `again` sends it twice. */
  repeats?: 'once' | 'again';
};

export const memoryMailer = ({
  fault,
  isDumb = () => false,
  repeats = 'again',
}: MailerOptions = {}): MemoryMailer => {
  const accepted: Accepted[] = [];
  const posts: string[] = [];
  const asked: string[] = [];
  const accept = (operationId: string, mail: Mail): void => {
    if (repeats === 'once' && accepted.some((one) => one.operationId === operationId)) return;
    accepted.push({ operationId, mail: JSON.parse(JSON.stringify(mail)) as Mail });
  };
  return {
    ...{ accepted, posts, asked },
    send: async (operationId, mail): Promise<HandOver> => {
      const post = posts.push(operationId);
      const becomes = fault?.(operationId, post);
      if (becomes === undefined || becomes === 'lost') accept(operationId, mail);
      if (becomes === undefined) return { is: 'accepted' };
      if (typeof becomes === 'string') return { is: 'unknown', detail: 'no answer' };
      return becomes.is === 'quota' ? becomes : { ...becomes, detail: 'refused by the test' };
    },
    status: async (operationId) => {
      asked.push(operationId);
      if (isDumb()) return { is: 'unknown', detail: 'no answer' };
      return { is: accepted.some((one) => one.operationId === operationId) ? 'accepted' : 'not-found' };
    },
  };
};
