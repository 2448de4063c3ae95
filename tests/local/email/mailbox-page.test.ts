/**
 * The pages a person reads mails on: nothing a sender writes can act, and only this page can post.
 * From: mails sent through the official SDK. Next: a browser.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLocal, messageTo, send, startLocal, type Local } from './under-test.ts';

const script = '<script>alert(1)</script>';
const to = 'ada@customer.example';

describe.runIf(isLocal)('the mailbox page', () => {
  let local: Local;
  let replies: { raw: string; to: string }[];
  beforeEach(async () => {
    replies = [];
    local = await startLocal({
      reply: (raw, address) => void replies.push({ raw: raw.toString(), to: address }),
    });
  });
  afterEach(() => local.close());

  const page = async (path: string) => (await fetch(`${local.email.url}${path}`)).text();
  const post = (path: string, fields: Record<string, string>, origin = local.email.url) =>
    fetch(`${local.email.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin },
      body: new URLSearchParams(fields),
    });

  it('is empty and says so', async () => {
    expect(await page('/')).toContain('No mail yet');
  });

  it('an attachment whose name is half a letter can be fetched all the same', async () => {
    const attachments = [{ name: '\ud800.txt', contentType: 'text/plain', contentInBase64: 'eA==' }];
    await send(local.client, { ...messageTo(to), attachments });
    const answer = await fetch(`${local.email.url}/mail/1/attachments/1`);
    expect([answer.status, await answer.text()]).toEqual([200, 'x']);
  });

  it('lists mails and mailboxes', async () => {
    await send(local.client, messageTo(to));
    for (const path of ['/', `/mailbox/${to}`, '/?q=inv-1001']) {
      const text = await page(path);
      expect(text).toContain('Reminder: INV-1001 is overdue');
      expect(text).toContain(`href="/mailbox/${encodeURIComponent(to)}"`);
    }
    expect(await page('/?q=nothing-like-it')).toContain('No mail fits this search');
  });

  it('shows fifty mails to a page', async () => {
    for (let made = 1; made <= 51; made += 1)
      await local.client.beginSend(
        messageTo(to, { content: { subject: `mail number ${made}.`, plainText: 'x' } }),
      );
    expect(await page('/')).not.toContain('mail number 1.');
    expect(await page('/?page=2')).toContain('mail number 1.');
  });

  it('escapes whatever a sender wrote', async () => {
    const content = { subject: `${script} subject`, plainText: `${script} text` };
    const recipients = { to: [{ address: to, displayName: `${script} name` }] };
    await send(local.client, messageTo(to, { content, recipients, headers: { 'X-Note': script } }));
    for (const path of [
      '/',
      `/mailbox/${to}`,
      '/mail/1',
      '/mail/1?view=headers',
      `/?q=${encodeURIComponent(script)}`,
    ]) {
      const text = await page(path);
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(text).not.toContain('<script');
    }
  });

  it('allows no script, no foreign asset and no frame around it', async () => {
    await send(local.client, messageTo(to));
    const policy = (await fetch(`${local.email.url}/mail/1`)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('script-src');
  });

  it('shows the HTML of a mail where its scripts cannot run', async () => {
    await send(local.client, messageTo(to, { content: { subject: 's', html: `<b>Pay</b>${script}` } }));
    expect(await page('/mail/1')).toMatch(
      /<iframe[^>]*src="\/mail\/1\/html"[^>]*sandbox="(?![^"]*(scripts|same-origin))/,
    );
    const response = await fetch(`${local.email.url}/mail/1/html`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'.*; sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(policy).not.toMatch(/script|connect-src|https?:\/\/(?!127\.0\.0\.1)/);
    expect(await response.text()).toContain('<b>Pay</b>');
  });

  it('shows the pictures that a mail carries, from the mail', async () => {
    const logo = {
      name: 'logo.png',
      contentType: 'image/png',
      contentInBase64: 'iVBORw0KGgo=',
      contentId: 'logo',
    };
    const content = { subject: 's', html: '<img src="cid:logo"><img src="cid:other">' };
    await send(local.client, messageTo(to, { content, attachments: [logo] }));
    const text = await page('/mail/1/html');
    expect(text).toContain('<img src="/mail/1/attachments/1">');
    expect(text).toContain('cid:other');
  });

  it('gives attachments as downloads only', async () => {
    const evil = {
      name: 'Übersicht "1".html',
      contentType: 'text/html',
      contentInBase64: Buffer.from(script).toString('base64'),
    };
    await send(local.client, messageTo(to, { attachments: [evil] }));
    const { headers } = await fetch(`${local.email.url}/mail/1/attachments/1`);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="_bersicht _1_.html"; filename*=UTF-8''%C3%9Cbersicht%20%221%22.html`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  it('lets a person bounce a mail', async () => {
    await send(local.client, messageTo(to));
    const { status, headers } = await post('/mail/1/bounce', { recipient: to });
    expect([status, headers.get('location')]).toEqual([303, '/mail/1?done=bounce']);
    await local.settled();
    expect(local.events.map(({ data }) => data.status)).toEqual(['Delivered', 'Bounced']);
    expect(await page(`/mailbox/${to}`)).toContain('On the suppression list until');
  });

  it('lets a person complain', async () => {
    await send(local.client, messageTo(to));
    await post('/mail/1/complain', { recipient: to });
    await local.settled();
    expect(local.events.at(-1)?.data).toMatchObject({ status: 'FilteredSpam' });
    expect(local.events.at(-1)?.data.deliveryStatusDetails.statusMessage).toContain('complained');
  });

  it('sends a reply as a mail that answers the first', async () => {
    const content = { subject: 'Mahnung: Rechnung für März', plainText: 'Bitte zahlen.' };
    const replyTo = [{ address: 'replies+7@dunwell.example' }];
    const recipients = { to: [{ address: to, displayName: 'Ada Lovelace' }] };
    await send(local.client, messageTo(to, { content, replyTo, recipients }));
    await post('/mail/1/reply', {
      recipient: to,
      text: 'Wir zahlen am Freitag – größtenteils.',
      quoting: 'yes',
    });
    const [mail] = await local.mailsTo(to);
    const [{ raw, to: address }] = replies as [{ raw: string; to: string }];
    const [head = '', body = ''] = raw.split('\r\n\r\n');
    expect(address).toBe('replies+7@dunwell.example');
    expect(head).toContain(`From: Ada Lovelace <${to}>\r\nTo: replies+7@dunwell.example\r\n`);
    expect(head).toContain(
      `In-Reply-To: ${mail!.internetMessageId}\r\nReferences: ${mail!.internetMessageId}\r\n`,
    );
    const words = [...head.matchAll(/=\?utf-8\?B\?([^?]+)\?=/g)].map(([, word]) =>
      Buffer.from(word!, 'base64').toString(),
    );
    expect(words.join('')).toBe('Re: Mahnung: Rechnung für März');
    const text = Buffer.from(body, 'base64').toString();
    expect(text).toContain('Wir zahlen am Freitag – größtenteils.');
    expect(text).toContain('> Bitte zahlen.');
    expect(head).not.toContain('Auto-Submitted');
    expect(raw).toMatch(/^[\x20-\x7e\r\n]*$/);
  });

  it('marks an automatic reply as one', async () => {
    await send(local.client, messageTo(to));
    await post('/mail/1/reply', { recipient: to, text: 'I am away.', automatic: 'yes' });
    expect(replies[0]?.raw).toContain('Auto-Submitted: auto-replied\r\n');
  });

  it('keeps what was typed when nobody takes the reply', async () => {
    const failing = await startLocal({ reply: () => Promise.reject(new Error('the webhook is away')) });
    await send(failing.client, messageTo(to));
    const response = await fetch(`${failing.email.url}/mail/1/reply`, {
      method: 'POST',
      headers: { origin: failing.email.url },
      body: new URLSearchParams({ recipient: to, text: `my ${script} text` }),
    });
    const text = await response.text();
    expect(response.status).toBe(502);
    expect(text).toContain('the webhook is away');
    expect(text).toContain('my &lt;script&gt;alert(1)&lt;/script&gt; text</textarea');
    await failing.close();
  });

  it('offers no reply where nobody takes one', async () => {
    const deaf = await startLocal();
    await send(deaf.client, messageTo(to));
    expect(await (await fetch(`${deaf.email.url}/mail/1`)).text()).not.toContain('<textarea');
    await deaf.close();
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('takes no post from %s', async (origin) => {
    await send(local.client, messageTo(to));
    for (const action of ['bounce', 'complain', 'reply'])
      expect((await post(`/mail/1/${action}`, { recipient: to, text: 'x' }, origin)).status).toBe(403);
    expect((await post('/admin/suppressions', {}, origin)).status).toBe(403);
    expect(replies).toEqual([]);
  });

  it('does nothing on a GET', async () => {
    await send(local.client, messageTo(to));
    expect((await fetch(`${local.email.url}/mail/1/bounce?recipient=${to}`)).status).toBe(404);
    await local.settled();
    expect(local.events).toHaveLength(1);
  });

  it('bounces only for a recipient of the mail', async () => {
    await send(local.client, messageTo(to));
    expect((await post('/mail/1/bounce', { recipient: 'other@customer.example' })).status).toBe(400);
  });

  it.each([
    '/nothing',
    '/mail/99',
    '/mail/1/attachments/0',
    '/mailbox/%E0%A4%A',
    '/mail/__proto__',
    '/a/b/c/d/e',
  ])('has no page %s', async (path) => {
    expect((await fetch(`${local.email.url}${path}`)).status).toBe(404);
  });
});
