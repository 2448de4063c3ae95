/**
 * What is kept as a paper is told by its bytes; what could be read as two things is not kept.
 */
import { describe, expect, it } from 'vitest';
import { checkPaper } from '../../shared/formats/paper-file.ts';
import { jpegOf, pdfOf, pngOf } from '../support/papers.ts';

const typeOf = (bytes: Uint8Array): string => {
  const checked = checkPaper(bytes);
  return checked.ok ? checked.value.contentType : checked.code;
};
const refused = 'paper-not-readable';

describe('a paper', () => {
  it.each([
    ['a PDF', pdfOf('hello'), 'application/pdf'],
    ['a PDF that ends with a line', Buffer.concat([pdfOf('x'), Buffer.from('\r\n')]), 'application/pdf'],
    ['a PNG', pngOf(100, 200), 'image/png'],
    ['a JPEG', jpegOf(100, 200), 'image/jpeg'],
    ['text that is named like one', Buffer.from('not a pdf\n'), refused],
    ['nothing', new Uint8Array(), refused],
    ['a PDF behind something else', Buffer.concat([Buffer.from('MZ'), pdfOf('x')]), refused],
    ['a PDF with an archive behind it', Buffer.concat([pdfOf('x'), Buffer.from('PK\x03\x04more')]), refused],
    ['a PDF without an end', pdfOf('x').subarray(0, 20), refused],
    ['a PNG with a page behind it', Buffer.concat([pngOf(1, 1), Buffer.from('<html>')]), refused],
    ['a PNG of 900 million points', pngOf(30_000, 30_000), refused],
    ['a PNG of no points', pngOf(0, 10), refused],
    ['a JPEG cut off', jpegOf(10, 10).subarray(0, -2), refused],
    ['a JPEG of 900 million points', jpegOf(30_000, 30_000), refused],
    ['a JPEG whose segments lead nowhere', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9]), refused],
    ['what virus scanners are tested with', pdfOf('EICAR-STANDARD-ANTIVIRUS-TEST-FILE'), refused],
    ['a page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), refused],
  ])('%s is kept or refused by its bytes alone', (_name, bytes, expected) => {
    expect(typeOf(bytes)).toBe(expected);
  });

  it('cut off anywhere is refused or the same, and never thrown at', () => {
    for (const whole of [pdfOf('some text'), pngOf(10, 10), jpegOf(10, 10)])
      for (let length = 0; length < whole.length; length += 1)
        expect(typeOf(whole.subarray(0, length))).toBe(refused);
  });
});
