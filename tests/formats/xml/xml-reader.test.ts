/**
 * The XML layer: what is refused before anything is expanded, the limits, the encodings.
 * From: `shared/formats/xml-reader.ts`. Next: nothing.
 */
import { describe, expect, it } from 'vitest';
import { readXml, xmlLimits, xmlSteps } from '../../../shared/formats/xml-reader.ts';
import { bytesOf } from './examples.ts';

const verdictOf = (bytes: Uint8Array): string => {
  const read = readXml(bytes);
  return read.ok ? 'read' : read.code;
};

const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const wide = (text: string, isBig: boolean): Uint8Array =>
  Uint8Array.from(`\uFEFF${text}`, () => 0).length === 0
    ? new Uint8Array()
    : new Uint8Array(
        [...`\uFEFF${text}`].flatMap((letter) => {
          const pair = [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8];
          return isBig ? pair.toReversed() : pair;
        }),
      );

describe('what is never read', () => {
  it.each([
    ['an internal entity', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'],
    ['an external DTD', '<!DOCTYPE a SYSTEM "http://localhost/x.dtd"><a/>'],
    ['a bare DOCTYPE', '<!DOCTYPE a><a/>'],
    ['a DOCTYPE that does not end', '<!DOCTYPE a ['],
    ['a DOCTYPE behind a comment that names an element', '<!-- <a> --><!DOCTYPE a><a/>'],
    ['an entity without a DOCTYPE', '<!ENTITY e "x"><a/>'],
  ])('%s is unsafe', (_, text) => {
    expect(verdictOf(bytesOf(text))).toBe('unsafe-xml');
  });

  it('an entity nobody declared is malformed', () => {
    expect(verdictOf(bytesOf('<a>&nobody;</a>'))).toBe('xml-malformed');
  });

  it('an XInclude and every other foreign element is left out, with all that is in it', () => {
    const read = readXml(
      bytesOf(
        '<a xmlns="u"><x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///x"><b/></x:include><c>1</c></a>',
      ),
    );
    expect(read.ok && read.value.children.map(({ name }) => name)).toEqual(['c']);
  });

  it('the word DOCTYPE inside text is text', () => {
    const read = readXml(bytesOf('<a><![CDATA[<!DOCTYPE a>]]></a>'));
    expect(read.ok && read.value.text).toBe('<!DOCTYPE a>');
  });
});

describe('limits', () => {
  const million = 1_000_000;
  it.each([
    ['a million siblings', () => `<a>${'<b/>'.repeat(million)}</a>`, 'xml-too-large'],
    ['depth 100,000', () => '<a>'.repeat(100_000), 'xml-too-large'],
    [
      'a million attributes',
      () => `<a ${Array.from({ length: million }, (_, at) => `a${at}="1"`).join(' ')}/>`,
      'xml-too-large',
    ],
    ['an attribute of 50 MB', () => `<a b="${'x'.repeat(50 * million)}"/>`, 'xml-too-large'],
    ['an attribute of 11 MB', () => `<a b="${'x'.repeat(11 * million)}"/>`, 'xml-too-large'],
    ['a name of 11 MB', () => `<${'a'.repeat(11 * million)}/>`, 'xml-too-large'],
    ['10 million numeric references', () => `<a>${'&#65;'.repeat(10 * million)}</a>`, 'xml-too-large'],
    ['2 million numeric references', () => `<a>${'&#65;'.repeat(2 * million)}</a>`, 'xml-too-large'],
    ['a million comments', () => `<a>${'<!---->'.repeat(million)}</a>`, 'xml-too-large'],
    [
      'one fat entity, a million times',
      () => `<!DOCTYPE a [<!ENTITY e "${'x'.repeat(million)}">]><a>${'&e;'.repeat(million)}</a>`,
      'unsafe-xml',
    ],
  ])('%s ends in a refusal within two seconds', (_, text, code) => {
    const bytes = bytesOf(text());
    const before = performance.now();
    expect(verdictOf(bytes)).toBe(code);
    expect(performance.now() - before).toBeLessThan(4_000); // two seconds, on a machine that others use
  });

  it('a caller can stop between steps', () => {
    const steps = xmlSteps(bytesOf(`<a>${'x'.repeat(200_000)}</a>`));
    expect(steps.next().value).toEqual({ charactersRead: 65_536 });
    expect(xmlLimits.depth).toBe(64);
  });
});

describe('encodings', () => {
  const accent = 'Müller';
  it.each([
    ['UTF-8 without a declaration', bytesOf(`<a>${accent}</a>`)],
    ['UTF-8 with its mark', bytesOf(`\uFEFF<?xml version="1.0" encoding="utf-8"?><a>${accent}</a>`)],
    ['ISO-8859-1', latin(`<?xml version="1.0" encoding="ISO-8859-1"?><a>${accent}</a>`)],
    ['Windows-1252', latin(`<?xml version="1.0" encoding="windows-1252"?><a>${accent}</a>`)],
    ['UTF-16, little end first', wide(`<?xml version="1.0" encoding="UTF-16"?><a>${accent}</a>`, false)],
    ['UTF-16, big end first', wide(`<?xml version="1.0" encoding="utf-16"?><a>${accent}</a>`, true)],
  ])('%s is read', (_, bytes) => {
    const read = readXml(bytes);
    expect(read.ok && read.value.text).toBe(accent);
  });

  it.each([
    ['UTF-8 declared, Latin bytes', latin('<?xml version="1.0" encoding="utf-8"?><a>\xfc</a>')],
    ['Latin declared, UTF-8 bytes', bytesOf('<?xml version="1.0" encoding="iso-8859-1"?><a>ü</a>')],
    ['UTF-16 declared, single bytes', bytesOf('<?xml version="1.0" encoding="utf-16"?><a/>')],
    ['UTF-8 declared, UTF-16 bytes', wide('<?xml version="1.0" encoding="utf-8"?><a/>', false)],
    [
      'Latin declared behind the mark of UTF-8',
      bytesOf('\uFEFF<?xml version="1.0" encoding="iso-8859-1"?><a/>'),
    ],
  ])('%s is a lie and refused', (_, bytes) => {
    expect(verdictOf(bytes)).toBe('encoding-mismatch');
  });

  it.each(['utf-7', 'ebcdic-cp-us', 'shift_jis'])('%s is not accepted', (name) => {
    expect(verdictOf(bytesOf(`<?xml version="1.0" encoding="${name}"?><a/>`))).toBe('encoding-unknown');
  });
});
