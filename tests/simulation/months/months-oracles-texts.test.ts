/**
 * The checks of plans and of what mails say are checked: each is seen to notice what it is there for (D4, D13, D14).
 */
import { expect, it } from 'vitest';
import type { Mail } from '../../../shared/domain/mail.ts';
import type { RenderedMessage } from '../../../shared/formats/render-message.ts';
import { blindTo, firstBreak, type Sabotage } from './sabotage.ts';
import { hostile } from './text-checks.ts';

const mailAs =
  (as: (mail: Mail) => Mail): Sabotage =>
  ({ mail }) => {
    const { mailer } = mail;
    mail.mailer = { ...mailer, send: (operationId, letter) => mailer.send(operationId, as(letter)) };
  };

const renderedAs =
  (as: (rendered: RenderedMessage) => RenderedMessage): Sabotage =>
  ({ mail }) => {
    const { render } = mail;
    mail.render = async (...asked) => {
      const rendered = await render(...asked);
      return rendered.ok ? { ...rendered, value: as(rendered.value) } : rendered;
    };
  };

it.each<[string, RegExp, Sabotage]>([
  [
    'plans are not looked at',
    /D4 .* asks /,
    blindTo(({ head, ...account }) => {
      const { plan: _plan, ...dunning } = head.dunning;
      return { ...account, head: { ...head, dunning } };
    }),
  ],
  [
    'a name is written into a header as it is',
    /D13 a header of two lines/,
    mailAs((mail) => ({ ...mail, to: mail.to.map((one) => ({ ...one, name: `Kim${hostile}` })) })),
  ],
  [
    'a header is added',
    /D13 another header/,
    mailAs((mail) => ({ ...mail, headers: { ...mail.headers, Bcc: 'eve@evil.example' } })),
  ],
  [
    'a name is written into the page as it is',
    /D13 markup of a name/,
    renderedAs((one) => ({ ...one, html: `${one.html}${hostile}` })),
  ],
  [
    'a name is read as a template',
    /D13 a name worked as a template/,
    renderedAs((one) => ({ ...one, text: one.text.replace('{{ 7 | times: 7 }}', '49') })),
  ],
  [
    'a place in the text is not filled in',
    /D14 something is not filled in/,
    renderedAs((one) => ({ ...one, text: `${one.text} {{ customer.name }}` })),
  ],
  [
    'all are written to in French',
    /D14 it is not written in (de|en|he)/,
    ({ mail }) => {
      const { render } = mail;
      mail.render = (text, _language, ...more) => render(text, 'fr', ...more);
    },
  ],
  [
    'a link opens another account',
    /D14 a link \w+ that does not open the account/,
    ({ mail }) => {
      const { links } = mail;
      mail.links = { ...links, sign: (claim) => links.sign({ ...claim, accountId: 'other' }) };
    },
  ],
  [
    'a link is over when the mail goes out',
    /D14 a link \w+ that does not open the account/,
    ({ mail }) => {
      const { links } = mail;
      mail.links = {
        ...links,
        sign: (claim) => links.sign({ ...claim, expiresAt: '2026-01-01T00:00:00Z' }),
      };
    },
  ],
])(
  '%s: it is seen',
  async (_what, seen, sabotage) => expect(await firstBreak(sabotage)).toMatch(seen),
  300_000,
);
