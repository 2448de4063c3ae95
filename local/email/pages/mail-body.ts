/**
 * What a sender wrote, served so that it can do no harm: the HTML of a mail, and its attachments.
 * From: `pages.ts`. Next: a sandboxed frame (no script, nothing loaded from elsewhere), or a download.
 */
import type { HttpAnswer, HttpCall } from '../../kit/http-service.ts';
import type { Mail } from '../types.ts';

const popups = 'allow-popups allow-popups-to-escape-sandbox';

/** Links open in a window of their own; pictures come from the mail itself only. */
export const answerMailHtml = (mail: Mail, { origin }: HttpCall): HttpAnswer => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src data: ${origin}/mail/${mail.id}/attachments/; frame-ancestors 'self'; form-action 'none'; sandbox ${popups}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  },
  body: `<!doctype html><base target="_blank">${withPictures(mail)}`,
});

/** Pictures that the mail names by content id are its attachments. */
const withPictures = ({ id, message }: Mail): string =>
  (message.html ?? '').replace(/\bcid:([^\s"'<>)]+)/g, (whole, contentId: string) => {
    const index = message.attachments.findIndex((one) => one.contentId === contentId);
    return index < 0 ? whole : `/mail/${id}/attachments/${index + 1}`;
  });

/** Always a download, whatever its type says. */
export const answerAttachment = (mail: Mail, number: number): HttpAnswer | undefined => {
  const attachment = mail.message.attachments[number - 1];
  if (!attachment) return undefined;
  const plainName = attachment.name.replace(/[^A-Za-z0-9._ -]/g, '_');
  const fullName = encodeURIComponent(attachment.name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return {
    status: 200,
    headers: {
      'content-type': /^[\w.+-]+\/[\w.+-]+$/.test(attachment.contentType)
        ? attachment.contentType
        : 'application/octet-stream',
      'content-disposition': `attachment; filename="${plainName}"; filename*=UTF-8''${fullName}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: Buffer.from(attachment.contentInBase64, 'base64'),
  };
};
