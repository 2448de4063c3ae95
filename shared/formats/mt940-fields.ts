/**
 * The fields of a SWIFT MT940 file, as tag and text, one list for each statement.
 * From: the bytes of an upload. Next: `mt940-statement.ts`. Line ends of any kind; headers of the SWIFT envelope
 * and lines outside a statement are left out. Letters are UTF-8 where the bytes are, else Windows-1252: amounts,
 * days and references are ASCII either way.
 */

export type Mt940Field = { tag: string; lines: string[] };

const tagLine = /^:(\d{2}[A-Z]?):(.*)$/s;

export const mt940Text = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes);
    throw error;
  }
};

/** Statements begin at `:20:`; `-` ends one. */
export const mt940Messages = (text: string): Mt940Field[][] => {
  const messages: Mt940Field[][] = [];
  let fields: Mt940Field[] | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const match = tagLine.exec(line.replace(/^\{1:.*\{4:/, ''));
    const tag = match?.[1];
    if (tag === '20' || (tag !== undefined && fields === undefined)) messages.push((fields = []));
    if (tag !== undefined) fields?.push({ tag, lines: [match?.[2] ?? ''] });
    else if (/^-\}?\s*$/.test(line)) fields = undefined;
    else if (line.trim() !== '') fields?.at(-1)?.lines.push(line);
  }
  return messages;
};
