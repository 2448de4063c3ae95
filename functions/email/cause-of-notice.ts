/**
 * What a notice tells of, and the files that go with it: out of the account itself, at the moment it is sent.
 * From: the notice, papers beside the account, its journal. Next: the data of the text; what is not there is not rendered.
 */
import type { MessagePaper } from '../../shared/contracts/mail.ts';
import type { CauseData, MessageLanguage } from '../../shared/domain/message-data.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import { causeOfCase } from './cause-of-case.ts';
import { causeOfInvoice } from './cause-of-invoice.ts';
import { causeOfPlan, causeOfPromise } from './cause-of-promise.ts';
import type { Judged } from './gate-message.ts';
import { answerOfNotice } from './notice-files.ts';
import type { MailCall, MailParts, Place } from './parts.ts';

/** All that causes are made of. */
export type CauseSource = {
  parts: Pick<MailParts, 'accounts' | 'documents' | 'hashText'>;
  scope: MailCall['scope'];
  place: Place;
  judged: Judged;
  frame: CompanyFrame;
  language: MessageLanguage;
};

/** `itemIds`: what it is about, where the notice itself names none. */
export type Told = { cause: CauseData; itemIds?: readonly string[] };

export const causeOfNotice = async (
  source: CauseSource,
  notice: PendingNotice | undefined,
  paper: MessagePaper,
): Promise<Told> => {
  if (paper.cause !== undefined) return { cause: paper.cause };
  switch (notice?.text) {
    case 'T0':
      return { cause: await causeOfInvoice(source, notice) };
    case 'T6':
    case 'T7':
      return causeOfPromise(source, notice);
    case 'T8':
    case 'T9':
    case 'T12':
      return { cause: await causeOfCase(source, notice) };
    case 'T15':
      return causeOfPlan(source, notice);
    case 'T16':
      return { cause: await answerOfNotice(source, notice) };
    default:
      return { cause: {} };
  }
};
