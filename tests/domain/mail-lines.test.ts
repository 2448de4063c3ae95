/**
 * What stands in a header is one line, whatever a customer calls itself.
 * From: invented names. Next: names and subjects of mails.
 */
import { expect, it } from 'vitest';
import { oneLine } from '../../shared/domain/mail.ts';

it.each([
  ['a line end of another header', 'Kim\r\nBcc: eve@evil.example', 'Kim Bcc: eve@evil.example'],
  ['a zero byte', 'Kim\0Lee', 'Kim Lee'],
  ['a line separator', 'Kim\u2028Lee', 'Kim Lee'],
  ['a letter that turns the line', 'Kim \u202Elpmaxe.live', 'Kim  lpmaxe.live'],
  ['a name that ends in a line end', 'Kim Lee\n', 'Kim Lee'],
  ['a name in Hebrew', 'קים לי', 'קים לי'],
])('%s', (_what, name, line) => expect(oneLine(name)).toBe(line));
