/**
 * Files inside an e-invoice: listed by name, type and size; decoded only when somebody asks.
 * From: `ubl-invoice.ts`, `cii-invoice.ts`. Next: ingestion keeps or ignores them. The name is text to show: it
 * never becomes a path.
 */
import type { EmbeddedFile } from './xml-invoice-content.ts';
import type { XmlElement } from './xml-reader.ts';

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The embedded files of the elements that hold base64; one without content is a mere reference and left out. */
export const embeddedFiles = (objects: readonly XmlElement[]): EmbeddedFile[] =>
  objects.flatMap((object) => {
    const packed = object.text.replace(/\s+/g, '');
    if (packed === '') return [];
    return [
      {
        name: shownName(object.attributes.get('filename')),
        mime: (object.attributes.get('mimeCode') ?? 'application/octet-stream').slice(0, 100),
        bytes: Math.floor((packed.replace(/=+$/, '').length * 3) / 4),
        decode: () => decoded(packed),
      },
    ];
  });

const shownName = (name = ''): string =>
  name
    .normalize('NFC')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069/\\]/gu, '_')
    .slice(0, 200) || 'attachment';

const decoded = (packed: string): Uint8Array | undefined =>
  packed.length % 4 === 0 && base64.test(packed) ? Uint8Array.from(Buffer.from(packed, 'base64')) : undefined;
