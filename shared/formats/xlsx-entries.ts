/**
 * The central directory of a ZIP: what lies in it, where, and how large it says it is. Strict: what could be
 * read in two ways is refused, so that no other reader sees another archive.
 * From: `xlsx-archive.ts`. Layout: PKWARE APPNOTE 6.3, without ZIP64, encryption or several disks.
 */
import { done, refuse, type Outcome } from '../domain/outcome.ts';

export type ZipEntry = {
  name: string;
  method: 'stored' | 'deflated';
  /** Where its packed bytes begin, and how many there are. */
  from: number;
  size: number;
  inflatedSize: number;
  checkSum: number;
};

type Refused = 'not-a-workbook' | 'unsafe-archive';
type Directory = { view: DataView; at: number; count: number; end: number };

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 };
const sizes = { end: 22, entry: 46, local: 30, comment: 65_535 };

export const zipEntries = (bytes: Uint8Array, mostEntries: number): Outcome<ZipEntry[], Refused> => {
  const directory = directoryOf(bytes, mostEntries);
  if (!directory.ok) return directory;
  const entries: (ZipEntry & { header: number })[] = [];
  let { at } = directory.value;
  for (let index = 0; index < directory.value.count; index += 1) {
    const entry = entryAt(bytes, directory.value, at);
    if (!entry.ok) return entry;
    entries.push(entry.value.entry);
    at = entry.value.next;
  }
  if (at !== directory.value.end)
    return refuse('unsafe-archive', 'the directory has another length than it says');
  const inOrder = entries.toSorted((a, b) => a.header - b.header);
  const overlaps = inOrder.some((entry, index) => {
    const before = inOrder[index - 1];
    return before !== undefined && entry.header < before.from + before.size;
  });
  if (overlaps) return refuse('unsafe-archive', 'parts of the archive overlap');
  return new Set(entries.map(({ name }) => name)).size < entries.length
    ? refuse('unsafe-archive', 'two parts of the archive have one name')
    : done(entries);
};

const directoryOf = (bytes: Uint8Array, mostEntries: number): Outcome<Directory, Refused> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  if (end === undefined) return refuse('not-a-workbook', 'this is no ZIP archive, or its end is missing');
  const [disk, startDisk, onDisk] = [4, 6, 8].map((place) => view.getUint16(end + place, true));
  const count = view.getUint16(end + 10, true);
  const length = view.getUint32(end + 12, true);
  const at = view.getUint32(end + 16, true);
  if (disk !== 0 || startDisk !== 0 || onDisk !== count || count === 0xffff || at === 0xffffffff)
    return refuse('unsafe-archive', 'archives of several files or more than 4 GiB are not read');
  if (count > mostEntries) return refuse('unsafe-archive', `${count} parts, at most ${mostEntries}`);
  return at + length === end
    ? done({ view, at, count, end })
    : refuse('unsafe-archive', 'the directory is not where it says');
};

/** The end record is the last thing in the file but for its comment. */
const endRecord = (view: DataView): number | undefined => {
  const first = Math.max(0, view.byteLength - sizes.end - sizes.comment);
  for (let at = view.byteLength - sizes.end; at >= first; at -= 1)
    if (view.getUint32(at, true) === signatures.end)
      return at + sizes.end + view.getUint16(at + 20, true) === view.byteLength ? at : undefined;
  return undefined;
};

type Located = { entry: ZipEntry & { header: number }; next: number };

const entryAt = (
  bytes: Uint8Array,
  { view, end, at: first }: Directory,
  at: number,
): Outcome<Located, Refused> => {
  if (at + sizes.entry > end || view.getUint32(at, true) !== signatures.entry)
    return refuse('unsafe-archive', 'the directory of the archive is broken');
  const word = (place: number): number => view.getUint16(at + place, true);
  const long = (place: number): number => view.getUint32(at + place, true);
  const next = at + sizes.entry + word(28) + word(30) + word(32);
  const name = Buffer.from(bytes.subarray(at + sizes.entry, at + sizes.entry + word(28))).toString('utf8');
  if ((word(8) & 0x41) !== 0) return refuse('unsafe-archive', 'the archive is encrypted');
  if (word(10) !== 0 && word(10) !== 8) return refuse('unsafe-archive', 'a part is packed in an unknown way');
  if (/^[/\\]|(^|[/\\])\.\.([/\\]|$)|\0/.test(name))
    return refuse('unsafe-archive', 'a part lies outside the archive');
  const [size, header] = [long(20), long(42)];
  if (header + sizes.local > first || view.getUint32(header, true) !== signatures.local)
    return refuse('unsafe-archive', 'a part is not where the directory says');
  const from = header + sizes.local + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (from + size > first) return refuse('unsafe-archive', 'a part reaches into the directory');
  const method = word(10) === 0 ? 'stored' : 'deflated';
  const entry = { name, method, from, size, inflatedSize: long(24), checkSum: long(16), header } as const;
  if (method === 'stored' && entry.inflatedSize !== size)
    return refuse('unsafe-archive', 'a part is not as long as it says');
  return done({ entry, next });
};
