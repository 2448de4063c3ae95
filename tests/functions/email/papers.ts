/**
 * What is kept beside an account of a message. From: tests of this folder. Next: expectations.
 */
import { messagePaper, type SentPaper } from '../../../shared/contracts/mail.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, type MailWorld } from './mail-world.ts';

/** @throws when it was never claimed. */
export const sentPaperOf = async (
  { accounts }: Pick<MailWorld, 'accounts'>,
  accountId: string,
  messageId: string,
): Promise<SentPaper> => {
  const paper = await accounts.paper(everything, { companyId, accountId }, messageId);
  const { mail } = messagePaper.parse(paper ?? {});
  if (mail === undefined) throw new Error(`${messageId} was never claimed`);
  return mail;
};
