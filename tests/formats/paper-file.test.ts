/**
 * What is kept as a paper is told by its bytes; what could be read as two things is not kept.
 */
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkPaper } from '../../shared/formats/paper-file.ts';
import { jpegOf, pdfOf, pngOf } from '../support/papers.ts';

const typeOf = (bytes: Uint8Array): string => {
  const checked = checkPaper(bytes);
  return checked.ok ? checked.value.contentType : checked.code;
};
const refused = 'paper-not-readable';
const [png, jpeg] = [pngOf(10, 10), jpegOf(10, 10)];
const scan = Buffer.from([0xff, 0xda, 0, 2, 0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
const withScan = Buffer.concat([jpeg.subarray(0, -2), scan, jpeg.subarray(-2)]);

/** A PDF whose objects are packed away, as most writers do. */
const packed = (
  objects: string,
  dictionary = '/Type /ObjStm /Filter /FlateDecode',
  by: (text: Buffer) => Buffer = deflateSync,
): Buffer =>
  Buffer.concat([
    Buffer.from(`%PDF-1.7\n5 0 obj << ${dictionary} /N 1 /First 4 >>\nstream\n`),
    by(Buffer.from(objects)),
    Buffer.from('\nendstream endobj\ntrailer\n%%EOF'),
  ]);
const withObject = (object: string): Buffer =>
  Buffer.from(`%PDF-1.7\n1 0 obj ${object} endobj\ntrailer << /Root 1 0 R >>\n%%EOF`);

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
    [
      'a PNG with a page and another end behind it',
      Buffer.concat([png, Buffer.from('<html>'), png.subarray(-12)]),
      refused,
    ],
    [
      'a JPEG with an archive and another end behind it',
      Buffer.concat([jpeg, Buffer.from('PK\x03\x04'), jpeg.subarray(-2)]),
      refused,
    ],
    ['a JPEG with lines of a picture', withScan, 'image/jpeg'],
    ['a JPEG with a second picture of the camera', Buffer.concat([withScan, jpeg]), 'image/jpeg'],
    [
      'a JPEG with a page between its parts',
      Buffer.concat([jpeg.subarray(0, -2), Buffer.from('<html>'), jpeg.subarray(-2)]),
      refused,
    ],
    ['a page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), refused],
  ])('%s is kept or refused by its bytes alone', (_name, bytes, expected) => {
    expect(typeOf(bytes)).toBe(expected);
  });

  it.each<[string, Buffer, string]>([
    ['runs a script', withObject('<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>'), refused],
    ['spells it otherwise', withObject('<< /S /J#61va#53cript /JS (x) >>'), refused],
    ['starts a program', withObject('<< /S /Launch /F (cmd.exe) >>'), refused],
    ['sends what is typed', withObject('<< /S /SubmitForm /F (https://x.example) >>'), refused],
    ['holds a film', withObject('<< /Subtype /RichMedia >>'), refused],
    ['has its script packed away', packed('1 0 << /S /JavaScript /JS (x) >>'), refused],
    [
      'does not say that objects are packed',
      packed('1 0 << /S /JavaScript >>', '/Filter /FlateDecode'),
      refused,
    ],
    [
      'packs them so that nobody can look',
      packed('1 0 << >>', '/Type /ObjStm /Filter /ASCII85Decode', (b) => b),
      refused,
    ],
    ['is made to be large when it is opened', packed(' '.repeat(33 * 1024 * 1024)), refused],
    ['is all beginnings', withObject('stream\n'.repeat(1_000_000)), refused],
    [
      'goes to its first page',
      withObject('<< /OpenAction [3 0 R /Fit] /Names << /Dests 4 0 R >> >>'),
      'application/pdf',
    ],
    ['holds an e-invoice', withObject('<< /Type /EmbeddedFile /AFRelationship /Data >>'), 'application/pdf'],
    ['speaks of it', withObject('(our JavaScript course, Launch 2026)'), 'application/pdf'],
    ['packs harmless things', packed('1 0 << /Type /Page >>'), 'application/pdf'],
  ])('a PDF that %s is kept or not', (_what, bytes, expected) => {
    expect(typeOf(bytes)).toBe(expected);
  });

  it('cut off anywhere is refused or the same, and never thrown at', () => {
    for (const whole of [pdfOf('some text'), pngOf(10, 10), jpegOf(10, 10)])
      for (let length = 0; length < whole.length; length += 1)
        expect(typeOf(whole.subarray(0, length))).toBe(refused);
  });
});
