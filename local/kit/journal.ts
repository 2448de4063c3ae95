/**
 * An append-only file of JSON lines that survives `kill -9`.
 * From: the stores of the stand-ins. Next: the same stores, at their next start.
 * Lines of one event-loop turn are written in one call; whoever acknowledges waits for `flush()`.
 * Each line carries a checksum: a torn last line is dropped, damage anywhere else stops the start.
 */
import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

export type Journal = {
  /** Adds a record to what the next flush writes; after `close` it is as lost as after a kill. */
  append(record: unknown): void;
  /**
   * Resolves when everything appended so far has reached the operating system; undefined if it has.
   * Rejects when it cannot be written (a full disk); then it stays in line for the next flush.
   */
  flush(): Promise<void> | undefined;
  /** Replaces the whole file by these records, atomically. @throws when it cannot; the file stays as it was */
  rewrite(records: Iterable<unknown>): void;
  /** Lines in the file now. */
  lines(): number;
  close(): void;
};

/** A state file that cannot be read back; its message is the one line a person sees. */
export class DamagedState extends Error {
  constructor(file: string, line: number, reason: string) {
    super(`${file}, line ${line}: ${reason}; delete the state directory to start afresh`);
    this.name = 'DamagedState';
  }
}

/** Keeps nothing: for `npm start -- --memory` and tests. */
export const memoryJournal = (): Journal => ({
  append: () => undefined,
  flush: () => undefined,
  rewrite: () => undefined,
  lines: () => 0,
  close: () => undefined,
});

/**
 * Opens (or makes) the file and hands every record to `replay`, oldest first.
 * @throws DamagedState when a complete line is not what was written.
 */
export const openJournal = (file: string, replay: (record: never) => void): Journal => {
  mkdirSync(dirname(file), { recursive: true });
  let fd = openSync(file, 'a+');
  const found = readBack(file, fd, replay);
  let lines = found.lines;
  let goodBytes = found.goodBytes;
  ftruncateSync(fd, goodBytes);
  let waiting: string[] = [];
  let flushing: Promise<void> | undefined;
  let closed = false;

  const writeOut = () => {
    flushing = undefined;
    if (waiting.length === 0) return;
    const bytes = Buffer.from(waiting.join(''));
    try {
      writeAll(fd, bytes);
    } catch (error) {
      ftruncateSync(fd, goodBytes); // a torn line may only ever be the last
      throw error;
    }
    goodBytes += bytes.length;
    lines += waiting.length;
    waiting = [];
  };

  return {
    append: (record) => void (closed || waiting.push(toLine(record))),
    flush: () => {
      if (waiting.length === 0) return flushing;
      flushing ??= new Promise<void>((resolve, reject) => {
        setImmediate(() => {
          try {
            writeOut();
            resolve();
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });
      return flushing;
    },
    rewrite: (records) => {
      writeOut();
      const fresh = writeFresh(`${file}.new`, records);
      renameSync(`${file}.new`, file);
      closeSync(fd);
      fd = openSync(file, 'a+');
      ({ lines, goodBytes } = fresh);
    },
    lines: () => lines,
    close: () => {
      if (closed) return;
      closed = true;
      try {
        writeOut();
      } finally {
        waiting = []; // the number of the file may be another's from here on
        closeSync(fd);
      }
    },
  };
};

/** Writes a whole file; half of one is left behind when the disk is full, and overwritten next time. */
const writeFresh = (file: string, records: Iterable<unknown>): { lines: number; goodBytes: number } => {
  const fd = openSync(file, 'w');
  let [lines, goodBytes] = [0, 0];
  let chunk: string[] = [];
  const writeChunk = () => {
    const bytes = Buffer.from(chunk.join(''));
    writeAll(fd, bytes);
    goodBytes += bytes.length;
    chunk = [];
  };
  try {
    for (const record of records) {
      lines += 1;
      if (chunk.push(toLine(record)) >= 2_000) writeChunk();
    }
    writeChunk();
    return { lines, goodBytes };
  } finally {
    closeSync(fd);
  }
};

const toLine = (record: unknown): string => {
  const json = JSON.stringify(record);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
};

const writeAll = (fd: number, bytes: Buffer): void => {
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
};

const newline = 10;
const chunkBytes = 4 * 1024 * 1024;

const readBack = (file: string, fd: number, replay: (record: never) => void) => {
  let rest = Buffer.alloc(0);
  let lines = 0;
  let goodBytes = 0;
  for (let position = 0; ;) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const read = readSync(fd, chunk, 0, chunkBytes, position);
    if (read === 0) return { lines, goodBytes };
    position += read;
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk.subarray(0, read)]) : chunk.subarray(0, read);
    let start = 0;
    for (let end = bytes.indexOf(newline, start); end >= 0; end = bytes.indexOf(newline, start)) {
      lines += 1;
      replay(fromLine(bytes.toString('utf8', start, end), file, lines) as never);
      goodBytes += end + 1 - start;
      start = end + 1;
    }
    rest = Buffer.from(bytes.subarray(start));
  }
};

const fromLine = (line: string, file: string, number: number): unknown => {
  const json = line.slice(9);
  if (line[8] !== ' ' || Number.parseInt(line.slice(0, 8), 16) !== crc32(json))
    throw new DamagedState(file, number, 'this line is not what was written');
  return JSON.parse(json);
};
