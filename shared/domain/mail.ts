/**
 * A mail, whole: as it is kept before it is sent, and as it goes out.
 * From: `functions/email/compose-mail.ts`. Next: kept under its operation, handed to the mail service.
 */
export type MailAddress = { address: string; name?: string };
/** One with `contentId` stands inside the HTML, as `cid:` and that id. */
export type MailFile = { name: string; contentType: string; base64: string; contentId?: string | undefined };

/** All of a mail, as it is kept before it is sent: the same bytes go out however often it is tried. */
export type Mail = {
  from: string;
  to: readonly MailAddress[];
  cc: readonly MailAddress[];
  replyTo: readonly MailAddress[];
  subject: string;
  html: string;
  text: string;
  headers: Readonly<Record<string, string>>;
  files: readonly MailFile[];
};

/** What a header says, on one line: a line end would begin another one, and letters that turn the line hide what it says. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
