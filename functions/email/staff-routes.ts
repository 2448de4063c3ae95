/**
 * Routes of staff to mail: what went out, what came in, what nobody could place, how a company writes.
 * From: staff. Next: the workflows of this folder.
 */
import { accountParams } from '../../shared/contracts/accounts.ts';
import * as desk from '../../shared/contracts/mail-desk.ts';
import {
  bankDetailsBody,
  payeeAnswer,
  payeeFields,
  releaseBody,
} from '../../shared/contracts/payee-details.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { MessageText } from '../../shared/domain/message-data.ts';
import { onDownload } from '../../shared/edge/http-files.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { handleReply } from './handle-reply.ts';
import {
  askOwnBank,
  readMailSetting,
  readOwnBank,
  releaseOwnBank,
  saveMailSetting,
} from './keep-settings.ts';
import { liftBarred, listBarred } from './lift-barred.ts';
import { downloadMessageFile, listMessages, readMessage } from './list-messages.ts';
import { registerMailings, registerRestore } from './mailing-routes.ts';
import type { EmailParts } from './parts.ts';
import { previewMessage } from './preview-message.ts';
import { readMailQueue } from './read-mail-queue.ts';
import { registerTextRoutes } from './text-routes.ts';
import { assignUnplaced, dismissUnplaced, listUnplaced } from './triage-mails.ts';

const ofAccount = 'api/accounts/{company}/{account}';
const ofCompany = 'api/companies/{company}';
const keyOf = ({
  company: companyId,
  account: accountId,
}: {
  company: string;
  account: string;
}): AccountKey => ({
  ...{ companyId, accountId },
});

export const registerStaffRoutes = (parts: EmailParts): void => {
  registerMessages(parts);
  registerReplies(parts);
  registerUnplaced(parts);
  registerBarred(parts);
  registerSettings(parts);
  registerTextRoutes(parts);
  registerMailings(parts);
  registerRestore(parts);
};

const registerMessages = ({ edge, mail }: EmailParts): void => {
  const reading = { action: 'dun.mail.read', reduced: [] } as const;
  onRead(edge, {
    ...{ ...reading, name: 'list-messages', route: `${ofAccount}/messages`, params: accountParams },
    ...{ query: desk.messagePageQuery, answer: desk.messagesAnswer },
    run: ({ params, query, scope }) => listMessages(mail, keyOf(params), query, scope),
  });
  onRead(edge, {
    ...{
      ...reading,
      name: 'read-message',
      route: `${ofAccount}/messages/{message}`,
      params: desk.messageParams,
    },
    ...{ answer: desk.messageAnswer, fields: desk.messageFields },
    run: ({ params, scope }) => readMessage(mail, { ...keyOf(params), messageId: params.message }, scope),
  });
  onDownload(edge, {
    ...{ name: 'download-message-file', route: `${ofAccount}/messages/{message}/files/{file}` },
    ...{ action: 'dun.mail.read', params: desk.messageFileParams },
    run: ({ params, scope }) =>
      downloadMessageFile(mail, { ...keyOf(params), messageId: params.message, file: params.file }, scope),
  });
  onRead(edge, {
    ...{ name: 'preview-message', route: `${ofAccount}/message-preview`, action: 'dun.template.preview' },
    ...{ params: accountParams, query: desk.previewQuery, answer: desk.previewAnswer },
    run: ({ params, query, scope, now }) =>
      previewMessage(
        mail,
        keyOf(params),
        { text: query.text as MessageText | undefined, draft: query.draft },
        { scope, now },
      ),
  });
};

const registerReplies = ({ edge, mail }: EmailParts): void => {
  onWrite(edge, {
    ...{ name: 'handle-reply', method: 'POST', route: `${ofAccount}/replies/{reply}/handling` },
    ...{ action: 'dun.mail.reply.handle', params: desk.replyParams },
    ...{ body: desk.replyBody, answer: desk.replyAnswer },
    run: ({ params, caller, ...call }) =>
      handleReply(mail, keyOf(params), params.reply, { ...call, callerId: caller.id ?? '' }),
  });
};

