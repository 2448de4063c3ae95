/**
 * Mail: sends what was planned, hears what became of it, takes replies in; staff look at it and decide what is in doubt.
 * From: `messages-to-send`, `sign-ins`, `delivery-reports`, `inbound-mails`, the webhook of inbound mail, staff. Next: the workflows.
 */
import { deliveryReport, inboundMailMessage, noParams } from '../../shared/contracts/mail-events.ts';
import { ofMailQueue } from '../../shared/contracts/mail-restore.ts';
import { signInMessage } from '../../shared/contracts/messages.ts';
import { onWebhook } from '../../shared/edge/http-webhook.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { largestMailBytes } from '../../shared/formats/inbound-mail.ts';
import { applyInbound } from './apply-inbound.ts';
import { applyReport } from './apply-report.ts';
import { findLostMails } from './find-lost-mails.ts';
import { keepInbound, verifyRawMail } from './keep-inbound.ts';
import type { EmailParts } from './parts.ts';
import { sendMessage } from './send-message.ts';
import { sendSignIn } from './send-sign-in.ts';
import { sendStaffMail } from './send-staff-mail.ts';
import { registerStaffRoutes } from './staff-routes.ts';

export const registerEmailStaffHttp = (parts: EmailParts): void => registerStaffRoutes(parts);

export const registerEmailWork = ({ edge, mail, staffMails, signIn }: EmailParts): void => {
  onQueue(edge, {
    ...{ name: 'send-message', queue: 'messages-to-send', action: 'dun.mail.send' },
    schema: ofMailQueue,
    run: (message, call) => {
      if ('phase' in message) return findLostMails(mail, message, call);
      return 'staffMailId' in message
        ? sendStaffMail({ ...mail, staffMails }, message, call)
        : sendMessage(mail, message, call);
    },
  });
  onQueue(edge, {
    ...{ name: 'send-sign-in', queue: 'sign-ins', action: 'dun.mail.send' },
    schema: signInMessage,
    run: (message, call) => sendSignIn(signIn, message, call),
  });
  onQueue(edge, {
    ...{ name: 'hear-delivery', queue: 'delivery-reports', action: 'sys.mail.hear' },
    schema: deliveryReport,
    run: (report, call) => applyReport(mail, report, call),
  });
  onQueue(edge, {
    ...{ name: 'place-inbound-mail', queue: 'inbound-mails', action: 'sys.mail.hear' },
    schema: inboundMailMessage,
    run: (message, call) => applyInbound(mail, message, call),
  });
};

export const registerEmailPortalHttp = ({ edge, mail, webhookKeys }: EmailParts): void => {
  onWebhook(edge, {
    ...{ name: 'take-inbound-mail', route: 'api/webhooks/inbound-mail', action: 'sys.webhook.mail' },
    ...{ sender: 'MEV', params: noParams, mostBytes: largestMailBytes },
    verify: async (sent) => verifyRawMail(sent, webhookKeys),
    run: (raw, call) => keepInbound(mail, raw, call),
  });
};
