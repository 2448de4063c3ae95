/**
 * The mail with a sign-in link, in the four languages one below the other: who asks is not signed in, so that nothing of
 * theirs is looked up for it.
 * From: `send-sign-in.ts`. Next: the mail service. The address of the link holds the token behind `#`, which no server,
 * log or `Referer` ever sees.
 */
import type { MailSetting } from '../../shared/domain/mail-setting.ts';
import type { Mail } from '../../shared/domain/mail.ts';

type Wanted = { seller: string; setting: MailSetting; minutes: number; email: string };

export const signInMail = ({ seller, setting, minutes, email }: Wanted, link: string): Mail => {
  const lines = linesOf(minutes);
  return {
    from: setting.from,
    ...{ to: [{ address: email }], cc: [] },
    replyTo: [{ address: setting.sender.email, name: setting.sender.name }],
    subject: `${plain(seller)}: sign in / Anmeldung / connexion / כניסה`,
    text: [seller, '', ...lines.flatMap(({ text }) => [text, '']), link, ''].join('\n'),
    html: htmlOf(seller, lines, link),
    headers: { 'Auto-Submitted': 'auto-generated' },
    files: [],
  };
};

type Line = { language: string; text: string };

const linesOf = (minutes: number): Line[] => [
  {
    language: 'en',
    text: `Use this link within ${minutes} minutes to see and pay your invoices. It works once. If you did not ask for it, do nothing.`,
  },
  {
    language: 'de',
    text: `Mit diesem Link sehen und bezahlen Sie Ihre Rechnungen. Er gilt ${minutes} Minuten und einmal. Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun.`,
  },
  {
    language: 'fr',
    text: `Ce lien vous permet de consulter et de payer vos factures. Il est valable ${minutes} minutes, une seule fois. Si vous ne l’avez pas demandé, ne faites rien.`,
  },
  {
    language: 'he',
    text: `הקישור מאפשר לצפות בחשבוניות ולשלם אותן. הוא תקף ${minutes} דקות ולשימוש אחד. אם לא ביקשתם אותו, אין צורך לעשות דבר.`,
  },
];

const htmlOf = (seller: string, lines: readonly Line[], link: string): string => {
  const words = lines.map(({ language, text }) => {
    const direction = language === 'he' ? ' dir="rtl"' : '';
    return `<p lang="${language}"${direction}>${escaped(text)}</p>`;
  });
  const href = escaped(link);
  return [
    '<!doctype html><html><head><meta charset="utf-8"></head><body>',
    `<h1>${escaped(seller)}</h1>${words.join('')}`,
    `<p><a href="${href}">${href}</a></p></body></html>`,
  ].join('');
};

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? '');

/** No line ends in a header. */
const plain = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').slice(0, 100);