const registerUnplaced = ({ edge, mail }: EmailParts): void => {
  const system = edge.access.systemScope('sys.mail.hear');
  const answer = desk.unplacedDone;
  onRead(edge, {
    ...{ name: 'list-unplaced-mails', route: 'api/unplaced-mails', action: 'dun.mail.triage.read' },
    ...{ query: desk.unplacedQuery, answer: desk.unplacedAnswer },
    run: ({ query }) => listUnplaced(mail, query, system),
  });
  onWrite(edge, {
    ...{ name: 'assign-unplaced-mail', method: 'POST', route: 'api/unplaced-mails/{mail}/assignment' },
    ...{ action: 'dun.mail.triage', params: desk.unplacedParams, body: desk.assignBody, answer },
    run: ({ params, body, scope }) => assignUnplaced(mail, params.mail, body, { scope, system }),
  });
  onWrite(edge, {
    ...{ name: 'dismiss-unplaced-mail', method: 'POST', route: 'api/unplaced-mails/{mail}/dismissal' },
    ...{ action: 'dun.mail.triage', params: desk.unplacedParams, body: desk.dismissBody, answer },
    run: ({ params, body, scope }) => dismissUnplaced(mail, params.mail, body.reason, { scope, system }),
  });
};

const registerBarred = ({ edge, mail }: EmailParts): void => {
  onRead(edge, {
    ...{ name: 'read-mail-queue', route: `${ofCompany}/mail-queue`, action: 'dun.mail.queue.read' },
    ...{ params: desk.companyOnly, answer: desk.mailQueueAnswer },
    run: ({ params, scope, now }) => readMailQueue(mail, params.company, { scope, now }),
  });
  onRead(edge, {
    ...{
      name: 'list-barred-addresses',
      route: `${ofCompany}/barred-addresses`,
      action: 'dun.mail.barred.read',
    },
    ...{ params: desk.companyOnly, query: desk.unplacedQuery, answer: desk.barredAnswer },
    run: ({ params, query, scope }) => listBarred(mail, params.company, query, scope),
  });
  onWrite(edge, {
    ...{ name: 'lift-barred-address', method: 'POST', action: 'dun.mail.barred.lift' },
    ...{ route: `${ofCompany}/barred-addresses/{address}/lifting`, params: desk.barredParams },
    ...{ body: desk.liftBody, answer: desk.liftAnswer },
    run: ({ params, ...call }) =>
      liftBarred(mail, { companyId: params.company, emailHash: params.address }, call),
  });
};

const registerSettings = ({ edge, mail, alerts }: EmailParts): void => {
  const setting = {
    route: `${ofCompany}/mail-setting`,
    params: desk.companyOnly,
    answer: desk.mailSettingAnswer,
  };
  const bank = { answer: payeeAnswer, fields: payeeFields };
  onRead(edge, {
    ...{ ...setting, name: 'read-mail-setting', action: 'adm.config.read', reduced: [] },
    run: ({ params, scope }) => readMailSetting(mail, params.company, scope),
  });
  onWrite(edge, {
    ...{ ...setting, name: 'save-mail-setting', method: 'PUT', action: 'adm.config.edit' },
    body: desk.mailSettingBody,
    run: ({ params, body, caller, ...call }) =>
      saveMailSetting(mail, params.company, body, { ...call, callerId: caller.id ?? '' }),
  });
  onRead(edge, {
    ...{ ...bank, name: 'read-own-bank-details', route: `${ofCompany}/own-bank-details`, reduced: [] },
    ...{ action: 'acct.bank.read', params: desk.companyOnly },
    run: ({ params, ...call }) => readOwnBank(mail, params.company, call),
  });
  onWrite(edge, {
    ...{ ...bank, name: 'ask-own-bank-details', method: 'POST', route: `${ofCompany}/own-bank-details` },
    ...{ action: 'acct.bank.update', params: desk.companyOnly, body: bankDetailsBody },
    bodyFields: { account: 'account.bankDetails' },
    run: ({ params, body, caller, ...call }) =>
      askOwnBank({ ...mail, alerts }, params.company, body, { ...call, callerId: caller.id ?? '' }),
  });
  onWrite(edge, {
    ...{ ...bank, name: 'release-own-bank-details', method: 'POST', action: 'acct.bank.update.approve' },
    route: `${ofCompany}/own-bank-details/{version}/release`,
    ...{ params: desk.ownBankParams, body: releaseBody },
    run: ({ params, caller, ...call }) =>
      releaseOwnBank({ ...mail, alerts }, params.company, params.version, {
        ...call,
        callerId: caller.id ?? '',
      }),
  });
};
