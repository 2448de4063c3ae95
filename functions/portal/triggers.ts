/**
 * The portal: customers come in, see what they owe, pay, promise, contest and ask; the payment provider tells what became
 * of payments.
 * From: sessions, signed links of mails, webhooks. Next: accounts, `received-payments`, tasks of clerks.
 */
import { paymentEventMessage } from '../../shared/contracts/messages.ts';
import {
  linkRequestAnswer,
  linkRequestBody,
  sessionAnswer,
  sessionBody,
  sessionEndAnswer,
  sessionEndBody,
} from '../../shared/contracts/portal-sign-in.ts';
import { done } from '../../shared/domain/outcome.ts';
import { onSession } from '../../shared/edge/http-session.ts';
import { onWebhook } from '../../shared/edge/http-webhook.ts';
import type { PortalCaller } from '../../shared/edge/portal-access.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { registerOwnCases } from './case-routes.ts';
import { passTransfer } from './choose-transfer.ts';
import { endSession, openSession } from './open-session.ts';
import { registerPapers } from './paper-routes.ts';
import { registerPayments } from './payment-routes.ts';
import { paymentWebhook } from './payment-webhook.ts';
import type { PortalParts } from './portal-parts.ts';
import { registerProfile } from './profile-routes.ts';
import { registerReads } from './read-routes.ts';
import { reconcileEvents } from './reconcile-events.ts';
import { requestSignIn } from './request-sign-in.ts';
import { registerStaffRoutes } from './staff-routes.ts';
import { registerWords } from './word-routes.ts';
import { workEvent } from './work-event.ts';

export const registerPortalStaffHttp = (parts: PortalParts): void => registerStaffRoutes(parts);

export const registerPortalPortalHttp = (parts: PortalParts): void => {
  registerSignIn(parts);
  registerReads(parts);
  registerPayments(parts);
  registerWords(parts);
  registerOwnCases(parts);
  registerPapers(parts);
  registerProfile(parts);
  onWebhook(parts.edge, paymentWebhook(parts.events));
};

const registerSignIn = ({ edge, signIn }: PortalParts): void => {
  onSession(edge, signIn.origin, {
    name: 'request-sign-in',
    route: 'api/portal/sign-in-links',
    action: 'por.login.request',
    body: linkRequestBody,
    answer: linkRequestAnswer,
    status: 202,
    run: async ({ body, network, now }) =>
      done({ answer: await requestSignIn(signIn, body, { network, now }) }),
  });
  onSession(edge, signIn.origin, {
    name: 'open-session',
    route: 'api/portal/sessions',
    action: 'por.login.request',
    body: sessionBody,
    answer: sessionAnswer,
    run: ({ body, now }) => openSession(signIn, body, now),
  });
  onSession(edge, signIn.origin, {
    name: 'end-session',
    route: 'api/portal/sessions/end',
    action: 'por.session.end',
    body: sessionEndBody,
    answer: sessionEndAnswer,
    run: async ({ body, caller }) => done(await endSession(signIn, caller as PortalCaller, body.everywhere)),
  });
};

export const registerPortalWork = ({ edge, events }: PortalParts): void => {
  const actor = { kind: 'job', id: 'portal' } as const;
  onQueue(edge, {
    name: 'work-payment-event',
    queue: 'payment-events',
    action: 'pay.reconcile.run',
    schema: paymentEventMessage,
    run: (message, { now, scope }) => {
      if ('job' in message) return reconcileEvents(events, message, { now, scope });
      if ('transfer' in message) return passTransfer(events, message);
      return workEvent(events, { now, scope, systemScope: scope, actor }, message);
    },
  });
};
