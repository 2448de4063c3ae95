/**
 * What a month's mails say and how: in the customer's language, with links that open its own account on that day and
 * nothing left to fill in (D14); what customers call themselves is never markup, template or header (D13).
 * From: what the mail service took. Next: `run-month.ts`.
 */
import { instantFromMs } from '../../../shared/domain/calendar.ts';
import type { Mail } from '../../../shared/domain/mail.ts';
import type { LinkPurpose, LinkSigner } from '../../../shared/ports/link-signer.ts';
import type { Taken } from './mail-service.ts';
import { marksIn } from './mailbox-checks.ts';
import { mailSetting } from './settings.ts';

/** Part of a name, and of what a customer calls an order: a line of its own in a header, markup, a template that would come to 49. */
export const hostile = '\r\nBcc: eve@evil.example\r\n<zq-x onload=alert(1)>{{ 7 | times: 7 }}zq';

const headers = ['Auto-Submitted', 'X-Dunwell-Message'];
const purposes: Readonly<Record<string, LinkPurpose>> = {
  ...{ pay: 'pay', statement: 'statement', paid: 'already-paid', help: 'something-wrong' },
};
const leftOpen = /\{\{|\{%|\bundefined\b|\bNaN\b|\[object /;
const isControl = /\p{Cc}/u;

export const textChecksOf = (links: LinkSigner, languageOf: (accountId: string) => string) => {
  const found: string[] = [];
  return {
    taken: ({ mail, atMs }: Taken): void => {
      const [accountId = ''] = marksIn(mail.to[0]?.address ?? '');
      const faults = [
        ...injected(mail),
        ...unfinished(mail, languageOf(accountId)),
        ...badLinks(links, mail, accountId, atMs),
      ];
      found.push(...faults.map((fault) => `${fault} in “${mail.subject}” to ${accountId}`));
    },
    faults: (): string[] => found.splice(0),
  };
};

const injected = ({ from, to, cc, replyTo, subject, html, text, headers: set }: Mail): string[] => {
  const lines = [from, subject, ...Object.values(set)];
  for (const { address, name = '' } of [...to, ...cc, ...replyTo]) lines.push(address, name);
  return [
    ...(lines.some((line) => isControl.test(line)) ? ['D13 a header of two lines'] : []),
    ...(Object.keys(set).toSorted().join() === headers.join() ? [] : ['D13 another header']),
    ...(/<zq-x/i.test(html) ? ['D13 markup of a name'] : []),
    ...(/49zq/.test(subject + html + text) ? ['D13 a name worked as a template'] : []),
  ];
};

const unfinished = ({ subject, html, text }: Mail, language: string): string[] => {
  const said = [subject, text, html].map((part) => part.replaceAll('{{ 7 | times: 7 }}', ''));
  const way = language === 'he' ? 'rtl' : 'ltr';
  return [
    ...(said.some((part) => leftOpen.test(part)) ? ['D14 something is not filled in'] : []),
    ...(html.includes(`<html lang="${language}" dir="${way}"`)
      ? []
      : [`D14 it is not written in ${language}`]),
  ];
};

const linkOf = new RegExp(`${mailSetting.linkOrigin}/(\\w+)/([\\w.-]+)`, 'g');

const badLinks = (links: LinkSigner, { html, text }: Mail, accountId: string, atMs: number): string[] => {
  const seen = new Map([...`${text} ${html}`.matchAll(linkOf)].map(([whole, ...parts]) => [whole, parts]));
  const bad = [...seen.values()].filter(([path = '', token = '']) => {
    const read = links.verify(token, instantFromMs(atMs));
    return read.is !== 'valid' || read.claim.accountId !== accountId || read.claim.purpose !== purposes[path];
  });
  const isPayable = [...seen.values()].some(([path]) => path === 'pay');
  return [
    ...bad.map(([path]) => `D14 a link ${path} that does not open the account`),
    ...(isPayable ? [] : ['D14 no link to pay']),
  ];
};
